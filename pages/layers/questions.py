"""Predict, then reveal: questions about the network on screen."""

from __future__ import annotations

import streamlit as st

from alexnet.architecture.shapes import trace_until_failure
from alexnet.quiz.layers import questions
from alexnet.ui import quiz
from alexnet.ui.components import problem, source
from alexnet.ui.language import t
from pages.layers.controls import Asked
from pages.layers.table import table


def draw(asked: Asked) -> None:
    """The view."""
    layers, error = trace_until_failure(asked.network)
    if error is not None:
        problem(error)
        return
    st.caption(t("layers.quiz_about", network=asked.name))
    makers = questions(asked.network)
    if makers:
        quiz.draw("layers", makers)
    else:
        st.info(t("layers.quiz_none"))
    with st.expander(t("layers.quiz_table"), icon=":material/table:"):
        table(asked, layers, None)
    source("layers", "source")
