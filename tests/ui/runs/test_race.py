"""The lanes of a race, as they are drawn."""

from __future__ import annotations

from alexnet.figures.theme import INITIALIZER_LOOKS
from alexnet.runs.lane import Lane
from alexnet.ui.runs.race import looks


def test_a_lane_looks_as_its_initializer_does_everywhere():
    lanes = [Lane("he_normal"), Lane("random_normal", 0.01), Lane("random_normal", 0.03), Lane("zeros")]
    ids = ("he_normal", "paper_2012", "code_2012", "zeros")
    assert looks(lanes) == [INITIALIZER_LOOKS[id] for id in ids]


def test_four_lanes_of_one_initializer_are_told_apart_without_colour():
    found = looks([Lane("he_normal", rate=rate) for rate in (0.01, 0.02, 0.03, 0.04)])
    assert len({look.colour for look in found}) == 1
    assert len({look.dash for look in found}) == 4
