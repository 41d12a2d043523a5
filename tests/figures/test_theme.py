"""Colour alone is never the only sign, and what is written can be read in light and in dark."""

from __future__ import annotations

from itertools import combinations

import pytest

from alexnet.figures.initializers import Sample, Words, histogram
from alexnet.figures.signal import Line, through_depth
from alexnet.figures.theme import INITIALIZER_LOOKS, LOOKS, Look
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
