"""The lanes of a race in one picture."""

from __future__ import annotations

from alexnet.figures.race import HIGHEST, STYLES, Curve, race

LINES = [
    {"epoch": 1, "loss": 0.6, "validation_accuracy": 0.6},
    {"epoch": 2, "loss": 1e9, "validation_accuracy": 0.7},
]
CURVES = [Curve(f"lane {number}", LINES, LINES) for number in range(4)]


def test_no_two_lanes_share_a_colour_a_dash_or_a_mark():
    for part in zip(*STYLES, strict=True):
        assert len(set(part)) == 4
    figure = race("accuracy", CURVES, total=2, classes=2, axis="epochs")
    drawn = {(trace.line.color, trace.line.dash, trace.marker.symbol) for trace in figure.data}
    assert drawn == set(STYLES)
    assert list(figure.data[0].y) == [60, 70]


def test_a_lane_that_explodes_leaves_the_others_in_sight():
    figure = race("loss", CURVES, total=2, classes=2, axis="epochs")
    assert figure.layout.yaxis.range[1] <= HIGHEST * 0.6932
    calm = race("loss", [Curve("lane", LINES[:1], [])], total=2, classes=2, axis="epochs")
    assert calm.layout.yaxis.range[0] < 0.6 < calm.layout.yaxis.range[1]


def test_a_race_that_has_not_begun_has_its_frame():
    figure = race("loss", [Curve("lane", [], [])], total=3, classes=2, axis="epochs")
    assert tuple(figure.layout.xaxis.range) == (0, 3.06)
