"""Five answers to one question: by hand, and by running the Keras lines that are shown."""

from __future__ import annotations

import keras
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alexnet.architecture.rounding_rules import answers
from alexnet.errors import ShapeError


def outputs(*numbers):
    return {answer.rule: answer.output for answer in answers(*numbers)}


def run(answer):
    """What Keras says to the very line that the page shows."""
    return eval(answer.keras, {"keras": keras})


def test_the_papers_question_has_these_five_answers():
    assert outputs() == {"floor": 54, "ceiling": 55, "same": 56, "fits": 55, "padded": 55}
    along = {answer.rule: answer.along for answer in answers()}
    assert along["ceiling"].overhang == 3 and along["floor"].unused == 1
    assert along["fits"].input == 227
    assert (along["padded"].begin, along["padded"].end) == (2, 2)


@pytest.mark.parametrize("answer", answers(), ids=lambda answer: answer.rule)
def test_keras_gives_each_answer_to_the_line_that_is_shown(answer):
    assert run(answer) == (None, answer.output, answer.output, 96)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 64), st.integers(1, 13), st.integers(1, 7))
def test_keras_does_so_for_any_three_numbers(size, kernel, stride):
    if kernel > size:
        with pytest.raises(ShapeError):
            answers(size, kernel, stride, 2)
        return
    for answer in answers(size, kernel, stride, 2):
        assert run(answer) == (None, answer.output, answer.output, 2)


@given(st.integers(1, 300), st.integers(1, 20), st.integers(1, 12))
def test_the_fitting_size_and_the_padding_give_what_the_ceiling_gives(size, kernel, stride):
    if kernel > size:
        return
    found = {answer.rule: answer for answer in answers(size, kernel, stride)}
    assert found["fits"].output == found["padded"].output == found["ceiling"].output
    assert found["fits"].along.overhang == found["fits"].along.unused == 0
    if found["ceiling"].along.overhang == 0:
        assert found["padded"].along.begin == 0


def test_where_the_division_leaves_no_rest_all_but_same_agree():
    assert set(outputs(227, 11, 4).values()) == {55, 57}
