"""How often chance alone sets two groups of seeds as far apart as they are: the exact permutation test."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb, fsum


def exact_p(first: Sequence[float], second: Sequence[float]) -> float:
    """The share of all ways to divide the results into groups of these sizes whose means lie as far apart.

    Two-sided: it does not matter which group is ahead. All ways are counted, so the groups have to be small.

    Args:
        first: Results of one group, at least one.
        second: Those of the other.
    """
    every, size = (*first, *second), len(first)
    whole = fsum(every)

    def apart(ahead: Sequence[float]) -> float:
        total = fsum(ahead)
        return abs(total / size - (whole - total) / len(second))

    seen = apart(first) * (1 - 1e-9)  # rounding is no difference
    return sum(apart(ahead) >= seen for ahead in combinations(every, size)) / comb(len(every), size)


def least_p(first: int, second: int) -> float:
    """The smallest value that ``exact_p`` can have for groups of these sizes, whatever was measured."""
    return min(1.0, (2 if first == second else 1) / comb(first + second, first))
