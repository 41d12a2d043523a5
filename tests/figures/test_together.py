"""A class's trainings as marks: at their rate and accuracy, told apart, one's own larger."""

from __future__ import annotations

import math

import pytest

from alexnet.figures.theme import INITIALIZER_LOOKS
from alexnet.figures.together import Mark, Words, together

WORDS = Words("rate", "accuracy", "guessing")
HE, ZEROS = INITIALIZER_LOOKS["he_normal"], INITIALIZER_LOOKS["zeros"]
MARKS = [
    Mark(1, "mina", 0.01, 0.75, "He", HE, own=True),
    Mark(2, "2", 0.01, 0.71, "He", HE, own=False),
    Mark(3, "3", 0.1, 0.5, "zeros", ZEROS, own=False),
]


def test_marks_stand_around_their_rate_at_their_accuracy():
    he, zeros = together(MARKS, WORDS, chance=0.5).data
    assert list(he.y) == [75, 71] and list(zeros.y) == [50]
    assert math.prod(he.x) ** 0.5 == pytest.approx(0.01) and he.x[0] < 0.01 < he.x[1]
    assert list(zeros.x) == [0.1]
    assert list(he.text) == ["<b>1</b>", "2"] and he.marker.size[0] > he.marker.size[1]


def test_initializers_have_their_colour_and_mark_and_chance_its_line():
    figure = together(MARKS, WORDS, chance=0.5)
    he, zeros = figure.data
    assert (he.marker.color, he.marker.symbol) == (HE.colour, HE.symbol)
    assert (zeros.marker.color, zeros.marker.symbol) == (ZEROS.colour, ZEROS.symbol)
    assert figure.layout.shapes[0].y0 == figure.layout.shapes[0].y1 == 50
    assert figure.layout.annotations[0].text == "guessing"


def test_the_rates_that_were_used_are_the_ticks_and_low_accuracies_are_seen():
    marks = [Mark(1, "", 0.02, 0.1, "He", HE, own=False)]
    figure = together(marks, WORDS, chance=0.5)
    assert list(figure.layout.xaxis.tickvals) == [0.02] and list(figure.layout.xaxis.ticktext) == ["0.02"]
    assert figure.layout.yaxis.range[0] < 10
