"""A net under everything that a session runs: what goes wrong unexpectedly is logged, and said in a sentence.

The frame has it under pages. Callbacks run before a page is drawn, and parts of a page may run without the
frame: an error there would show Streamlit's own box, in English, and cost the whole page.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.errors import FragmentHandledException
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import SessionState

from alexnet.errors import AlexNetError, InputError
from alexnet.ui import components
from alexnet.ui.language import t

_LOG = logging.getLogger("alexnet.ui")
_CAUGHT = "_caught"  # in a session: what its callbacks' errors are to be explained by, until it is drawn

_run_callback = SessionState._run_callback_and_record_rerun


def say(error: Exception, where: str) -> None:
    """Log an error, and explain it where the page is just being drawn.

    Args:
        error: One of ours, which has its own sentence, or any other: its details are in the log only.
        where: What was at work, for the log.
    """
    if not isinstance(error, FragmentHandledException):  # which is said already, where the part stands
        _draw(_logged(error, where))


def under_callbacks() -> None:
    """Spread the net under the callbacks of all widgets: ``caught`` then says what went wrong.

    Streamlit has one place that calls them all, and no setting for it.
    """
    SessionState._run_callback_and_record_rerun = _run_in_net  # type: ignore[assignment]


def caught() -> None:
    """Say what went wrong in callbacks since the page was last drawn."""
    for error in st.session_state.pop(_CAUGHT, []):
        _draw(error)


def of_last_resort(error: Exception) -> bool:
    """What Streamlit asks about an error that nothing else caught, as in a part of a page that runs alone."""
    say(error, "a part of a page")
    return True  # its own box stays away


def _run_in_net(state: SessionState, votes: Any, run: Callable[[], None]) -> None:
    def run_caught() -> None:
        try:
            run()
        except Exception as error:  # noqa: BLE001 -- whatever a callback does, its page is drawn
            known = st.session_state.setdefault(_CAUGHT, [])
            known.append(_logged(error, "a callback"))
            context = get_script_run_ctx()
            if context is not None and context.fragment_ids_this_run:
                st.rerun()  # the whole page: the sentence stands above it

    _run_callback(state, votes, run_caught)


def _logged(error: Exception, where: str) -> AlexNetError:
    """What explains the error; without its traceback, which would keep alive what it speaks of."""
    if isinstance(error, AlexNetError):
        _LOG.warning("%s: %s", where, error, exc_info=error)
        return type(error)(error.id, **error.values)
    reference = secrets.token_hex(3)
    _LOG.error("%s, reference %s", where, reference, exc_info=error)
    return InputError("unexpected", reference=reference)


def _draw(error: AlexNetError) -> None:
    if error.id == "unexpected":
        st.error(t("errors.unexpected", **error.values), icon=":material/error:")
    else:
        components.problem(error)
