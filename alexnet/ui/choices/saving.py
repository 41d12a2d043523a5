"""A row that saves a trained network in one of the usual formats: its format, a button, and the file."""

from __future__ import annotations

import streamlit as st

from alexnet.errors import AlexNetError
from alexnet.trained import saving
from alexnet.trained.record import Trained
from alexnet.ui import state
from alexnet.ui.components import problem
from alexnet.ui.language import current_language, t


def row(model: Trained) -> None:
    """The row; the file is made in another process when somebody asks for it.

    Args:
        model: The trained network.
    """
    names = {one: t(f"models.save_as_{one.replace('.', '_')}") for one in saving.FORMATS}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        format = st.selectbox(
            t("models.save_as"),
            saving.FORMATS,
            format_func=names.__getitem__,
            key=f"save_as_{model.id}",
            help=t("models.save_help"),
        )
        asked = st.button(t("models.save_prepare"), key=f"save_{model.id}", icon=":material/save:")
    if not asked:
        return
    try:
        with st.spinner(t("models.save_preparing", seconds=saving.LIMITS.seconds)):
            made = saving.save(model, format, current_language(), state.still_wanted)
    except AlexNetError as error:
        problem(error)
        return
    name = saving.file_name(model, format)
    st.download_button(
        t("models.save_download", file=name),
        data=made,
        file_name=name,
        mime="application/zip",
        key=f"saved_{model.id}",
        on_click="ignore",
        icon=":material/download:",
    )
