"""Whether this server can train now, in words beside whatever waits for it."""

from __future__ import annotations

import math
import sqlite3
import time
from contextlib import suppress

import streamlit as st

from alexnet.errors import AlexNetError
from alexnet.home import trouble
from alexnet.runs import queue
from alexnet.ui import components
from alexnet.ui.language import t
from alexnet.ui.server.helpers import worker_is_down, worker_is_up

_AGAIN = 300.0  # seconds between two words to the worker
_expected = [-math.inf]  # when it was last told, in time.monotonic()


def say() -> bool:
    """Say what keeps trainings from being made or trained here; may one be made all the same?"""
    if (problem := trouble()) is not None:
        components.problem(problem)
        return False
    if worker_is_down():
        st.warning(t("training.worker_down"), icon=":material/build:")
    return True


def expect() -> None:
    """Somebody looks at the form of a training: let a trainer import TensorFlow until it is asked for."""
    if not worker_is_up() or time.monotonic() - _expected[0] < _AGAIN:
        return
    _expected[0] = time.monotonic()
    with suppress(AlexNetError, OSError, sqlite3.Error):  # whatever is wrong is said when one is asked for
        queue.bell().expect()
