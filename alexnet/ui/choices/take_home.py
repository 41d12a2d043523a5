"""A button that hands out all that predicts with a trained network at home."""

from __future__ import annotations

import streamlit as st

from alexnet.trained.record import Trained
from alexnet.ui.language import t


def button(model: Trained) -> None:
    """The zip of ``alexnet.trained.take_home``, made when somebody clicks.

    Args:
        model: The trained network; its weights are read by the click.
    """
    st.download_button(
        t("models.take_home"),
        data=lambda: _zip(model),
        file_name=f"alexnet-{model.id}.zip",
        mime="application/zip",
        key=f"take_home_{model.id}",
        help=t("models.take_home_help"),
        on_click="ignore",
        icon=":material/home:",
    )


def _zip(model: Trained) -> bytes:
    # Keras writes one of the files: only who wants them waits for TensorFlow.
    from alexnet.trained.take_home import pack

    return pack(model)
