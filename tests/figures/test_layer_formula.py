"""The formulas, against what a teacher would write on the board."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from alexnet.architecture import PAPER_2012, Rounding, with_first_padding
from alexnet.architecture.shapes import trace
from alexnet.errors import ShapeError
from alexnet.figures.layer_formula import (
    decimal,
    failing_line,
    flatten_line,
    parameter_line,
    product_line,
    size_lines,
)


def layer(name, network=PAPER_2012):
    return next(shape for shape in trace(network) if shape.row.name == name)


def test_why_55():
    assert size_lines(layer("conv1"), "down") == [
        r"\left\lfloor \dfrac{227 - 11 + 2 \times 0}{4} \right\rfloor + 1 = 54 + 1 = \mathbf{55}"
    ]


@pytest.mark.parametrize(("rule", "brackets", "result"), [("down", "floor", 54), ("up", "ceil", 55)])
def test_a_fraction_is_shown_in_its_brackets_before_it_is_rounded(rule, brackets, result):
    network = replace(PAPER_2012, size=224, rounding=Rounding(rule, rule))
    (line,) = size_lines(layer("conv1", network), rule)
    assert rf"\l{brackets} 53.25 \r{brackets} + 1 = {result - 1} + 1 = \mathbf{{{result}}}" in line


def test_same_padding_shows_its_own_rule_and_its_zeros():
    network = with_first_padding(replace(PAPER_2012, size=224), "same")
    size, zeros = size_lines(layer("conv1", network), "down")
    assert size == r"\left\lceil \dfrac{224}{4} \right\rceil = \lceil 56 \rceil = \mathbf{56}"
    assert zeros == r"(56 - 1) \times 4 + 11 - 224 = 7\;\to\; 3 + 4"


def test_parameters_and_products_of_both_towers():
    assert (
        parameter_line(layer("conv2"))
        == r"(5 \times 5 \times 48 + 1) \times 128 \times 2 = \mathbf{307{,}456}"
    )
    assert product_line(layer("fc8")) == r"4{,}096 \times 1{,}000 = \mathbf{4{,}096{,}000}"
    assert parameter_line(layer("fc6")) == r"(9{,}216 + 1) \times 2{,}048 \times 2 = \mathbf{37{,}752{,}832}"
    assert flatten_line(layer("flatten")) == r"6 \times 6 \times 256 = \mathbf{9{,}216}"


def test_layers_without_windows_or_weights_have_no_such_formula():
    assert size_lines(layer("fc6"), "down") == []
    assert parameter_line(layer("pool1")) is None and product_line(layer("pool1")) is None


def test_a_window_larger_than_its_input_is_a_negative_fraction():
    error = ShapeError("kernel_larger_than_input", layer="pool5", size=1, padding=0, kernel=3)
    assert failing_line(error) == r"1 - 3 + 2 \times 0 = -2 < 0"
    assert failing_line(ShapeError("needs_flatten", shape="2 x 2")) is None


def test_decimals_are_short():
    assert [decimal(Fraction(*pair)) for pair in ((213, 4), (54, 1), (1, 3), (100, 1))] == [
        "53.25",
        "54",
        "0.33",
        "100",
    ]
