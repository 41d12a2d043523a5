"""Prediction: a photograph in, the network's answer out, and what such an answer is worth."""

import streamlit as st

from alexnet.errors import AlexNetError
from alexnet.ui.choices import model_choice, models
from alexnet.ui.components import header_of_views, problem, source
from alexnet.ui.language import t
from pages.prediction import alike, crops, enters, fool, graded, many, picture, sure

VIEWS = {
    "picture": picture.draw,
    "enters": enters.draw,
    "many": many.draw,
    "test": graded.draw,
    "sure": sure.draw,
    "crops": crops.draw,
    "fool": fool.draw,
    "alike": alike.draw,
}

view = header_of_views("prediction", list(VIEWS))
model = model_choice.chosen()
try:
    with st.spinner(t("prediction.loading")):
        network = models.predictor(model)
    VIEWS[view](network, model)
except AlexNetError as error:
    problem(error)
source("prediction", "source")
