"""Kernels: the first layer of a trained network, tower by tower: what each looks for, and how colour lies."""

import streamlit as st

from alexnet.errors import AlexNetError
from alexnet.ui.choices import model_choice, models
from alexnet.ui.components import header_of_views, problem, source
from alexnet.ui.language import t
from pages.kernels import first_layer, growth, sheets, statistics

VIEWS = {"sheets": sheets.draw, "colour": statistics.draw, "growth": growth.draw}

view = header_of_views("kernels", list(VIEWS))
try:
    layer = first_layer.of(model_choice.chosen())
    layer.towers(layer.last)
    VIEWS[view](layer)
    st.caption(layer.description())
except AlexNetError as error:
    problem(error)
    st.stop()
with st.expander(t("kernels.card"), icon=":material/badge:"):
    for fact in [*models.facts(layer.model), t("kernels.precision")]:
        st.markdown(fact)
source("kernels", "source")
