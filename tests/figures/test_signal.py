"""Signals over the layers, and deviations on one axis."""

from __future__ import annotations

import math

from alexnet.figures.signal import Line, stds_by_layer, through_depth
from alexnet.figures.theme import LOOKS


def test_every_layer_stands_on_one_logarithmic_scale_and_what_cannot_leaves_a_gap() -> None:
    lines = [
        Line("a", LOOKS[0], [1.0, 0.0, math.inf]),
        Line("b", LOOKS[1], [2.0, 3.0, 4.0], [2.5, 3.5, 4.5]),
    ]
    figure = through_depth(["conv1", "conv2", "fc3"], lines, "spread", "theory")
    assert figure.layout.yaxis.type == "log"
    assert [trace.name for trace in figure.data] == ["a", "b", "b, theory"]
    assert figure.data[0].y == (1.0, None, None)
    assert figure.data[2].y == (2.5, 3.5, 4.5)


def test_deviations_stand_on_one_axis_with_the_first_layer_at_the_top() -> None:
    stds = {"paper": {"conv1": 0.01, "conv3": 0.01}, "code": {"conv1": 0.01, "conv3": 0.03}}
    figure = stds_by_layer(stds, LOOKS[:2], "deviation")
    assert figure.data[1].x == (0.01, 0.03)
    assert figure.data[1].y == ("conv1", "conv3")
    assert figure.layout.yaxis.autorange == "reversed"
    low, high = figure.layout.xaxis.range
    assert all(low < math.log10(std) < high for std in (0.01, 0.0742))
