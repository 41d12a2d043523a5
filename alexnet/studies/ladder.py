"""From chance to the best network of a five-minute lesson: the rungs, each one change, with the rate that it
needs, above the last.

Each has as many epochs as five minutes of training on two processor cores allow. The script that trains them
is ``experiments/ladder.py``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from alexnet.recipes import Recipe
from alexnet.studies.points import Point

SEEDS: tuple[int, ...] = (0, 1, 2)

NOTE = Point(
    "note",
    "note_as_written",
    # The note names Adam, its rate and an ImageDataGenerator, which is left out. 100 pixels and the division
    # by 255 are its textbook's (github.com/gilbutITbook/080263, chap6); batches and epochs are ours.
    Recipe(
        "note",
        (5,),
        batch=64,
        rate=0.001,
        warmup=0.0,
        weight_decay=0.0,
        augment=False,
        optimizer="adam",
        schedule="constant",
        scaling="unit",
    ),
    size=100,
)


def rung(below: Point, id: str, *, network: str | None = None, **changes: Any) -> Point:
    """The point below with another network or other fields of its recipe."""
    known = below.network if network is None else network
    size = below.size if network is None or network.startswith(("note", "study")) else None
    return replace(below, id=id, network=known, size=size, recipe=replace(below.recipe, id=id, **changes))


RATE = rung(NOTE, "rate", rate=0.0003)
MEAN = rung(RATE, "mean", scaling="centred")
INITIALIZER = rung(MEAN, "initializer", network="study_note")
AUGMENTATION = rung(INITIALIZER, "augmentation", augment=True)
DROPOUT = rung(AUGMENTATION, "dropout", network="note_dropout")
COSINE = rung(DROPOUT, "cosine", schedule="cosine", warmup=0.5)
MOMENTUM = rung(COSINE, "momentum", optimizer="sgd", rate=0.03, weight_decay=0.0005)

FITTED = rung(MOMENTUM, "fitted", network="fitted", cycles=(14,))
AVERAGE = rung(FITTED, "average_pooling", network="fitted_average")
# Normalized maps are meant for larger steps (Ioffe and Szegedy, 2015, section 3.3): a rate comes with them.
BATCH = rung(AVERAGE, "batch_normalization", network="fitted_batch", cycles=(13,), rate=0.1, warmup=1.0)
TOWERS = rung(BATCH, "two_towers", network="fitted_towers", cycles=(19,))
HALF_PRECISION = rung(TOWERS, "half_precision", precision="mixed_bfloat16", cycles=(28,))
SMALL_KERNELS = rung(HALF_PRECISION, "small_kernels", network="fitted_small", cycles=(37,), warmup=2.0)
DECAY = rung(SMALL_KERNELS, "weight_decay", weight_decay=0.005)
ERASING = rung(DECAY, "erasing", erase=10)
MIRRORED = rung(ERASING, "mirrored", mirrored=True)

RUNGS: tuple[Point, ...] = (
    NOTE,
    RATE,
    MEAN,
    INITIALIZER,
    AUGMENTATION,
    DROPOUT,
    COSINE,
    MOMENTUM,
    FITTED,
    AVERAGE,
    BATCH,
    TOWERS,
    HALF_PRECISION,
    SMALL_KERNELS,
    DECAY,
    ERASING,
    MIRRORED,
)


def trial(below: Point, id: str, **changes: Any) -> Point:
    """A change that was tried on the way; it never reads the test images."""
    return replace(rung(below, id, **changes), test=False)


DENSE = trial(FITTED, "batch_normalization_dense", network="fitted_batch_dense", cycles=(11,))

TRIALS: tuple[tuple[Point, Point], ...] = (
    (trial(NOTE, "tenth_rate", rate=0.0001), RATE),
    (trial(NOTE, "lower_rate", rate=0.00003), RATE),
    (trial(COSINE, "momentum_lower_rate", optimizer="sgd", rate=0.01, weight_decay=0.0005), MOMENTUM),
    (trial(FITTED, "local_response_normalization", network="fitted_response"), FITTED),
    (DENSE, BATCH),
    (trial(DENSE, "batch_normalization_dense_higher_rate", rate=0.1, warmup=1.0), BATCH),
    (trial(BATCH, "batch_normalization_lower_rate", rate=0.03, warmup=0.5), BATCH),
)
"""With seed 0 only: what else was tried, and the rung that was taken instead. Their validation accuracies are
those of one training each: where they differ by less than chance does, the choice is ours, not theirs."""

TUNED = RUNGS.index(MOMENTUM)
"""Up to this rung the note's architecture stays as it is, but for dropout."""
