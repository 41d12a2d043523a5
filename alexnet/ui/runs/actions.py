"""What one may do to a run: pause, go on, stop, resume, set the learning rate by hand, delete.

Its owner may, and a teacher. Every action asks again when it is done, because a page may be old.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from alexnet.errors import AlexNetError, DataError, InputError
from alexnet.runs import run
from alexnet.runs.config import LIMITS
from alexnet.runs.run import Run
from alexnet.runs.status import Control, Status
from alexnet.runs.supervisor import GRACE
from alexnet.runs.words import run_name
from alexnet.ui import components, state
from alexnet.ui.language import current_language, t
from alexnet.ui.runs import admission, entries, listing
from alexnet.ui.server.teacher import is_teacher
from alexnet.ui.server.viewer import viewer_id

_PROBLEM, _DELETED = "_run_problem", "_run_deleted"

_SAID_FOR = 60.0
"""Seconds for which a refusal stands below the buttons, unless one of them is pressed again."""

DISK = (OSError, sqlite3.Error)
"""What a full or read-only disk raises, from the run's folder or from the worker's bell."""


class _Problem(NamedTuple):
    """What went wrong with an action, with which run, and when."""

    error: AlexNetError
    run: Run
    moment: float


def allowed(one: Run) -> bool:
    """May this viewer change the run?"""
    return run.may_change(one, viewer_id(), teacher=is_teacher())


def buttons(one: Run, status: Status, rate: float | None = None, first: float | None = 0.01) -> None:
    """A row of what can be done now.

    Args:
        one: The run.
        status: Where it stands.
        rate: The learning rate of its latest steps; None before the first.
        first: The recipe's rate, where the field for one by hand starts; None: there is no field, as the
            lanes of a race keep rates of their own.
    """
    if not allowed(one):
        st.caption(t("training.only_look"))
        _refused(one)
        return
    # What it has been asked for and has not done yet: it looks before every batch.
    asked = (one.control() or Control()).action if status.has_process else "run"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        # A button that is of no use now stays in its place, disabled: this is drawn again every second, and
        # nothing may move while a drawing overtakes another.
        off = asked == "stop"
        if status.state == "running" and asked != "pause":
            _button("pause", ":material/pause:", one, lambda: run.control(one, "pause"), disabled=off)
        elif status.state in ("running", "paused"):
            _button("go_on", ":material/play_arrow:", one, lambda: _go_on(one), kind="primary", disabled=off)
        if status.active:
            _button("stop", ":material/stop:", one, lambda: run.control(one, "stop"), disabled=off)
        if status.state == "running" and first is not None:
            _rate(one, rate, first)
        if not status.active:
            if one.resumable:
                # With the same rate the same loss explodes again: there it is possible, and not the way on.
                kind = "secondary" if status.reason == "loss_not_finite" else "primary"
                _button("resume", ":material/play_arrow:", one, lambda: admission.resume(one), kind=kind)
            _delete(one)
    with st.container():  # always there, for the same reason
        if asked == "stop":
            st.caption(t("training.stopping", seconds=round(GRACE)))
        elif asked == "pause" and status.state == "running":
            st.caption(t("training.pausing"))
        _refused(one)


def _go_on(one: Run) -> None:
    """Let it train on: one that has not paused yet just does not."""
    if one.status().state == "running":
        run.control(one, "run")
    else:
        admission.resume(one)


def _refused(one: Run) -> None:
    # Drawn with the buttons: a press draws only the fragment that they stand in, once a second if the run is
    # active.
    refused: _Problem | None = st.session_state.get(_PROBLEM)
    if refused is not None and refused.run.id == one.id and time.time() - refused.moment < _SAID_FOR:
        components.problem(refused.error)


def outcome(shown: Run | None) -> None:
    """What became of the last action, where it was not on the run that is shown with its buttons."""
    if (name := st.session_state.pop(_DELETED, None)) is not None:
        st.success(t("training.deleted", name=components.plain(name)), icon=":material/delete:")
    refused: _Problem | None = st.session_state.get(_PROBLEM)
    if refused is not None and (shown is None or refused.run.id != shown.id):
        st.session_state[_PROBLEM] = None
        components.problem(refused.error)


def _button(
    name: str,
    icon: str,
    one: Run,
    action: Callable[[], object],
    *,
    kind: str = "secondary",
    disabled: bool = False,
) -> None:
    st.button(
        t(f"training.{name}"),
        key=f"training_button_{name}",
        icon=icon,
        type=kind,  # type: ignore[arg-type]
        on_click=attempt,
        args=(one, action),
        disabled=disabled,
    )


def attempt(one: Run, action: Callable[[], object]) -> None:
    """Do something to a run, from a button's callback; what goes wrong is said below the buttons."""
    error: AlexNetError | None = None
    try:
        if not one.path.is_dir():
            raise InputError("run_unknown", id=one.id)
        if not allowed(one):
            raise InputError("run_of_another", id=one.id)
        action()
    except AlexNetError as refusal:
        error = refusal
    except DISK as failure:
        error = not_written(failure)
    st.session_state[_PROBLEM] = None if error is None else _Problem(error, one, time.time())
    entries.forget()


def not_written(error: Exception) -> DataError:
    """What to say of one of ``DISK``."""
    return DataError("run_not_written", reason=getattr(error, "strerror", None) or str(error))


def _rate(one: Run, rate: float | None, first: float) -> None:
    by_hand = (one.control() or Control()).rate
    with st.popover(t("training.rate_by_hand"), icon=":material/tune:"):
        st.markdown(t("training.rate_by_hand_help"))
        low, high = LIMITS["rate"]
        key = f"training_hand_{one.id}"
        st.number_input(
            t("training.rate"),
            min_value=low,
            max_value=high,
            value=min(max(by_hand or first, low), high),
            step=0.005,
            format="%g",
            key=key,
        )
        # What stands in the field when the button is pressed, not when it was drawn.
        use = lambda: run.control(one, rate=st.session_state[key])  # noqa: E731
        _button("rate_use", ":material/check:", one, use)
        if by_hand is not None:
            st.caption(t("training.rate_is_by_hand", rate=by_hand))
            _button("rate_follow", ":material/undo:", one, lambda: run.control(one, rate=None))
        elif rate is not None:
            st.caption(t("training.rate_now", rate=rate))


def _delete(one: Run) -> None:
    with st.popover(t("training.delete"), icon=":material/delete:"):
        st.markdown(t("training.delete_question"))
        _button("delete_yes", ":material/delete_forever:", one, lambda: _gone(one), kind="primary")


def _gone(one: Run) -> None:
    try:
        name = run_name(one.config(), current_language())
    except DataError:
        name = one.id
    run.delete(one)
    st.session_state[_DELETED] = name
    state.forget(listing.KEY)  # it is not to be looked for any more
