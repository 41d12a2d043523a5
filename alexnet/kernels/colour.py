"""How colourful first-layer kernels are, and whether two towers divide colour between them. NumPy only.

Figure 3 of the paper shows 96 kernels of 11x11x3: those of one GPU largely without colour, those of the other
largely of colour, "in every run", while which GPU takes which part varies. Whether that holds for a network
is measured here, never assumed. Two questions in this order: are there grey and coloured kernels at all, and
do the towers divide them?

A kernel of random numbers is not grey: its colour index is about 2/3, because two of the three directions of
RGB space are colour. So no fixed threshold separates grey from colour, and everything is compared with
untrained kernels.

Related: Rafegas and Vanrell 2018 (Vision Research 151); Flachot and Gegenfurtner 2018 (JOSA A 35); Voss et
al. 2021, "Branch Specialization" (Distill).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from alexnet.errors import ShapeError

Floats = NDArray[np.float64]
Verdict = Literal["divided", "leaning", "not_shown"]

TAIL = 0.01
"""A kernel is called grey below, coloured above, this share of untrained kernels at either end."""

SIGNIFICANCE = 0.01
"""A finding that chance alone produces more often than this is not called a finding."""

CLEAR_AUC = 0.8
"""The towers are called divided when at least this share of the pairs of kernels is in one order."""

DEAD_NORM = 0.01
"""A kernel whose norm is below this share of the median norm of all towers is dead: it has no colour."""

SHUFFLES = 20_000

UNTRAINED = 2 / 3
"""The mean colour index of random kernels: two of the three directions of the colour space are colour."""


@dataclass(frozen=True)
class Tower:
    """The kernels of one tower. ``colour_index`` is NaN where ``dead`` holds; all arrays have shape
    (kernels,).
    """

    colour_index: Floats
    energy: Floats
    dead: NDArray[np.bool_]
    median: float
    grey: int
    coloured: int

    @property
    def living(self) -> int:
        """How many kernels have a colour index."""
        return int(np.count_nonzero(~self.dead))

    @property
    def weighted(self) -> float:
        """The share of the energy of all living kernels that is colour: strong kernels count for more."""
        return float(np.average(self.colour_index[~self.dead], weights=self.energy[~self.dead]))


@dataclass(frozen=True)
class Untrained:
    """What untrained kernels of the same shape score: the mean, and the ends that ``TAIL`` of them lie
    beyond.
    """

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Presence:
    """Are there more grey kernels, and more coloured ones, than chance makes of untrained kernels?

    ``lowest`` and ``highest`` are the indices at either end, and ``chance`` is the number expected of
    untrained kernels at either end; ``grey_p`` and ``coloured_p`` are the probabilities of at least as many.
    """

    kernels: int
    grey: int
    coloured: int
    lowest: float
    highest: float
    chance: float
    grey_p: float
    coloured_p: float

    @property
    def has_grey(self) -> bool:
        """More grey kernels than chance explains."""
        return self.grey_p < SIGNIFICANCE

    @property
    def has_coloured(self) -> bool:
        """More coloured kernels than chance explains."""
        return self.coloured_p < SIGNIFICANCE


@dataclass(frozen=True)
class Division:
    """Do two towers divide grey and colour?

    ``auc`` is the share of pairs, one kernel of each tower, in which the second tower's is the more colourful
    (a tie counts half): 0.5 for towers alike, 0 or 1 for towers without overlap. ``p`` is the share of
    shuffled labels that give an ``auc`` at least as far from 0.5.
    """

    auc: float
    p: float
    shuffles: int = SHUFFLES

    @property
    def colourful_tower(self) -> int:
        """0 or 1: the tower whose kernels are the more colourful, however slightly."""
        return int(self.auc > 0.5)

    @property
    def agreement(self) -> float:
        """The share of pairs in which ``colourful_tower`` has the more colourful kernel, 0.5 to 1."""
        return max(self.auc, 1 - self.auc)

    @property
    def verdict(self) -> Verdict:
        """``divided``: clear and not chance; ``leaning``: not chance, but they overlap much; else
        ``not_shown``.
        """
        if self.p >= SIGNIFICANCE:
            return "not_shown"
        return "divided" if self.agreement >= CLEAR_AUC else "leaning"


@dataclass(frozen=True)
class Report:
    """All that is measured about the first kernels of a network.

    ``division`` is None for a network of one tower: there is nothing to divide between. Halves of one tower
    are no towers.
    """

    towers: tuple[Tower, ...]
    untrained: Untrained
    presence: Presence
    division: Division | None


def colour_index(kernels: NDArray[np.floating]) -> Floats:
    """The share of each kernel's energy that is colour: 1 - sum_x (w(x)·u)² / sum_x |w(x)|², u = (1, 1,
    1)/√3.

    0 is a grey kernel, whose three channels agree everywhere; 1 is pure colour, whose channels cancel
    everywhere. The order of the channels does not matter.

    Args:
        kernels: (height, width, 3, kernels).

    Returns:
        (kernels,) in [0, 1]; NaN where a kernel is all zeros.

    Raises:
        ShapeError: Not four axes, not three channels, or nothing in it.
    """
    weights = _checked(kernels)
    total = (weights**2).sum(axis=(0, 1, 2))
    grey = (weights.sum(axis=2) ** 2).sum(axis=(0, 1)) / 3
    with np.errstate(invalid="ignore"):
        index: Floats = np.clip(1 - grey / total, 0, 1)
    return index


def energy(kernels: NDArray[np.floating]) -> Floats:
    """The sum of the squared weights of each kernel of (height, width, 3, kernels): shape (kernels,)."""
    energies: Floats = (_checked(kernels) ** 2).sum(axis=(0, 1, 2))
    return energies


def untrained_kernels(shape: Sequence[int], std: float = 0.01, seed: int = 0) -> NDArray[np.float32]:
    """Kernels as they are before training: normal with mean 0 and the paper's deviation (section 5)."""
    return np.random.default_rng(seed).normal(0, std, shape).astype(np.float32)


