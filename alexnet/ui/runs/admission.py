"""Who may put a training into the queue, and the teacher's way to empty it.

Each viewer has one training that is not over (``alexnet.runs.run.create``), and the queue is no longer than
``MOST_WAITING``. A viewer is a cookie, though, and a browser that keeps none is another viewer in every tab:
two hundred tabs would be two hundred viewers. Their network address is all that such tabs have in common, so
those of one address share ``MOST_WITHOUT_COOKIE`` trainings. Nobody else is counted by address: a class
behind one router has one address. Against who makes up cookies there is the queue's length, and the teacher.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import streamlit as st

from alexnet.errors import InputError
from alexnet.runs import queue, quota
from alexnet.runs.config import Config
from alexnet.runs.run import Run, runs
from alexnet.ui.language import t
from alexnet.ui.runs import entries
from alexnet.ui.server.teacher import is_teacher
from alexnet.ui.server.viewer import keeps_cookies, viewer_address

MOST_WAITING = 40
"""Trainings that wait at once: a class of thirty, each with one, and some to spare."""

MOST_WITHOUT_COOKIE = 3
"""Trainings that are not over, of all tabs without a cookie at one address."""

_EMPTIED = "_queue_emptied"

_guard = threading.Lock()  # so that two who see the last place do not both take it
_strangers: dict[str, str] = {}  # the address that each training without a cookie came from, by its id


def refusal() -> InputError | None:
    """Why this viewer cannot queue a training now, as of the last second; None where they can."""
    return _refusal(len(entries.line()), lambda: {one.run.id for one in entries.every() if one.status.active})


def submit(config: Config) -> Run:
    """Make a run of this viewer's and wake the worker.

    Raises:
        InputError: queue_full, queue_full_for_address, or those of ``alexnet.runs.quota.check`` and
            ``alexnet.runs.queue.submit``.
    """
    with _guard:
        _check()
        quota.check(config.viewer, quota.expected(config), quota.taken())
        one = queue.submit(config)
        _note(one)
    return one


def resume(one: Run) -> None:
    """Let a run go on, as ``alexnet.runs.queue.resume``; one whose trainer only pauses takes no place.

    Raises:
        InputError: queue_full, queue_full_for_address, or those of ``alexnet.runs.quota.check`` and
            ``alexnet.runs.queue.resume``.
        DataError: config_damaged.
    """
    with _guard:
        if not one.state().has_process:
            _check()
            quota.check(one.config().viewer, quota.more(one), quota.taken())
        queue.resume(one)
        _note(one)


def no_room(config: Config) -> InputError | None:
    """Why there is no room on the disk for this training, as of the last seconds; None where there is."""
    try:
        quota.check(config.viewer, quota.expected(config), entries.taken())
    except InputError as error:
        return error
    return None


def _check() -> None:
    entries.forget()
    found = _refusal(len(queue.waiting()), lambda: {one.id for one in runs() if one.state().active})
    if found is not None:
        raise found


def _note(one: Run) -> None:
    if not keeps_cookies():
        _strangers[one.id] = viewer_address()


def _refusal(waiting: int, active: Callable[[], set[str]]) -> InputError | None:
    if waiting >= MOST_WAITING:
        return InputError("queue_full", waiting=waiting, most=MOST_WAITING)
    if keeps_cookies():
        return None
    for id in set(_strangers) - active():
        _strangers.pop(id, None)
    here = list(_strangers.values()).count(viewer_address())
    if here >= MOST_WITHOUT_COOKIE:
        return InputError("queue_full_for_address", count=here, most=MOST_WITHOUT_COOKIE)
    return None


def teachers_button() -> None:
    """For a teacher: empty the queue, after a question; and how many trainings that stopped."""
    if (count := st.session_state.pop(_EMPTIED, None)) is not None:
        st.success(t("training.queue_is_empty", count=count), icon=":material/playlist_remove:")
    waiting = len(entries.line())
    if not is_teacher() or not waiting:
        return
    with st.popover(t("training.queue_empty", count=waiting), icon=":material/playlist_remove:"):
        st.markdown(t("training.queue_empty_question", count=waiting))
        st.button(
            t("training.queue_empty_yes"),
            key="training_button_queue_empty",
            icon=":material/playlist_remove:",
            type="primary",
            on_click=_empty,
        )


def _empty() -> None:
    if is_teacher():  # the page may be old
        st.session_state[_EMPTIED] = queue.empty()
        entries.forget()
