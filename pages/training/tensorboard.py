"""A run in TensorBoard, for whoever sits at the server's own machine."""

from __future__ import annotations

import streamlit as st

from alexnet.errors import AlexNetError
from alexnet.runs.run import Run, find
from alexnet.runs.tensorboard import TENSORBOARD
from alexnet.runs.words import run_name
from alexnet.ui.components import plain, problem
from alexnet.ui.language import current_language, t
from alexnet.ui.server.peer import at_the_server


def button(run: Run) -> None:
    """A button that starts TensorBoard on a run, and then the link that opens it in a tab of its own.

    TensorBoard has no passwords and so answers only to the server's own machine; elsewhere a line says why
    there is no button.
    """
    if not at_the_server():
        st.caption(t("tensorboard.elsewhere"))
        return
    place = st.empty()
    other = TENSORBOARD.shown()
    warning = st.empty()
    if other is not None and other != run.id:
        warning.caption(t("tensorboard.ends_other", name=plain(_name(other))))
    if TENSORBOARD.address(run) is None and place.button(
        t("tensorboard.start"),
        key="tensorboard_start",
        icon=":material/monitoring:",
        help=t("tensorboard.help"),
    ):
        try:
            with place, st.spinner(t("tensorboard.starting")):
                TENSORBOARD.open(run)
        except AlexNetError as error:
            place.empty()
            problem(error)
            return
    if (address := TENSORBOARD.address(run)) is not None:
        warning.empty()
        place.link_button(
            t("tensorboard.open"), address, icon=":material/open_in_new:", help=t("tensorboard.help")
        )


def _name(id: str) -> str:
    try:
        return run_name(find(id).config(), current_language())
    except AlexNetError:  # it was deleted meanwhile
        return id
