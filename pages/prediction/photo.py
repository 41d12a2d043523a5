"""The one photograph that a view looks at closely: a sample, or one that the reader has brought."""

from __future__ import annotations

import streamlit as st

from alexnet.data.samples import SAMPLES
from alexnet.ui.choices import photograph
from alexnet.ui.choices.album import Shot
from alexnet.ui.language import t


def ask() -> Shot | None:
    """Which one; None, and a line that says so, while there is none of the reader's own."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width="content"):
            origin = photograph.ask_origin("prediction")
        with st.container(width=220):
            samples = origin == "sample"
            shot = _sample() if samples else photograph.ask_own("prediction")
    photograph.take("prediction", origin)
    if shot is None:
        st.caption(t("prediction.empty"))
    return shot


def _sample() -> Shot | None:
    return photograph.ask_sample("prediction", SAMPLES[0].id)
