"""What a run's curves say: findings as ids and numbers, from the lines of its epochs. Pure functions.

The thresholds are this project's own; each stands beside what it decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from alexnet.runs.metrics_log import Line
from alexnet.studies.guessing import Guessing

FindingId = Literal[
    "too_early",
    "diverging",
    "stuck_at_chance",
    "too_few_images",
    "overfitting",
    "still_improving",
    "learning_well",
    "levelled_off",
]

GAP = 0.1
"""So much higher accuracy on the training images than on validation counts as overfitting, once the
validation loss rises too."""

LOSS_RISE = 0.05
"""By this share the validation loss must stand above its lowest, to count as rising."""

TREND = 4
"""So many epochs it takes to speak of a trend: one accuracy has a standard error as large as a step."""

IMPROVEMENT = 0.005
"""So much more validation accuracy in the last third than in the third before counts as improving."""

LEARNED = 0.1
"""So far above chance an accuracy counts as learned."""


@dataclass(frozen=True)
class Finding:
    """One thing that the curves show.

    Attributes:
        id: Its text is ``training.finding_<id>``.
        values: The numbers that the text mentions.
    """

    id: FindingId
    values: Mapping[str, Any] = field(default_factory=dict)


def diagnose(epochs: Sequence[Line], guessing: Guessing, *, reason: str | None = None) -> tuple[Finding, ...]:
    """Read a run's curves.

    Args:
        epochs: Lines of kind ``epoch`` (``alexnet.runs.metrics_log``), in order.
        guessing: What guessing would give.
        reason: The status's reason; ``loss_not_finite`` tells what no line can.

    Returns:
        What holds, the most urgent first; ``too_early`` alone when there is too little to say.
    """
    chance = guessing.chance
    found = [*_diverging(epochs, guessing, reason)]
    if len(epochs) < 2:
        return tuple(found) or (Finding("too_early", {"epochs": len(epochs)}),)
    best, last = max(line["validation_accuracy"] for line in epochs), epochs[-1]["validation_accuracy"]
    if not found and best < guessing.limit:
        values = {"accuracy": last, "chance": chance}
        if best >= chance + LEARNED:  # and below the limit, which is so far only with few images
            return (Finding("too_few_images", values | {"images": guessing.images}),)
        return (Finding("stuck_at_chance", values | {"epochs": len(epochs)}),)
    if found:
        return tuple(found)
    overfitting = _overfitting(epochs)
    if overfitting:
        return (overfitting,)
    if best >= chance + LEARNED:
        found.append(Finding("learning_well", {"accuracy": best, "chance": chance}))
    if len(epochs) >= TREND:
        found.append(_trend(epochs))
    return tuple(found) or (Finding("too_early", {"epochs": len(epochs)}),)


def _diverging(epochs: Sequence[Line], guessing: Guessing, reason: str | None) -> list[Finding]:
    """The loss is not finite, or stands above twice what guessing costs and above where it began."""
    if reason == "loss_not_finite":
        return [Finding("diverging", {"epoch": len(epochs) + 1})]
    if len(epochs) >= 2 and epochs[-1]["loss"] > max(2 * guessing.loss, epochs[0]["loss"]):
        return [Finding("diverging", {"epoch": len(epochs)})]
    return []


def _overfitting(epochs: Sequence[Line]) -> Finding | None:
    last = epochs[-1]
    lowest = min(range(len(epochs)), key=lambda place: epochs[place]["validation_loss"])
    gap = last["accuracy"] - last["validation_accuracy"]
    risen = last["validation_loss"] > epochs[lowest]["validation_loss"] * (1 + LOSS_RISE)
    if gap < GAP or not risen:
        return None
    values = {"gap": gap, "accuracy": last["accuracy"], "validation_accuracy": last["validation_accuracy"]}
    return Finding("overfitting", values | {"epoch": epochs[lowest]["epoch"]})


def _trend(epochs: Sequence[Line]) -> Finding:
    """Compare the best of the last third of the epochs with the best before."""
    third = max(1, len(epochs) // 3)
    before = max(line["validation_accuracy"] for line in epochs[:-third])
    now = max(line["validation_accuracy"] for line in epochs[-third:])
    values = {"gain": now - before, "points": 100 * (now - before), "epochs": third}
    return Finding("still_improving" if now - before >= IMPROVEMENT else "levelled_off", values)
