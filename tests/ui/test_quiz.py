"""Questions on a page made for the test: commit first, then see."""

from __future__ import annotations

import textwrap

import pytest
from streamlit.testing.v1 import AppTest

from alexnet.architecture import PAPER_2012
from alexnet.quiz import asked
from alexnet.quiz.layers import flattened, most_parameters, questions

SCRIPT = textwrap.dedent(
    """
    from functools import partial
    import streamlit as st
    from alexnet.architecture import PAPER_2012
    from alexnet.quiz import layers
    from alexnet.ui import language, quiz, state

    state.begin("layers")
    language.switch()
    makers = layers.questions(PAPER_2012)
    only = st.session_state.get("only")
    quiz.draw("layers", [partial(getattr(layers, only), PAPER_2012)] if only else makers)
    state.finish()
    """
)
NUMERIC = next(n for n in range(1, 99) if not asked(questions(PAPER_2012), n).options)


def open_(number=None, **session):
    at = AppTest.from_string(SCRIPT, default_timeout=20)
    at.query_params.update({"lang": "en"} | ({} if number is None else {"question": str(number)}))
    for key, value in session.items():
        at.session_state[key] = value
    return at.run()


def shown(at):
    assert not at.exception
    return " ".join(element.value for kind in (at.markdown, at.caption) for element in kind)


def commit(at, number, value):
    field = [*at.number_input, *at.radio]
    given = next(widget for widget in field if widget.key == f"layers_quiz_given_{number}")
    given.set_value(value)
    return at.button(key=f"layers_quiz_given_{number}_commit").click().run()


def test_nothing_of_the_solution_shows_before_an_answer_is_committed():
    at = open_(NUMERIC)
    assert not at.success and not at.error
    assert "$" not in shown(at) and "Right so far" not in shown(at)


def test_a_right_answer_is_counted_and_worked_out():
    at = commit(open_(NUMERIC), NUMERIC, asked(questions(PAPER_2012), NUMERIC).answer)
    assert len(at.success) == 1 and not at.error
    assert "$" in shown(at) and "Right so far: 1 of 1" in shown(at)


def test_a_wrong_answer_says_which_is_right():
    answer = asked(questions(PAPER_2012), NUMERIC).answer
    at = commit(open_(NUMERIC), NUMERIC, answer + 1)
    assert f"{answer:,}" in at.error[0].value and f"{answer + 1:,}" in at.error[0].value
    assert "Right so far: 0 of 1" in shown(at)


def test_an_empty_answer_is_not_counted():
    at = open_(NUMERIC)
    at.button(key=f"layers_quiz_given_{NUMERIC}_commit").click().run()
    assert len(at.warning) == 1 and "Right so far" not in shown(at)


def test_a_choice_is_committed_like_a_number():
    at = open_(3, only="most_parameters")
    answer = asked([lambda numbers: most_parameters(PAPER_2012, numbers)], 3).answer
    at = commit(at, 3, answer)
    assert len(at.success) == 1 and answer in at.success[0].value


def test_another_question_has_another_number_which_the_link_holds():
    at = open_(NUMERIC)
    at.button(key="layers_quiz_another").click().run()
    number = at.number_input(key="layers_question").value
    assert at.query_params["question"] == str(number)
    assert not at.success and not at.error


def test_the_link_of_a_first_visit_names_the_question_that_it_shows():
    at = open_()
    assert at.query_params["question"] == str(at.number_input(key="layers_question").value)


def test_a_committed_answer_stays_when_the_language_changes_or_the_reader_comes_back():
    at = commit(open_(5, only="flattened"), 5, asked([lambda n: flattened(PAPER_2012, n)], 5).answer)
    at.segmented_control(key="language").set_value("ko").run()
    assert len(at.success) == 1
    at.number_input(key="layers_question").set_value(6).run()
    assert not at.success
    at.number_input(key="layers_question").set_value(5).run()
    assert len(at.success) == 1 and "1문제 가운데 1문제" in shown(at)


@pytest.mark.parametrize("number", ["0", "10000", "x", "1.5"])
def test_a_link_with_no_such_number_asks_some_question(number):
    at = open_(number)
    assert 1 <= at.number_input(key="layers_question").value <= 9999
    assert not at.exception
