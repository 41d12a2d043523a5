"""Maps: how every layer of a trained network responds to a picture, tower by tower."""

import streamlit as st

from alexnet.errors import AlexNetError
from alexnet.ui.choices import model_choice, models
from alexnet.ui.components import header_of_views, problem, source
from alexnet.ui.language import t
from pages.maps import colour, layers, picture

VIEWS = {
    "picture": layers.first_layer,
    "colour": colour.draw,
    "deeper": layers.any_layer,
}

view = header_of_views("maps", list(VIEWS))
model = model_choice.chosen()
row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
shot = picture.ask(row)
try:
    with st.spinner(t("prediction.loading")):
        models.predictor(model)
    if shot is None:
        st.caption(t("prediction.empty"))
    else:
        VIEWS[view](model, shot, row)
except AlexNetError as error:
    problem(error)
source("maps", view)
