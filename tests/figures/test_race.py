"""The lanes of a race in one picture."""

from __future__ import annotations

import pytest

from alexnet.figures.race import HIGHEST, Curve, race
from alexnet.figures.theme import LOOKS

LINES = [
    {"epoch": 1, "loss": 0.6, "validation_accuracy": 0.6},
    {"epoch": 2, "loss": 1e9, "validation_accuracy": 0.7},
]
CURVES = [Curve(f"lane {number}", LOOKS[number], LINES, LINES) for number in range(4)]


@pytest.mark.parametrize("measure", ["accuracy", "loss"])
def test_every_lane_is_drawn_with_its_colour_its_dash_and_its_mark(measure):
    figure = race(measure, CURVES, total=2, classes=2, axis="epochs")
    for trace, look in zip(figure.data, LOOKS, strict=False):
        assert trace.mode == "lines+markers"
        assert (trace.line.color, trace.line.dash, trace.marker.symbol) == (
            look.colour,
            look.dash,
            look.symbol,
        )


def test_an_accuracy_is_drawn_in_per_cent():
    figure = race("accuracy", CURVES, total=2, classes=2, axis="epochs")
    assert list(figure.data[0].y) == [60, 70]


def test_a_lane_that_explodes_leaves_the_others_in_sight():
    figure = race("loss", CURVES, total=2, classes=2, axis="epochs")
    assert figure.layout.yaxis.range[1] <= HIGHEST * 0.6932
    calm = race("loss", [Curve("lane", LOOKS[0], LINES[:1], [])], total=2, classes=2, axis="epochs")
    assert calm.layout.yaxis.range[0] < 0.6 < calm.layout.yaxis.range[1]


def test_a_race_that_has_not_begun_has_its_frame():
    figure = race("loss", [Curve("lane", LOOKS[0], [], [])], total=3, classes=2, axis="epochs")
    assert tuple(figure.layout.xaxis.range) == (0, 3.06)


def test_an_accuracy_far_below_guessing_is_in_sight():
    low = [{"epoch": 1, "validation_accuracy": 1 / 6}]
    figure = race("accuracy", [Curve("few", LOOKS[0], [], low)], total=3, classes=2, axis="epochs")
    assert figure.layout.yaxis.range[0] < 100 / 6
