"""Maps: what every layer of a trained network answers to a picture, tower by tower."""

import streamlit as st

from alexnet.errors import AlexNetError
from alexnet.ui import maps_colour, maps_layers, maps_picture, state
from alexnet.ui.choices import model_choice, models
from alexnet.ui.components import header, problem, source
from alexnet.ui.language import t

VIEWS = {
    "picture": maps_layers.first_layer,
    "colour": maps_colour.draw,
    "deeper": maps_layers.any_layer,
}

header("maps")
model = model_choice.chosen()
view = state.choice(
    "maps_view",
    list(VIEWS),
    label=t("maps.view"),
    default="picture",
    name=lambda id: t(f"maps.view_{id}"),
    kind="pills",
)
row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
shot = maps_picture.ask(row)
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
