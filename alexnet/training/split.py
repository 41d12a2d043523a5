"""When do the towers split? The conditions that are compared; see ``experiments/tower_split.py``."""

from __future__ import annotations

from alexnet.recipes import Recipe
from alexnet.training.points import Point

SEEDS: tuple[int, ...] = (1, 2, 3, 4, 5)
EPOCHS = 10

RECIPE = Recipe("towers", (EPOCHS,), rate=0.04, precision="mixed_bfloat16")


def point(id: str, network: str, recipe: Recipe = RECIPE) -> Point:
    """A condition."""
    return Point(id, network, recipe, data="cifar10")


MEETING = point("meeting", "towers")
APART = point("apart", "towers_apart")
ONE = point("one_tower", "towers_joined")

CONDITIONS = (MEETING, APART, ONE)
"""Towers that meet as in the paper; that first meet in the dense layers; one tower, its halves compared."""
