"""The far edge, pixel by pixel."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from alexnet.architecture.rounding_rules import answers
from alexnet.figures.edge import Words, edge_picture

SPACE = "{http://www.w3.org/2000/svg}"
WORDS = Words("title", "description", "window", "zero", "outside")
FOUND = {answer.rule: answer.along for answer in answers()}


def boxes(along):
    """(hint, left, width) of every rectangle, windows first."""
    root = ET.fromstring(edge_picture(along, WORDS, "#009E73"))
    return [
        (rect.find(f"{SPACE}title").text, float(rect.get("x")), float(rect.get("width")))
        for rect in root.iter(f"{SPACE}rect")
    ], float(root.get("viewBox").split()[2])


def hints(rule):
    return [hint for hint, _, _ in boxes(FOUND[rule])[0]]


def test_rounding_up_reaches_three_places_outside_the_image():
    assert hints("ceiling").count("outside") == 3 and hints("ceiling").count("zero") == 0
    assert "window 55: 216 … 227" in hints("ceiling")


def test_same_padding_has_four_zeros_behind_and_torchvisions_two():
    assert hints("same").count("zero") == 4
    assert hints("padded").count("zero") == 2


def test_rounding_down_and_227_stay_inside():
    for rule, last in (("floor", "223"), ("fits", "226")):
        assert not {"zero", "outside"} & set(hints(rule))
        assert hints(rule)[-1] == last


@pytest.mark.parametrize("rule", FOUND)
def test_the_last_window_ends_over_the_pixel_that_it_reaches(rule):
    along = FOUND[rule]
    drawn, width = boxes(along)
    windows = [box for box in drawn if box[0].startswith("window")]
    cells = {hint: left for hint, left, _ in drawn if hint.isdigit()}
    last = windows[-1]
    end = along.input + along.end + along.overhang - along.unused
    pixel = int(next(iter(cells)))
    assert last[1] + last[2] == pytest.approx(cells[str(pixel)] + 20 * (end - pixel) - 1.5, abs=0.2)
    assert all(left >= 0 and left + wide <= width for _, left, wide in drawn)


def test_pixels_that_no_window_sees_are_faint():
    root = ET.fromstring(edge_picture(FOUND["floor"], WORDS, "#009E73"))
    faint = [
        rect.find(f"{SPACE}title").text
        for rect in root.iter(f"{SPACE}rect")
        if rect.get("fill-opacity") == "0.2"
    ]
    assert faint == ["223"]


@pytest.mark.parametrize("numbers", [(1, 1, 1), (5, 5, 1), (9, 2, 7), (12, 11, 4), (300, 64, 32)])
def test_any_numbers_can_be_drawn(numbers):
    for answer in answers(*numbers):
        ET.fromstring(edge_picture(answer.along, WORDS, "#009E73"))
