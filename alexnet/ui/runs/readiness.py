"""Whether this server can train now, in words beside whatever waits for it."""

from __future__ import annotations

import streamlit as st

from alexnet.home import trouble
from alexnet.ui import components
from alexnet.ui.language import t
from alexnet.ui.server.helpers import worker_is_down


def say() -> bool:
    """Say what keeps trainings from being made or trained here; may one be made all the same?"""
    if (problem := trouble()) is not None:
        components.problem(problem)
        return False
    if worker_is_down():
        st.warning(t("training.worker_down"), icon=":material/build:")
    return True
