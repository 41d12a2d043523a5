"""The ladder's picture: bars end at the means, what is not climbed stays hidden."""

from __future__ import annotations

from alexnet.figures.ladder import Curve, Rung, Words, climbing, ladder

WORDS = Words("accuracy", "mean", "one seed", "?")
RUNGS = [
    Rung("first", (0.5, 0.5), True, True),
    Rung("second", (0.7, 0.8), False, True),
    Rung("not measured", (), False, True),
    Rung("hidden", (0.9,), False, False),
]


def test_bars_end_at_the_means_and_dots_are_the_seeds():
    bars, dots, numbers, hidden = ladder(RUNGS, WORDS).data
    assert list(bars.y) == ["0. first", "1. second"]
    assert [round(base + x, 6) for base, x in zip([bars.base] * 2, bars.x, strict=True)] == [50, 75]
    assert list(dots.x) == [50, 50, 70, 80]
    assert list(numbers.text) == ["<b>50.0</b>", "<b>75.0</b>"]
    assert len(set(numbers.x)) == 1 and numbers.x[0] > max(dots.x)
    assert list(hidden.y) == ["3. hidden"]


def test_what_only_tuned_is_striped():
    bars = ladder(RUNGS, WORDS).data[0]
    assert list(bars.marker.pattern.shape) == ["/", ""]


def test_the_last_recipe_stands_out_and_each_seed_is_a_line():
    lines = [{"epoch": 1, "validation_accuracy": 0.5}, {"epoch": 2, "validation_accuracy": 0.75}]
    figure = climbing([Curve("below", [lines]), Curve("here", [lines, lines])], "epoch", "accuracy")
    assert [trace.name for trace in figure.data] == ["below", "here", "here"]
    assert list(figure.data[2].y) == [50, 75] and [trace.showlegend for trace in figure.data] == [
        True,
        True,
        False,
    ]
    assert figure.data[0].line.dash == "dot" and figure.data[1].line.dash == "solid"
