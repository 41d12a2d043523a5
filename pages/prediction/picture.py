"""The opening view: photographs, what the network read of each, and what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from alexnet.data.samples import SAMPLES
from alexnet.trained.record import Trained
from alexnet.ui import state
from alexnet.ui.choices import album, models, photograph, saving, take_home
from alexnet.ui.components import try_this
from alexnet.ui.language import t
from pages.prediction import card, sureness, why

if TYPE_CHECKING:
    from alexnet.trained.answers import Answering

TRIES = {
    f"prediction.try_{id}": {"prediction_from": "sample", "prediction_sample": id}
    for id in ("kitten", "cow", "coffee")
}


def draw(network: Answering, model: Trained) -> None:
    """The whole view.

    Raises:
        DataError, LimitError: The network cannot be asked.
    """
    result = models.tested(model)
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with row.container(width="content"):
        origin = photograph.ask_origin("prediction")
    if origin == "sample":
        with row.container(key="prediction_samples", width="stretch"):
            shots = [photograph.ask_sample("prediction", SAMPLES[0].id, kind="pills")]
    else:
        photograph.take("prediction", origin)
        shots = album.pictures()
        card.tools()

    if shots:
        inputs = model.reads([shot.square for shot in shots])
        unlike = sureness.warnings(network, model, inputs) or [(0.0, None)] * len(shots)
        answers = network.guesses(inputs)
        for shot, read, guesses, (_, warning) in zip(shots, inputs, answers, unlike, strict=True):
            card.card(shot, read, guesses, model.preparation, warning)
        if model.preparation.mirrored:
            st.caption(t("prediction.mirrored"))
        if state.toggle("prediction_why", label=t("prediction.why_ask"), help=t("prediction.why_help")):
            why.show(network, model, shots[0], inputs[0])
    else:
        st.caption(t("prediction.empty"))

    st.info(card.classes(model.classes), icon=":material/info:")
    if own_korean := card.own_korean(model.classes):
        st.caption(own_korean)
    own = model.provenance().trained_by is not None
    st.markdown(card.reliability(result, len(model.classes), own=own))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        take_home.button(model)
        saving.row(model)
    try_this("prediction", TRIES)
