"""The picture of the windows is to scale."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from alexnet.architecture.shapes import windows
from alexnet.figures.windows import Words, begins, lanes, windows_picture

WORDS = Words("title <1>", "description", "window", "padding", "over", "left")
CASES = [
    windows(227, 11, 4),
    windows(224, 11, 4, 0, "up"),
    windows(224, 11, 4, 0, "down"),
    windows(224, 11, 4, "same"),
    windows(27, 5, 1, 2),
    windows(3, 5, 1, 2),
    windows(64, 11, 2, 5),
    windows(9, 2, 4),
    windows(1, 1, 1),
]


def boxes(along, width=900.0):
    """Title to (left, top, right) of every rectangle."""
    root = ET.fromstring(windows_picture(along, WORDS, "#009E73", width=width))
    space = "{http://www.w3.org/2000/svg}"
    return {
        rect.find(f"{space}title").text: (
            float(rect.get("x")),
            float(rect.get("y")),
            float(rect.get("x")) + float(rect.get("width")),
        )
        for rect in root.iter(f"{space}rect")
    }


@pytest.mark.parametrize("along", CASES, ids=str)
def test_every_window_is_drawn_where_it_begins(along):
    drawn = [box for title, box in boxes(along).items() if title.startswith("window ")]
    assert len(drawn) == along.output == len(begins(along))
    scale = (drawn[0][2] - drawn[0][0]) / along.kernel
    for (left, _, right), begin in zip(drawn, begins(along), strict=True):
        # SVG numbers have one decimal.
        assert left - drawn[0][0] == pytest.approx(scale * (begin + along.begin), rel=0.01, abs=0.5)
        assert right - left == pytest.approx(scale * along.kernel, rel=0.01, abs=0.2)


@pytest.mark.parametrize("along", CASES, ids=str)
def test_windows_on_one_lane_never_touch(along):
    drawn = [box for title, box in boxes(along).items() if title.startswith("window ")]
    for top in {box[1] for box in drawn}:
        lane = sorted(box for box in drawn if box[1] == top)
        assert all(before[2] < after[0] for before, after in pairwise(lane))
    assert len({box[1] for box in drawn}) == lanes(along)


@pytest.mark.parametrize("along", CASES, ids=str)
@pytest.mark.parametrize("width", [900.0, 360.0])
def test_nothing_lies_outside_the_picture(along, width):
    assert all(left >= 0 and right <= width for left, _, right in boxes(along, width).values())


def test_overhang_and_remainder_are_drawn_where_there_are_any():
    assert "over" in boxes(CASES[1]) and "left" not in boxes(CASES[1])
    assert "left" in boxes(CASES[2]) and "over" not in boxes(CASES[2])
    assert not {"over", "left"} & set(boxes(CASES[0]))


def test_the_first_windows_begin_in_the_padding():
    assert list(begins(CASES[4]))[:3] == [-2, -1, 0]
    assert begins(CASES[3])[0] == -3
