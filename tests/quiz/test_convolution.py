"""Questions about convolution: their answers against computations of their own, and their texts."""

from __future__ import annotations

import random
import re
from math import ceil, floor

import numpy as np
import pytest

from alexnet.language import LANGUAGES, text
from alexnet.quiz.convolution import address, pooled, products, questions, size, value

SEEDS = range(60)


def many(maker):
    return [maker(random.Random(seed)) for seed in SEEDS]


def matrix(latex):
    rows = re.search(r"\{bmatrix\} (.*) \\end", latex)[1].split(r" \\ ")
    return np.array([[int(cell) for cell in row.split(" & ")] for row in rows])


@pytest.mark.parametrize("maker", questions(), ids=lambda maker: maker.__name__)
def test_every_kind_has_its_answer_and_its_texts_in_both_languages(maker):
    for question in many(maker):
        assert question.answer >= 0 and question.right(question.answer)
        for language in LANGUAGES:
            for phrase in (question.asks, *question.steps):
                said = text(f"convolution.quiz_{phrase.id}", language, **phrase.values)
                assert "{}" not in said


def test_a_value_is_the_sum_of_products_and_bias_and_never_negative():
    found = many(value)
    for question in found:
        values = question.asks.values
        total = int((matrix(values["window"]) * matrix(values["kernel"])).sum()) + values["bias"]
        assert question.answer == max(0, total)
        assert question.steps[1].values["line"].endswith(f"= {total}")
    assert {question.answer > 0 for question in found} == {True, False}


def test_at_most_a_quarter_of_the_values_are_0_and_biases_have_either_sign():
    found = [value(random.Random(seed)) for seed in range(2000)]
    zeros = sum(question.answer == 0 for question in found)
    assert 200 < zeros <= 500  # ReLU is still met
    assert {np.sign(question.asks.values["bias"]) for question in found} == {-1, 0, 1}


def test_sizes_are_those_of_the_formula_and_both_ways_are_asked():
    found = many(size)
    for question in found:
        asked = question.asks.values
        quotient = (asked["size"] - asked["kernel"] + 2 * asked["padding"]) / asked["stride"]
        assert question.answer == {"size_down": floor, "size_up": ceil}[question.asks.id](quotient) + 1
    assert len({question.asks.id for question in found}) == 2


def test_products_are_side_times_side_times_channels():
    for question in many(products):
        assert question.answer == question.asks.values["kernel"] ** 2 * question.asks.values["channels"]


def test_a_pooled_value_is_the_largest_of_its_window():
    for question in many(pooled):
        asked = question.asks.values
        top, left = 2 * (asked["row"] - 1), 2 * (asked["column"] - 1)
        window = matrix(asked["map"])[top : top + asked["side"], left : left + asked["side"]]
        assert question.answer == window.max()
        np.testing.assert_array_equal(matrix(question.steps[0].values["line"]), window)


def test_addresses_are_numpys():
    found = many(address)
    for question in found:
        asked = question.asks.values
        shape = (asked["height"], asked["width"], 3)
        place = (asked["row"], asked["column"], asked["channel"])
        if question.asks.id == "address_first":
            shape, place = (3, *shape[:2]), (place[2], *place[:2])
        assert question.answer == np.ravel_multi_index(place, shape)
    assert len({question.asks.id for question in found}) == 2


def test_nobody_is_asked_how_often_one_number_is_multiplied_by_one():
    assert all(question.answer >= 9 for question in many(products))
