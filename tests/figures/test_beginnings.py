"""The chart of ways to begin."""

from __future__ import annotations

import pytest

from alexnet.figures.beginnings import Line, beginnings
from alexnet.figures.theme import LOOKS


def test_means_are_drawn_with_bars_from_the_worst_seed_to_the_best():
    line = Line("from scratch", LOOKS[0], {1: (0.5, 0.6, 0.4), 30: (0.7, 0.8, 0.9)})
    figure = beginnings([line], classes=2, axis="epochs")
    (drawn,) = figure.data
    assert list(drawn.x) == [1, 30]
    assert list(drawn.y) == pytest.approx([50, 80])
    assert list(drawn.error_y.array) == pytest.approx([10, 10])
    assert list(drawn.error_y.arrayminus) == pytest.approx([10, 10])
    assert figure.layout.shapes[0].y0 == 50
