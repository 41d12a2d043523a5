"""The bars of parameters and arithmetic."""

from __future__ import annotations

import re

import pytest

from alexnet.architecture import NETWORKS, PAPER_2012
from alexnet.architecture.shapes import trace
from alexnet.figures.shares import Words, share, shares_picture

WORDS = Words("title", "description", "parameters", "products")


def test_in_the_paper_dense_layers_hold_the_parameters_and_convolutions_do_the_work():
    layers = trace(PAPER_2012)
    # 58,631,144 of 60,965,224; 665,784,864 of 724,406,816.
    assert share(layers, "parameters", "dense") == pytest.approx(58_631_144 / 60_965_224)
    assert share(layers, "multiply_accumulates", "convolution") == pytest.approx(665_784_864 / 724_406_816)


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.id)
def test_each_bar_is_a_whole(network):
    picture = shares_picture(trace(network), WORDS)
    percent = [float(found) for found in re.findall(r"\((\d+\.\d)%\)", picture)]
    assert sum(percent) == pytest.approx(200, abs=0.05 * len(percent))
    rects = re.findall(r'x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"', picture)
    for top in {y for _, y, _ in rects}:
        end = max(float(x) + float(width) for x, y, width in rects if y == top)
        assert end == pytest.approx(900, abs=2)


def test_no_layers_hold_nothing():
    assert share((), "parameters", "dense") == 0
