"""Colour alone is never the only sign, and what is written can be read in light and in dark."""

from __future__ import annotations

import tomllib
from itertools import combinations

import pytest

from alexnet.figures.initializers import Sample, Words, histogram
from alexnet.figures.signal import Line, through_depth
from alexnet.figures.theme import CAPTION, DIVERGING, INITIALIZER_LOOKS, LOOKS, Look
from alexnet.home import ROOT
from alexnet.numerics.initializers import INITIALIZERS, Fans, initializer

SIX = [row.id for row in INITIALIZERS if row.form != "point"][:6]


def signs(figure) -> list[tuple[str, str, str]]:
    """Colour, dash and mark of every line that is drawn with marks."""
    return [
        (trace.line.color, trace.line.dash, trace.marker.symbol)
        for trace in figure.data
        if trace.type == "scatter" and trace.mode == "lines+markers"
    ]


def test_six_series_differ_in_colour_in_dash_and_in_mark():
    assert len(LOOKS) == 6
    for sign in ("colour", "dash", "symbol"):
        assert len({getattr(look, sign) for look in LOOKS}) == 6


def test_every_initializer_has_one_look_that_differs_without_colour():
    assert set(INITIALIZER_LOOKS) == {row.id for row in INITIALIZERS} | {"paper_2012", "code_2012"}
    symbols = [look.symbol for look in INITIALIZER_LOOKS.values()]
    assert len(set(symbols)) == len(symbols)
    for one, other in combinations(INITIALIZER_LOOKS.values(), 2):
        assert (one.colour, one.dash) != (other.colour, other.dash)


@pytest.mark.parametrize("look", INITIALIZER_LOOKS.values())
def test_a_second_series_of_the_same_kind_keeps_the_colour_and_changes_the_rest(look: Look):
    again = look.again()
    assert again.colour == look.colour
    assert again.dash != look.dash and again.symbol != look.symbol
    assert len({look, again, again.again(), again.again().again()}) == 4  # as many as a race has lanes


def test_six_signals_and_six_densities_are_told_apart_by_dash_or_mark():
    lines = [Line(id, INITIALIZER_LOOKS[id], [1.0, 2.0]) for id in SIX]
    drawn = [
        Sample(id, INITIALIZER_LOOKS[id], shape, shape.draw(100, 1))
        for id in SIX
        for shape in [initializer(id).distribution(Fans(1000, 200))]
    ]
    words = Words("weight", "density", "drawn", "theory", "uncut")
    for figure in (through_depth(["conv1", "conv2"], lines, "", ""), histogram(drawn, words)):
        found = signs(figure)
        assert found == [(look.colour, look.dash, look.symbol) for look in map(INITIALIZER_LOOKS.get, SIX)]
        assert len({symbol for _, _, symbol in found}) == 6


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(
        4.48, abs=0.01
    )  # the usual example of just too little


def test_the_ends_of_the_diverging_scale_differ_in_grey_and_both_from_the_middle():
    low, middle, high = (colour for _, colour in DIVERGING)
    assert contrast(low, high) > 3
    assert contrast(low, middle) > 3 and contrast(high, middle) > 2


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_captions_and_ticks_can_be_read_on_every_background(mode):
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"][mode]
    style = (ROOT / "assets/frame.css").read_text(encoding="utf-8")
    mix = f"color-mix(in srgb, currentColor {CAPTION:.0%}, transparent)"
    assert f'[data-testid="stCaptionContainer"] {{ opacity: 1; color: {mix}; }}' in style
    text = theme["textColor"]
    for ground in (theme["backgroundColor"], theme["sidebar"]["backgroundColor"]):
        assert contrast(text, ground) > 4.5
        mixed = [
            CAPTION * int(text[at : at + 2], 16) + (1 - CAPTION) * int(ground[at : at + 2], 16)
            for at in (1, 3, 5)
        ]
        assert contrast("#" + "".join(f"{round(part):02x}" for part in mixed), ground) > 4.5
