"""Home's picture for a photograph of the reader's own: the shipped network reads it, and TensorFlow is loaded."""

from __future__ import annotations

from typing import cast

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.data import preprocess
from alexnet.errors import AlexNetError
from alexnet.trained import passage
from alexnet.trained.record import Trained
from alexnet.ui import state
from alexnet.ui.choices import album, models, photograph
from alexnet.ui.choices.photograph import Origin
from alexnet.ui.components import problem
from alexnet.ui.language import t
from pages.home.component import Shown

ORIGINS: tuple[Origin, ...] = ("upload", "camera")


def ask() -> None:
    """Where the reader uploads or takes a photograph; the next run shows it."""
    with st.expander(t("home.own"), icon=":material/add_a_photo:"):
        origin = state.choice(
            "home_from",
            ORIGINS,
            label=t("photograph.from"),
            default=ORIGINS[0],
            name=lambda id: t(f"photograph.from_{id}"),
            kind="segmented",
        )
        photograph.take("home", cast(Origin, origin))
        photograph.ask_own("home")


def shown(model: Trained) -> Shown | None:
    """The reader's chosen photograph in the network; None while there is none, or where it cannot be read."""
    shots = {shot.id: shot for shot in album.pictures()}
    if not shots:
        return None
    chosen = st.session_state.get("home_shot")
    shot = shots.get(cast(str, chosen)) or next(iter(shots.values()))
    read = model.reads([shot.square])[0]
    try:
        with st.spinner(t("home.own_loading")):
            found = _passage(*model.version, shot.id, model, read)
    except AlexNetError as error:
        problem(error)
        return None
    return Shown(shot.id, shot.name, found, None)


@st.cache_resource(max_entries=64, show_spinner=False)
def _passage(
    path: str, version: int, shot: str, _model: Trained, _read: NDArray[np.float32]
) -> passage.Passage:
    network = models.predictor(_model)
    responses = network.activations().of(_read[None])
    towers = {name: [tower[0] for tower in layer] for name, layer in responses.items()}
    return passage.of(preprocess.seen(_read, _model.preparation), towers)
