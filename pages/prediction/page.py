"""Prediction: a photograph in, the network's answer out, beside the image that the network really saw."""

import streamlit as st

from alexnet.data.samples import SAMPLES
from alexnet.errors import AlexNetError
from alexnet.ui import state
from alexnet.ui.choices import album, model_choice, models, photograph, saving, take_home
from alexnet.ui.components import header, problem, source, try_this
from alexnet.ui.language import t
from pages.prediction import card, why

header("prediction")
model = model_choice.chosen()
try:
    with st.spinner(t("prediction.loading")):
        network = models.predictor(model)
    result = models.tested(model)
except AlexNetError as error:
    problem(error)
    st.stop()

origin = photograph.ask_origin("prediction")
if origin == "sample":
    shots = [photograph.ask_sample("prediction", SAMPLES[0].id, kind="pills")]
else:
    photograph.take("prediction", origin)
    shots = album.pictures()
    card.tools()

if shots:
    inputs = model.reads([shot.square for shot in shots])
    for shot, read, guesses in zip(shots, inputs, network.guesses(inputs), strict=True):
        card.card(shot, read, guesses, model.preparation)
    if model.preparation.mirrored:
        st.caption(t("prediction.mirrored"))
    if state.toggle("prediction_why", label=t("prediction.why_ask"), help=t("prediction.why_help")):
        why.show(network, model, shots[0], inputs[0])
else:
    st.caption(t("prediction.empty"))

st.info(card.classes(model.classes), icon=":material/info:")
own = model.provenance().trained_by is not None
st.markdown(card.reliability(result, len(model.classes), own=own))
take_home.button(model)
saving.row(model)
try_this(
    "prediction",
    {
        f"prediction.try_{id}": {"prediction_from": "sample", "prediction_sample": id}
        for id in ("kitten", "cow", "coffee")
    },
)
source("prediction", "source")
