"""The picture of the Maps page: a sample, or one that the reader has uploaded or taken, here or elsewhere."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from alexnet.ui.choices import album, photograph


def ask(row: DeltaGenerator) -> album.Shot | None:
    """Which picture; None while there is none of the reader's own.

    Args:
        row: The page's row of controls. What takes more room, the place for uploads, comes below it.
    """
    with row:
        with st.container(width="content"):
            origin = photograph.ask_origin("maps")
        with st.container(width=150):
            shot = photograph.ask_sample("maps") if origin == "sample" else photograph.ask_own("maps")
    photograph.take("maps", origin)
    return shot
