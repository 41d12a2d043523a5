"""The curve of a training's steps: a line for each network, twice a second at most."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

STEP_LINES = 0.5
"""Seconds between two lines of the step curve, at least."""


class Step(NamedTuple):
    """What one network did with one batch: mean loss, right answers, rate."""

    loss: float
    right: int
    rate: float


@dataclass
class _Sums:
    losses: list[float] = field(default_factory=list)
    right: int = 0
    rate: float = 0.0


class MetricsWriter:
    """Gathers steps into lines, each with the means since the line before.

    Args:
        line: Writes a line: the network's lane (None: the only one's), and its values by name.
        batch: Images a step.
    """

    def __init__(self, line: Callable[[int | None, Mapping[str, float]], object], batch: int) -> None:
        self._line, self._batch = line, batch
        self._first = True
        self.restart()

    def restart(self) -> None:
        """Forget the time that passed without training."""
        self._since = time.perf_counter()
        self._sums: dict[int | None, _Sums] = {}
        self._timed = 0

    def add(self, step: int, epoch: float, steps: Mapping[int | None, Step]) -> None:
        """One batch more, by lane; lines when it is time for them.

        In a race a network's speed is what it would have reached alone: all its images, and the time shared.
        """
        if self._first:  # the first step includes its compilation and says nothing of the speed
            self._first = False
            self._since = time.perf_counter()
        else:
            self._timed += len(steps)
        for lane, one in steps.items():
            sums = self._sums.setdefault(lane, _Sums())
            sums.losses.append(one.loss)
            sums.right += one.right
            sums.rate = one.rate
        self._place = (step, round(epoch, 6))
        if time.perf_counter() - self._since >= STEP_LINES:
            self.flush()

    def flush(self) -> None:
        """The lines of what has been gathered, if anything."""
        seconds = max(time.perf_counter() - self._since, 1e-6)
        for lane, sums in self._sums.items():
            step, epoch = self._place
            count = len(sums.losses)
            values = {
                "step": step,
                "epoch": epoch,
                "loss": sum(sums.losses) / count,
                "accuracy": sums.right / (count * self._batch),
                "rate": sums.rate,
                "images_per_second": round(self._timed * self._batch / seconds, 1),
            }
            self._line(lane, values)
        self.restart()
