"""How the lanes of a race stand, from their lines. Pure functions.

What is early about a failure: a lane that changes nothing is named after ``PATIENCE`` batches, one whose
loss is no number at that very batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from alexnet.runs.metrics_log import Line
from alexnet.studies.guessing import Guessing

Verdict = Literal["early", "failed", "unchanged", "chance", "learning"]

PATIENCE = 30
"""Batches after which a loss that has not moved is said to."""

STILL = 0.01
"""A loss that has stayed within this share of that of guessing, log(classes), has not moved."""


@dataclass(frozen=True)
class Standing:
    """Where one lane stands.

    Attributes:
        verdict: ``failed``: its loss is not finite; ``unchanged``: it never left the loss of
            guessing; ``chance``: it moved, but is right no more often than guessing after two epochs or
            more; ``learning``; ``early``: too little is known.
        step: Batches so far, or the one at which it failed.
        epoch: Whole epochs that were evaluated.
        accuracy: Latest on the validation images, 0 to 1; None before the first epoch, or once it failed.
    """

    verdict: Verdict
    step: int
    epoch: int
    accuracy: float | None


def standing(
    steps: Sequence[Line], epochs: Sequence[Line], failed: Line | None, guessing: Guessing
) -> Standing:
    """Judge one lane by its own lines, in order.

    Args:
        steps: Its lines of that kind.
        epochs: Its lines of that kind.
        failed: Its line of that kind, if there is one.
        guessing: What guessing would give.
    """
    step = int(steps[-1]["step"]) if steps else 0
    if failed is not None:
        return Standing("failed", int(failed["step"]), len(epochs), None)
    accuracy = float(epochs[-1]["validation_accuracy"]) if epochs else None
    best = max((line["validation_accuracy"] for line in epochs), default=0.0)
    verdict: Verdict = "learning"
    if step < PATIENCE and not epochs:
        verdict = "early"
    elif steps and all(abs(line["loss"] / guessing.loss - 1) <= STILL for line in steps):
        verdict = "unchanged"
    elif len(epochs) < 2 and best < guessing.limit:
        verdict = "early"
    elif best < guessing.limit:
        verdict = "chance"
    return Standing(verdict, step, len(epochs), accuracy)


def ranked(standings: Sequence[Standing]) -> list[int]:
    """The places of the lanes that were evaluated, the most accurate first."""
    known = [place for place, one in enumerate(standings) if one.accuracy is not None]
    return sorted(known, key=lambda place: -(standings[place].accuracy or 0.0))
