"""A photograph of the reader's own for the picture on Home: only this loads TensorFlow."""

from __future__ import annotations

from typing import cast

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

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


def any_there() -> bool:
    """Has the reader brought a photograph, here or on another page?"""
    return bool(album.pictures())


def ask(model: Trained, room: DeltaGenerator, below: DeltaGenerator) -> Shown | None:
    """Where the reader uploads or takes a photograph, and what the network makes of the chosen one.

    Args:
        model: The network.
        room: Where the page says that the network is reading.
        below: Where the page asks.

    Returns:
        None while there is no photograph, or where the network cannot read it.
    """
    with below.expander(t("home.own"), icon=":material/add_a_photo:"):
        origin = state.choice(
            "home_from",
            ORIGINS,
            label=t("photograph.from"),
            default=ORIGINS[0],
            name=lambda id: t(f"photograph.from_{id}"),
            kind="segmented",
        )
        photograph.take("home", cast(Origin, origin))
        shot = photograph.ask_own("home")
    if shot is None:
        return None
    read = model.reads([shot.square])[0]
    try:
        with room, st.spinner(t("home.own_loading")):
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
