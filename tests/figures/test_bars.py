"""Bars of parts are to one scale, and a limit stands where it belongs."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from alexnet.figures.bars import Bar, Limit, Part, _ink, bars_picture, legend
from alexnet.figures.theme import LAYER_COLOURS, MEMORY_COLOURS

SPACE = "{http://www.w3.org/2000/svg}"
BARS = [
    Bar("one <b>", [Part("a", 30, "#0072B2"), Part("b", 10, "#E69F00"), Part("none", 0, "#000000")]),
    Bar("two", [Part("a", 5, "#0072B2")]),
]


def drawn(limit=None, width=900.0):
    markup = bars_picture(
        BARS, "title", "description", lambda value: f"{value:,.0f} u", limit=limit, width=width
    )
    return ET.fromstring(markup)


def widths(root):
    """Hint to (left, right) of every part."""
    return {
        rect.find(f"{SPACE}title").text: (
            float(rect.get("x")),
            float(rect.get("x")) + float(rect.get("width")),
        )
        for rect in root.iter(f"{SPACE}rect")
    }


@pytest.mark.parametrize("width", [900.0, 360.0])
def test_parts_lie_end_to_end_and_the_longest_bar_fills_the_width(width):
    found = list(widths(drawn(width=width)).values())
    assert found[0][0] == 0
    assert found[1][0] == pytest.approx(found[0][1] + 1.5, abs=0.2)
    assert found[1][1] == pytest.approx(width, abs=4)
    assert found[2][1] - found[2][0] == pytest.approx((width - 2) * 5 / 40 - 1.5, abs=0.2)


def test_parts_say_how_much_they_are_and_empty_ones_are_left_out():
    assert list(widths(drawn())) == ["a: 30 u (75.0%)", "b: 10 u (25.0%)", "a: 5 u (100.0%)"]


def test_a_limit_beyond_all_bars_sets_the_scale():
    root = drawn(Limit("card", 80))
    line = root.find(f".//{SPACE}line")
    assert float(line.get("x1")) == float(line.get("x2")) == pytest.approx(898)
    assert next(iter(widths(root).values()))[1] == pytest.approx(898 * 30 / 80 - 1.5, abs=0.2)
    assert "card: 80 u" in [text.text for text in root.iter(f"{SPACE}text")]


def test_names_and_totals_are_written_and_escaped():
    texts = ["".join(text.itertext()) for text in drawn().iter(f"{SPACE}text")]
    assert "one <b>40 u" in texts
    assert "&lt;i&gt;" in legend([Part("<i>", 1, "#000000")])


def contrast(first: str, second: str) -> float:
    def luminance(colour):
        values = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (
            value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [*LAYER_COLOURS.values(), *MEMORY_COLOURS.values()])
def test_text_on_a_part_can_be_read(colour):
    assert contrast(colour, _ink(colour)) >= 4.5


def test_long_names_never_leave_their_part():
    bar = Bar("name", [Part("fully connected layer", 1, "#E69F00"), Part("x", 99, "#009E73")])
    markup = bars_picture([bar], "t", "d", str)
    assert "fully connected layer 1%" not in re.sub(r"<title>.*?</title>", "", markup)
