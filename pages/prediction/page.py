"""Prediction: a photograph in, the network's answer out, beside the image that the network really saw."""

import streamlit as st

from alexnet.data.preprocess import network_input
from alexnet.data.samples import SAMPLES, sample_name
from alexnet.data.uploads import MAX_BYTES
from alexnet.errors import AlexNetError
from alexnet.ui import state
from alexnet.ui.choices import album, model_choice, models
from alexnet.ui.components import header, problem, source, try_this
from alexnet.ui.language import current_language, t
from pages.prediction import card

KNOWN = {entry.id: entry for entry in SAMPLES}

header("prediction")
model = model_choice.chosen()
try:
    with st.spinner(t("prediction.loading")):
        network = models.predictor(model)
    result = models.tested(model)
except AlexNetError as error:
    problem(error)
    st.stop()

classes = ", ".join(card.name(id) for id in network.class_ids)
st.info(t("prediction.classes", count=len(network.class_ids), classes=classes), icon=":material/info:")

origin = state.choice(
    "prediction_from",
    ["sample", "upload", "camera"],
    label=t("prediction.from"),
    default="sample",
    name=lambda id: t(f"prediction.from_{id}"),
    kind="segmented",
)
known = None
if origin == "sample":
    chosen = state.choice(
        "prediction_sample",
        list(KNOWN),
        label=t("prediction.sample"),
        default=SAMPLES[0].id,
        name=lambda id: sample_name(id, current_language()),
        kind="pills",
    )
    known = KNOWN[chosen]
elif origin == "upload":
    st.file_uploader(
        t("prediction.upload"),
        accept_multiple_files=True,
        max_upload_size=MAX_BYTES // 2**20,
        key=album.widget_key("prediction_upload"),
        on_change=album.taker("prediction_upload"),
        help=t("prediction.upload_help"),
    )
elif card.camera_allowed():
    st.camera_input(
        t("prediction.camera"),
        key=album.widget_key("prediction_camera"),
        on_change=album.taker("prediction_camera"),
    )
else:
    st.warning(t("prediction.camera_not_here"), icon=":material/no_photography:")

if known is not None:
    shots = [card.sample_shot(known.id)]
else:
    for failed in album.problems():
        problem(failed)
    shots = album.pictures()
    card.tools()

if shots:
    inputs = network_input([shot.reduced for shot in shots], network.network.size, network.preparation)
    for shot, saw, guesses in zip(shots, inputs, network.guesses(inputs), strict=True):
        card.card(shot, saw, guesses, known, network.preparation.scaling)
    if network.preparation.mirrored:
        st.caption(t("prediction.mirrored"))
else:
    st.caption(t("prediction.empty"))

st.markdown(card.reliability(result, len(network.class_ids)))
try_this(
    "prediction",
    {
        f"prediction.try_{id}": {"prediction_from": "sample", "prediction_sample": id}
        for id in ("kitten", "cow", "coffee")
    },
)
source("prediction", "source")
