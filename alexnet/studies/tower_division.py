"""When do the towers split? The conditions that are compared; see ``experiments/tower_split.py``."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from alexnet.architecture import BatchNormalization, Convolution, LocalResponseNormalization, Network, Row
from alexnet.architecture.editing import change, remove
from alexnet.architecture.lessons import TOWERS_APART
from alexnet.architecture.variants import never_talking
from alexnet.recipes import Recipe
from alexnet.studies.points import Point

SEEDS: tuple[int, ...] = (1, 2, 3, 4, 5)
EPOCHS = 10

RECIPE = Recipe("towers", (EPOCHS,), rate=0.04, precision="mixed_bfloat16")


def point(id: str, network: str | Network, recipe: Recipe = RECIPE, *, test: bool = True) -> Point:
    """A condition."""
    return Point(id, network, recipe, data="cifar10", test=test)


MEETING = point("meeting", "towers")
APART = point("apart", "towers_apart")
ONE = point("one_tower", "towers_joined")

CONDITIONS = (MEETING, APART, ONE)
"""Towers that meet as in the paper; that first meet in the dense layers; one tower, its halves compared."""


def trial(id: str, network: Network | None = None, **changes: Any) -> Point:
    """Towers apart, changed; it never reads the test images."""
    known = TOWERS_APART.id if network is None else replace(network, id=id)
    return point(id, known, replace(RECIPE, **changes), test=False)


def _paper_layers() -> Network:
    """As in the paper: ReLU right after each sum, maps normalized by their neighbours, not by batches."""
    rows: list[Row] = []
    for row in TOWERS_APART.rows:
        if isinstance(row, Convolution):
            rows.append(replace(row, activation="relu"))
        elif row.name == "bn2":
            rows.append(LocalResponseNormalization("lrn2"))
        elif not isinstance(row, BatchNormalization):
            rows.append(row)
    return replace(TOWERS_APART, rows=tuple(rows))


TRIALS: tuple[Point, ...] = (
    trial("few_kernels", change(TOWERS_APART, "conv1", maps=32)),
    trial("paper_layers", _paper_layers(), rate=0.02),
    trial("strong_response", change(TOWERS_APART, "lrn1", alpha=0.1)),
    trial("last_layer", never_talking(TOWERS_APART)),
    trial("higher_rate", rate=0.1),
    trial("no_response", remove(TOWERS_APART, "lrn1")),
    trial("more_decay", weight_decay=0.005),
    trial("much_of_both", rate=0.1, weight_decay=0.01),
    trial("longer", cycles=(3 * EPOCHS,)),
)
"""Towers apart, changed in one respect or, as the names say, in several; one seed each: what matters?"""


def agreement_by_chance(first: int, second: int) -> float:
    """The mean ``agreement`` of two sides of so many kernels that nothing tells apart.

    Under shuffled labels the area has mean 1/2 and variance (first + second + 1) / (12 first second) (Mann
    and Whitney, 1947); it is taken as normal, whose mean distance from its middle is sqrt(2 / pi) deviations.
    """
    return 0.5 + math.sqrt(2 / math.pi * (first + second + 1) / (12 * first * second))
