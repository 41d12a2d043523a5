"""Predict, then reveal: questions about the network on screen."""

from __future__ import annotations

import streamlit as st

from alexnet.quiz.layers import questions
from alexnet.shapes import trace_until_failure
from alexnet.ui import quiz
from alexnet.ui.components import problem, source
from alexnet.ui.language import t
from alexnet.ui.layer_controls import Asked


def draw(asked: Asked) -> None:
    """The view."""
    _, error = trace_until_failure(asked.network)
    if error is not None:
        problem(error)
        return
    st.caption(t("layers.quiz_about", network=asked.name))
    makers = questions(asked.network)
    if makers:
        quiz.draw("layers", makers)
    else:
        st.info(t("layers.quiz_none"))
    source("layers", "source")
