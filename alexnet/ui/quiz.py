"""Predict, then reveal: a question, an answer that is committed, and how it is worked out.

A question has a number that stands in the link, so a class can be given the same one. What a reader has
answered counts for the life of the browser tab.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from alexnet.quiz import Maker, Phrase, Question, asked
from alexnet.ui import state
from alexnet.ui.components import plain
from alexnet.ui.language import t

_ANSWERS = "_quiz_answers"  # page -> what each question was answered with; a question is known by its text
_FIRST = "_quiz_first"  # page -> the number of the first question in this tab
_MOST = 9999


@dataclass(frozen=True)
class _Given:
    answer: int | str
    right: bool


def draw(page_id: str, questions: Sequence[Maker]) -> None:
    """Draw one question, take an answer, and then show the solution, another one, and the score.

    Args:
        page_id: The page that asks; texts are its own, ``<page>.quiz_<id>``.
        questions: The kinds of questions that it asks, at least one.
    """
    first = st.session_state.setdefault(_FIRST, {}).setdefault(page_id, secrets.randbelow(_MOST) + 1)
    card = st.container(border=True)
    with st.container(width=220):
        number = state.number(
            f"{page_id}_question",
            label=t("quiz.number"),
            default=first,
            low=1,
            high=_MOST,
            help=t("quiz.number_help"),
            always_in_link=True,
        )
    question = asked(tuple(questions), int(number))
    answers: dict[str, _Given] = st.session_state.setdefault(_ANSWERS, {}).setdefault(page_id, {})
    token = repr(question)
    with card:
        st.markdown(f"**{_said(page_id, question.asks)}**")
        if token not in answers:
            given = _ask(page_id, question, int(number))
            if given is not None:
                answers[token] = _Given(given, question.right(given))
                st.rerun()
        else:
            _reveal(page_id, question, answers[token])
        st.button(
            t("quiz.another"),
            key=f"{page_id}_quiz_another",
            icon=":material/casino:",
            on_click=_another,
            args=(page_id,),
        )
        if answers:
            right = sum(given.right for given in answers.values())
            st.caption(t("quiz.score", right=right, answered=len(answers)))


def _ask(page_id: str, question: Question, number: int) -> int | str | None:
    """The committed answer; None while there is none."""
    with st.form(f"{page_id}_quiz_form_{number}", border=False):
        given: int | str | None
        key = f"{page_id}_quiz_given_{number}"
        if question.options:
            # A callable reads names now; Streamlit may ask for them after the language has changed.
            names = {option: _option(page_id, question, option) for option in question.options}
            given = st.radio(
                t("quiz.choose"), question.options, format_func=names.__getitem__, index=None, key=key
            )
        else:
            with st.container(width=220):
                given = st.number_input(t("quiz.answer"), min_value=0, value=None, step=1, key=key)
        committed = st.form_submit_button(t("quiz.commit"), type="primary", key=f"{key}_commit")
    if committed and given is None:
        st.warning(t("quiz.empty"), icon=":material/edit:")
    return given if committed else None


def _reveal(page_id: str, question: Question, given: _Given) -> None:
    answer, said = (_written(page_id, question, value) for value in (question.answer, given.answer))
    if given.right:
        st.success(t("quiz.right", answer=answer), icon=":material/check_circle:")
    else:
        st.error(t("quiz.wrong", answer=answer, given=said), icon=":material/cancel:")
    for step in question.steps:
        st.markdown(_said(page_id, step))


def _said(page_id: str, phrase: Phrase) -> str:
    return t(f"{page_id}.quiz_{phrase.id}", **phrase.values)


def _option(page_id: str, question: Question, option: str) -> str:
    return plain(option) if question.names is None else t(f"{page_id}.quiz_{question.names}_{option}")


def _written(page_id: str, question: Question, value: int | str) -> str:
    return f"{value:,}" if isinstance(value, int) else _option(page_id, question, value)


def _another(page_id: str) -> None:
    state.set_choices(**{f"{page_id}_question": secrets.randbelow(_MOST) + 1})
