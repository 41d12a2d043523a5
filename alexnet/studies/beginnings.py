"""What a trained beginning was worth: measured on few pictures, and between two runs. No TensorFlow.

The measurement stands in ``assets/experiments/beginnings.json``, written by ``experiments/beginnings.py``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alexnet.runs.config import Config
from alexnet.runs.feed import Seen
from alexnet.studies.points import RESULTS

WAYS = ("scratch", "all", "frozen")
"""From scratch; from the shipped network with all layers learning; the same with frozen convolutions."""

FILE = "beginnings.json"


@dataclass(frozen=True)
class Way:
    """One way to begin, measured.

    Attributes:
        id: One of ``WAYS``.
        rate: The highest learning rate.
        learning: Parameters that learn.
        accuracies: After each epoch that was looked at, the share of test images right, one a seed, 0 to 1.
    """

    id: str
    rate: float
    learning: int
    accuracies: Mapping[int, tuple[float, ...]]

    def mean(self, epoch: int) -> float:
        """Of all seeds after an epoch."""
        return sum(self.accuracies[epoch]) / len(self.accuracies[epoch])


@dataclass(frozen=True)
class Measured:
    """What was measured.

    Attributes:
        pictures: Training pictures of each training.
        tests: Test pictures.
        epochs: Of each training.
        ways: Those of ``WAYS`` that were measured, in order.
        seeds: How many there are of each.
        command: What measures it again.
    """

    pictures: int
    tests: int
    epochs: int
    ways: Sequence[Way]
    seeds: int
    command: str


def measured() -> Measured | None:
    """What was measured; None if there is nothing."""
    try:
        content = json.loads((RESULTS / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    ways = []
    for id in WAYS:
        if (found := content["ways"].get(id)) is None:
            continue
        trainings = found["trainings"]
        accuracies = {
            int(epoch): tuple(one["test_accuracy"][epoch] for one in trainings)
            for epoch in trainings[0]["test_accuracy"]
        }
        ways.append(Way(id, content["rates"][id], trainings[0]["learning"], accuracies))
    return Measured(
        content["pictures"],
        content["test_images"],
        content["epochs"],
        tuple(ways),
        min(len(way.accuracies[content["epochs"]]) for way in ways),
        content["command"],
    )


@dataclass(frozen=True)
class Worth:
    """What a beginning was worth between two runs.

    Attributes:
        by: ``test``, where both were tested; ``validation``, after the last epoch of both; ``nothing``.
        scratch, trained: Accuracies, 0 to 1.
        epoch: The epoch of a comparison by validation.
    """

    by: str
    scratch: float = 0.0
    trained: float = 0.0
    epoch: int = 0

    @property
    def points(self) -> float:
        """Percentage points that the trained beginning is ahead."""
        return 100 * (self.trained - self.scratch)


def worth(scratch: Seen, trained: Seen) -> Worth:
    """Compare two runs by what both have."""
    if scratch.test is not None and trained.test is not None:
        return Worth("test", scratch.test["test_accuracy"], trained.test["test_accuracy"])
    both = min(len(scratch.epochs), len(trained.epochs))
    if not both:
        return Worth("nothing")
    one, other = scratch.epochs[both - 1], trained.epochs[both - 1]
    return Worth("validation", one["validation_accuracy"], other["validation_accuracy"], both)


def differences(one: Config, other: Config) -> tuple[str, ...]:
    """What sets two runs apart besides their beginning: ``network``, ``data``, ``epochs`` and so on."""
    pairs = {
        "network": (one.rows.rows, other.rows.rows),
        "data": (one.data, other.data),
        "epochs": (one.recipe.epochs, other.recipe.epochs),
        "batch": (one.recipe.batch, other.recipe.batch),
        "limit": (one.images, other.images),
    }
    return tuple(name for name, (mine, theirs) in pairs.items() if mine != theirs)
