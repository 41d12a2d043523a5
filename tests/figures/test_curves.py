"""The curves of a training: what is drawn where, and what guessing comes to."""

from __future__ import annotations

import math

import pytest

from alexnet.figures.curves import Words, curve
from alexnet.figures.theme import TRAINING, VALIDATION

WORDS = Words("epochs", "training", "steps", "validation", "test", "guessing")
STEPS = [{"epoch": 0.5 * n, "accuracy": 0.4 + 0.05 * n, "loss": 0.9 - 0.1 * n} for n in range(1, 5)]
EPOCHS = [
    {"epoch": n, "accuracy": 0.5, "loss": 0.7, "validation_accuracy": 0.6, "validation_loss": 0.65}
    for n in (1, 2)
]


def drawn(measure="accuracy", steps=STEPS, epochs=EPOCHS, test=None, classes=2):
    figure = curve(measure, steps, epochs, test, total=4, classes=classes, words=WORDS)
    return figure, {trace.name: trace for trace in figure.data}


def test_accuracy_is_drawn_in_per_cent_over_the_epochs():
    figure, lines = drawn()
    assert list(lines["steps"].y) == pytest.approx([45, 50, 55, 60])
    assert list(lines["steps"].x) == [0.5, 1.0, 1.5, 2.0]
    assert list(lines["training"].y) == [50, 50]
    assert list(lines["validation"].y) == [60, 60]
    assert figure.layout.xaxis.range == (0, 4.08)


def test_training_and_validation_differ_in_colour_and_in_line_style():
    _, lines = drawn()
    assert (lines["training"].line.color, lines["validation"].line.color) == (TRAINING, VALIDATION)
    assert lines["validation"].line.dash == "dash" and lines["training"].line.dash is None


@pytest.mark.parametrize(("measure", "classes", "level"), [
    ("accuracy", 2, 50), ("accuracy", 10, 10), ("loss", 2, math.log(2)), ("loss", 10, math.log(10)),
])  # fmt: skip
def test_the_dotted_line_is_what_guessing_comes_to(measure, classes, level):
    figure, _ = drawn(measure, classes=classes)
    (line,) = figure.layout.shapes
    assert line.y0 == line.y1 == pytest.approx(level)
    assert figure.layout.annotations[0].text == "guessing"


def test_the_test_stands_at_the_end_of_the_accuracy_alone():
    test = {"test_accuracy": 0.7}
    _, lines = drawn(test=test)
    assert (list(lines["test"].x), list(lines["test"].y)) == ([4], [70])
    assert "test" not in drawn("loss", test=test)[1]


def test_an_empty_training_has_its_frame_already():
    figure, lines = drawn(steps=[], epochs=[])
    assert all(len(line.x or ()) == 0 for line in lines.values())
    assert figure.layout.yaxis.range == (45, 101)


def test_an_accuracy_below_guessing_stays_in_the_picture():
    low = [{"epoch": 0.5, "accuracy": 0.31, "loss": 1.0}]
    figure, _ = drawn(steps=low)
    assert figure.layout.yaxis.range[0] < 31


def test_a_loss_beyond_all_bounds_is_drawn_by_powers_of_ten():
    assert drawn("loss")[0].layout.yaxis.type is None
    spike = [*STEPS, {"epoch": 2.5, "accuracy": 0.5, "loss": 2.5e12}]
    figure, lines = drawn("loss", steps=spike)
    assert figure.layout.yaxis.type == "log" and max(lines["steps"].y) == 2.5e12
    assert figure.layout.annotations[0].y == pytest.approx(math.log10(math.log(2)))
    assert figure.layout.shapes[0].y0 == pytest.approx(math.log(2))
    assert drawn("accuracy", steps=spike)[0].layout.yaxis.type is None
