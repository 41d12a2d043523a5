"""One dot for each kernel, none over another, and medians where they belong."""

from __future__ import annotations

import numpy as np

from alexnet.figures.colour_index import Group, Words, dots, swarm
from alexnet.kernels.colour import untrained

WORDS = Words("axis", "band", "median", "kernel")
VALUES = np.random.default_rng(0).beta(2, 1, 48)


def test_no_two_dots_of_a_level_lie_closer_than_a_dot() -> None:
    levels = swarm(VALUES, 0.02)
    for level in set(levels.tolist()):
        gaps = np.diff(np.sort(VALUES[levels == level]))
        assert (gaps >= 0.02).all()


def test_equal_values_stack_to_both_sides() -> None:
    assert sorted(swarm(np.full(5, 0.3)).tolist()) == [-2, -1, 0, 1, 2]


def test_every_kernel_with_an_index_has_its_dot_under_its_own_number() -> None:
    values = VALUES.copy()
    values[[3, 10]] = np.nan
    figure = dots([Group("one", "#0072B2", values), Group("two", "#D55E00", VALUES)], untrained(121), WORDS)
    first = next(trace for trace in figure.data if trace.name == "one")
    assert len(first.x) == 46
    np.testing.assert_array_equal(values[np.array(first.customdata) - 1], first.x)


def test_medians_and_the_untrained_band_are_drawn_where_they_are() -> None:
    figure = dots([Group("one", "#0072B2", VALUES)], untrained(121), WORDS)
    band, tick = figure.layout.shapes
    assert (band.x0, band.x1) == (untrained(121).low, untrained(121).high)
    assert tick.x0 == tick.x1 == np.median(VALUES)


def test_the_first_group_stands_at_the_top() -> None:
    figure = dots([Group("one", "#0072B2", VALUES), Group("two", "#D55E00", VALUES)], untrained(121), WORDS)
    assert list(figure.layout.yaxis.ticktext) == ["two", "one"]


def test_a_group_of_dead_kernels_has_no_dots_and_no_median() -> None:
    figure = dots([Group("one", "#0072B2", np.full(4, np.nan))], untrained(121), WORDS)
    assert len(figure.data[0].x) == 0
    assert len(figure.layout.shapes) == 1  # the band
