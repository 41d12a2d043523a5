"""Where a run stands, and what somebody wants of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, ClassVar, Literal, cast

from pydantic import Field

from alexnet.recipes import STRICT
from alexnet.runs import process

State = Literal["queued", "running", "paused", "stopped", "finished", "failed", "lost"]
Action = Literal["run", "pause", "stop"]
Count = Annotated[int, Field(ge=0)]
STALE = 30.0
"""Seconds without a heartbeat after which a trainer counts as lost though its process is there."""


@dataclass(frozen=True)
class Status:
    """Where a run stands.

    Attributes:
        state: ``lost`` is never written by a trainer: it is what a reader finds when the trainer is gone.
        reason: Why, an id of ``training.reason_<id>``; None where nothing needs a reason.
        values: What the reason mentions.
        epoch: Whole epochs done.
        step: Batches done since the beginning.
        steps_per_epoch, epochs: How many there are to be.
        pid, process_started: The trainer's process, while it has one.
        heartbeat: Time of the last word, seconds since 1970; of a queued run, since when it waits.
        leaving: The trainer has seen that it is to stop, and writes down its state.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT

    state: State
    reason: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    epoch: Count = 0
    step: Count = 0
    steps_per_epoch: Count = 0
    epochs: Count = 0
    pid: int | None = None
    process_started: float | None = None
    heartbeat: float = 0.0
    leaving: bool = False

    @property
    def active(self) -> bool:
        """Waits, trains or pauses: its owner may not start another."""
        return self.state in ("queued", "running", "paused")

    @property
    def has_process(self) -> bool:
        """A trainer is at work on it, or pauses with the run in memory."""
        return self.state in ("running", "paused") and self.pid is not None

    @property
    def silent(self) -> bool:
        """Is its trainer there and says nothing? After a computer's sleep it goes on by itself."""
        return self.state == "lost" and self.reason == "heartbeat_stale"

    def seen(self, now: float) -> Status:
        """As a reader sees it: lost, if its trainer is gone or has been silent for ``STALE`` seconds."""
        if not self.has_process:
            return self
        if not process.alive(cast(int, self.pid), self.process_started or 0.0):
            return replace(self, state="lost", reason="process_gone", values={}, pid=None)
        if (silence := now - self.heartbeat) > STALE:
            return replace(self, state="lost", reason="heartbeat_stale", values={"seconds": round(silence)})
        return self


@dataclass(frozen=True)
class Control:
    """What somebody wants of a trainer: an action, and a learning rate by hand (None: the recipe's)."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT

    action: Action = "run"
    rate: float | None = None
