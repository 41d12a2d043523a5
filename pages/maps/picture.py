"""The picture of the Maps page: a sample, or one that the reader has uploaded or taken, here or on the
Prediction page.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from alexnet.data.samples import SAMPLES, sample_name
from alexnet.data.uploads import MAX_BYTES
from alexnet.ui import state
from alexnet.ui.choices import album
from alexnet.ui.components import problem
from alexnet.ui.language import current_language, t
from pages.prediction import card

FIRST = "kingfisher"
"""The sample that stands there at first: it has edges and strong colours."""


def ask(row: DeltaGenerator) -> album.Shot | None:
    """Which picture; None while there is none of the reader's own.

    Args:
        row: The page's row of controls. What takes more room, the place for uploads, comes below it.
    """
    with row:
        with st.container(width="content"):
            origin = state.choice(
                "maps_from",
                ["sample", "upload", "camera"],
                label=t("prediction.from"),
                default="sample",
                name=lambda id: t(f"prediction.from_{id}"),
                kind="segmented",
            )
        with st.container(width=190):
            shot = _sample() if origin == "sample" else _own()
    if origin != "sample":
        _take(origin)
    return shot


def _sample() -> album.Shot:
    return card.sample_shot(
        state.choice(
            "maps_sample",
            [entry.id for entry in SAMPLES],
            label=t("prediction.sample"),
            default=FIRST,
            name=lambda id: sample_name(id, current_language()),
        )
    )


def _own() -> album.Shot | None:
    """The newest of the reader's pictures, or another one of them."""
    shots = {shot.id: shot for shot in album.pictures()}
    if not shots:
        return None
    chosen = state.choice(
        "maps_shot",
        list(shots),
        label=t("maps.shot"),
        default=next(iter(shots)),
        name=lambda id: shots[id].name,
    )
    return shots[chosen]


def _take(origin: str) -> None:
    if origin == "upload":
        st.file_uploader(
            t("prediction.upload"),
            accept_multiple_files=True,
            max_upload_size=MAX_BYTES // 2**20,
            key=album.widget_key("maps_upload"),
            on_change=album.taker("maps_upload"),
            help=t("prediction.upload_help"),
        )
    elif card.camera_allowed():
        st.camera_input(
            t("prediction.camera"),
            key=album.widget_key("maps_camera"),
            on_change=album.taker("maps_camera"),
        )
    else:
        st.warning(t("prediction.camera_not_here"), icon=":material/no_photography:")
    for failed in album.problems():
        problem(failed)