@cache
def untrained(positions: int) -> Untrained:
    """The colour index of untrained kernels with this many positions (height times width).

    The squared length of a Gaussian vector divides among the directions of space by chi-squared laws, so the
    index follows a beta distribution with ``positions`` and ``positions / 2``: mean 2/3, deviation 0.035 at
    11x11. Its percentiles are taken from 400,000 draws, exact to about 0.0003 at 11x11.
    """
    draws = np.random.default_rng(0).beta(positions, positions / 2, 400_000)
    low, high = np.quantile(draws, (TAIL, 1 - TAIL))
    return Untrained(mean=UNTRAINED, low=float(low), high=float(high))


def area_under_curve(first: Floats, second: Floats) -> float:
    """The share of pairs in which the value of ``second`` is larger, a tie counting half."""
    smaller = first[:, None] < second[None, :]
    equal = first[:, None] == second[None, :]
    return float((smaller + 0.5 * equal).mean())


def division(first: Floats, second: Floats, shuffles: int = SHUFFLES, seed: int = 0) -> Division:
    """Compare two towers' colour indices by rank, and with what shuffled labels give.

    The shuffles take the kernels as exchangeable: the result speaks of these kernels, not of other runs.

    Args:
        first: (kernels of tower 1,), without NaN.
        second: (kernels of tower 2,), without NaN.
        shuffles: How often the labels are shuffled; p is never below 1 / (shuffles + 1).
        seed: Of the shuffles.

    Raises:
        ShapeError: A tower without a kernel that has a colour index.
    """
    if not len(first) or not len(second):
        raise ShapeError("tower_without_kernels", first=len(first), second=len(second))
    values = np.concatenate([first, second])
    ranks = (values[:, None] > values).sum(axis=1) + 0.5 * ((values[:, None] == values).sum(axis=1) + 1)
    smallest = len(second) * (len(second) + 1) / 2  # sum of ranks when the second tower holds the lowest ones
    shuffled = np.random.default_rng(seed).permuted(np.tile(ranks, (shuffles, 1)), axis=1)
    aucs = (shuffled[:, : len(second)].sum(axis=1) - smallest) / (len(first) * len(second))
    auc = area_under_curve(first, second)
    # Rounding must not break a tie with the observed value.
    extreme = np.abs(aucs - 0.5) >= abs(auc - 0.5) - 1e-12
    return Division(auc, (int(extreme.sum()) + 1) / (shuffles + 1), shuffles)


def analyse(*towers: NDArray[np.floating]) -> Report:
    """Measure a network's first kernels and answer both questions, or the first alone of a single tower.

    Args:
        towers: One or two, each (height, width, 3, kernels), of the same height and width.

    Raises:
        ShapeError: Other shapes, no kernel that lives, or one tower of two without any.
    """
    if len({_checked(tower).shape[:2] for tower in towers}) > 1:
        first, second = towers[:2]
        raise ShapeError("kernels_differ_in_size", first=first.shape, second=second.shape)
    height, width = towers[0].shape[:2]
    chance = untrained(height * width)
    dead_below = (DEAD_NORM**2) * float(np.median(np.concatenate([energy(tower) for tower in towers])))
    measured = tuple(_tower(tower, dead_below, chance) for tower in towers)
    indices = [tower.colour_index[~tower.dead] for tower in measured]
    divided = division(indices[0], indices[1]) if len(indices) == 2 else None
    living = np.concatenate(indices)
    if not len(living):
        raise ShapeError("kernels_all_dead", kernels=sum(len(tower.dead) for tower in measured))
    grey = sum(tower.grey for tower in measured)
    coloured = sum(tower.coloured for tower in measured)
    presence = Presence(
        len(living),
        grey,
        coloured,
        lowest=float(living.min()),
        highest=float(living.max()),
        chance=TAIL * len(living),
        grey_p=_at_least(grey, len(living)),
        coloured_p=_at_least(coloured, len(living)),
    )
    return Report(measured, chance, presence, divided)


def _tower(kernels: NDArray[np.floating], dead_below: float, chance: Untrained) -> Tower:
    energies = energy(kernels)
    dead = energies <= dead_below
    indices = np.where(dead, np.nan, colour_index(kernels))
    living = indices[~dead]
    return Tower(
        indices,
        energies,
        dead,
        median=float(np.median(living)) if len(living) else math.nan,
        grey=int(np.count_nonzero(living < chance.low)),
        coloured=int(np.count_nonzero(living > chance.high)),
    )


def _at_least(count: int, kernels: int) -> float:
    """The probability that at least ``count`` of ``kernels`` untrained ones lie beyond one end."""
    fewer = (math.comb(kernels, k) * TAIL**k * (1 - TAIL) ** (kernels - k) for k in range(count))
    return max(0.0, 1 - math.fsum(fewer))


def _checked(kernels: NDArray[np.floating]) -> Floats:
    if kernels.ndim != 4 or kernels.shape[2] != 3 or not kernels.size:
        raise ShapeError("kernels_not_rgb", shape=kernels.shape)
    return kernels.astype(np.float64)
