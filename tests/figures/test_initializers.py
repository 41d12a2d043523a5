"""The histogram's bars and line are probabilities, and the formula's numbers are the computed ones."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.figures.initializer_formula import fan_lines, spread_lines
from alexnet.figures.initializers import Sample, Words, histogram, reach
from alexnet.figures.theme import INITIALIZER_LOOKS
from alexnet.numerics.initializers import INITIALIZERS, Fans, Initializer, initializer

WORDS = Words("weight", "density", "drawn", "theory", "uncut")
SPREAD = [row for row in INITIALIZERS if row.form != "point"]


def sample(id: str, size: int = 20_000) -> Sample:
    distribution = initializer(id).distribution(Fans(1000, 200))
    return Sample(id, INITIALIZER_LOOKS[id], distribution, distribution.draw(size, 1))


@pytest.mark.parametrize("row", SPREAD, ids=[row.id for row in SPREAD])
def test_the_bars_are_the_share_of_drawn_weights_on_the_axis(row: Initializer) -> None:
    shown = sample(row.id)
    bars = histogram([shown], WORDS).data[0]
    inside = np.mean(np.abs(shown.weights) <= reach([shown]))
    assert np.sum(np.array(bars.y) * np.array(bars.width)) == pytest.approx(inside, abs=1e-9)


@pytest.mark.parametrize("row", SPREAD, ids=[row.id for row in SPREAD])
def test_the_line_is_the_density_and_the_bars_follow_it(row: Initializer) -> None:
    shown = sample(row.id, 200_000)
    bars, *_, line = histogram([shown], WORDS).data
    np.testing.assert_allclose(line.y, shown.distribution.density(line.x))
    middle = np.abs(bars.x) < 0.9 * min(shown.distribution.bound, 2 * shown.distribution.std)
    np.testing.assert_allclose(
        np.array(bars.y)[middle], shown.distribution.density(np.array(bars.x)[middle]), rtol=0.15
    )


def test_both_samples_have_marks_at_their_deviation_and_labels_only_once() -> None:
    shown = [sample("he_normal"), sample("random_normal")]
    figure = histogram(shown, WORDS)
    marks = sorted(shape.x0 for shape in figure.layout.shapes)
    assert marks == sorted(sign * one.distribution.std for one in shown for sign in (-1, 1))
    assert [note.text for note in figure.layout.annotations] == ["−σ", "+σ"]
    assert [trace.name for trace in figure.data] == [
        "he_normal, drawn",
        "random_normal, drawn",
        "he_normal, theory",
        "random_normal, theory",
    ]


def test_what_is_to_be_guessed_at_has_its_shape_and_no_numbers() -> None:
    bare, told = (histogram([sample("he_normal")], WORDS, numbers=numbers) for numbers in (False, True))
    assert bare.layout.hovermode is False
    assert bare.layout.xaxis.showticklabels is bare.layout.yaxis.showticklabels is False
    assert told.layout.xaxis.showticklabels is None
    np.testing.assert_array_equal(bare.data[0].y, told.data[0].y)


def test_the_measured_deviation_is_taken_around_zero() -> None:
    weights = np.array([3, -4], np.float32)
    distribution = initializer("random_normal").distribution(Fans(1, 1))
    assert Sample("", INITIALIZER_LOOKS["zeros"], distribution, weights).measured == pytest.approx(
        np.sqrt(12.5)
    )


def test_a_convolutions_fans_are_written_as_products() -> None:
    assert fan_lines((5, 5, 48, 128)) == [
        r"\text{fan-in} = 5 \times 5 \times 48 = 1{,}200",
        r"\text{fan-out} = 5 \times 5 \times 128 = 3{,}200",
    ]


def test_a_dense_layers_fans_are_its_sizes() -> None:
    assert fan_lines((1000, 200)) == [r"\text{fan-in} = 1{,}000", r"\text{fan-out} = 200"]


@pytest.mark.parametrize(
    ("id", "parts"),
    [
        ("random_uniform", ["a = 0.05", "0.02887"]),
        ("random_normal", [r"\sigma = 0.05"]),
        ("lecun_normal", [r"\frac{1}{1{,}000}", "0.03162", "0.0719"]),
        ("glorot_uniform", [r"\frac{2}{1{,}000 + 200}", "0.04082", "0.07071"]),
        ("he_normal", [r"\frac{2}{1{,}000}", "0.04472", "0.1017"]),
        ("he_uniform", [r"\frac{2}{1{,}000}", "0.04472", "0.07746"]),
        ("orthogonal", [r"\max(1{,}000,\, 200)", "0.03162"]),
        ("constant", ["w = 0.05", r"\sigma = 0"]),
    ],
)
def test_the_formula_holds_the_numbers_worked_out_by_hand(id: str, parts: list[str]) -> None:
    written = " ".join(spread_lines(initializer(id), (1000, 200)))
    for part in parts:
        assert part in written


def test_only_the_plain_normal_distribution_has_no_bound_in_its_formula() -> None:
    for row in INITIALIZERS:
        bounded = any(line.startswith("a = ") for line in spread_lines(row, (1000, 200)))
        assert bounded == (row.form in ("uniform", "truncated_normal"))


def test_a_truncated_distribution_alone_shows_the_wider_bell_it_was_cut_from() -> None:
    shown = sample("he_normal")
    bell = histogram([shown], WORDS).data[1]
    assert bell.name == "uncut"
    assert max(bell.y) == pytest.approx(1 / (0.0447214 / 0.8796257 * np.sqrt(2 * np.pi)), rel=1e-3)


@pytest.mark.parametrize(("id", "value"), [("zeros", 0.0), ("constant", 0.05)])
def test_weights_without_spread_are_an_upright_line_at_their_value(id: str, value: float) -> None:
    figure = histogram([sample(id)], WORDS)
    assert [shape.x0 for shape in figure.layout.shapes] == [value]
    assert [trace.name for trace in figure.data] == [id]
    assert figure.layout.xaxis.range[1] >= value


def test_weights_beyond_the_axis_still_count_in_the_total() -> None:
    distribution = initializer("random_normal").distribution(Fans(1, 1))
    weights = np.array([0.01, -0.02, 0.9, -0.9], np.float32)  # the axis ends at four deviations, 0.2
    bars = histogram([Sample("x", INITIALIZER_LOOKS["zeros"], distribution, weights)], WORDS).data[0]
    assert np.sum(np.array(bars.y) * np.array(bars.width)) == pytest.approx(0.5)
