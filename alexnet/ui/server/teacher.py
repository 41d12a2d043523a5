"""The teacher's PIN: printed where the server was started, asked for in the sidebar."""

from __future__ import annotations

import secrets
import threading
from time import monotonic

import streamlit as st

from alexnet.ui.language import t
from alexnet.ui.server.peer import at_the_server
from alexnet.ui.server.viewer import viewer_address, viewer_id

_TRIES = 5  # wrong ones, then a wait
_WAIT = 60.0  # seconds


class Lock:
    """A PIN of six digits, the viewers who have given it, and a limit on guessing.

    A class that guesses together, 30 devices with five tries a minute each, needs more than four days to go
    through the million PINs.
    """

    def __init__(self, pin: str | None = None) -> None:
        self.pin = pin or f"{secrets.randbelow(10**6):06d}"
        self._open: set[str] = set()
        self._wrong: dict[str | None, list[float]] = {}
        self._guard = threading.Lock()

    def is_open(self, viewer: str) -> bool:
        """Whether this viewer gave the PIN since the server's start."""
        return viewer in self._open

    def wait(self, address: str | None, now: float) -> int:
        """Whole seconds until this address may try again; 0 when it may."""
        with self._guard:
            return self._wait(address, now)

    def try_pin(self, pin: str, viewer: str, address: str | None, now: float) -> bool:
        """Open the lock for a viewer if the PIN is right and the address need not wait.

        Args:
            pin: What was typed.
            viewer: Who typed it (``viewer_id``).
            address: Where from: the limit is kept by network address, because a cookie is easily renewed.
                None is the server's own machine, which has none: behind a proxy all pupils may share an
                address, and one of them must not lock the teacher out.
            now: Seconds of a clock that only goes forward.
        """
        # Looking, comparing and counting are one step: else many tries at once would all find the way free.
        with self._guard:
            if self._wait(address, now):
                return False
            # Compared as bytes: compare_digest refuses text beyond ASCII, such as full-width digits.
            right = secrets.compare_digest(pin.strip().encode("utf-8"), self.pin.encode("utf-8"))
            if right:
                self._open.add(viewer)
                self._wrong.pop(address, None)
            elif address is not None:
                self._wrong.setdefault(address, []).append(now)
            return right

    def _wait(self, address: str | None, now: float) -> int:
        recent = [moment for moment in self._wrong.pop(address, []) if now - moment < _WAIT]
        if recent:
            self._wrong[address] = recent
        return 0 if len(recent) < _TRIES else max(1, round(_WAIT - (now - recent[0])))

    def close(self, viewer: str) -> None:
        """Lock again for one viewer."""
        self._open.discard(viewer)


LOCK = Lock()
"""The server's lock: a new PIN at each start."""


def is_teacher() -> bool:
    """Whether this viewer has given the PIN."""
    return LOCK.is_open(viewer_id())


def lock() -> None:
    """Draw the lock in the sidebar: a field for the PIN, or the way to lock again."""
    with st.expander(t("common.teacher"), icon=":material/lock_open:" if is_teacher() else ":material/lock:"):
        if is_teacher():
            st.markdown(t("common.teacher_open"))
            st.button(
                t("common.teacher_close"), key="teacher_close", on_click=LOCK.close, args=(viewer_id(),)
            )
            return
        st.text_input(
            t("common.teacher_pin"),
            key="teacher_pin",
            type="password",
            max_chars=12,
            help=t("common.teacher_help"),
            on_change=_typed,
            autocomplete="off",
        )
        message = st.session_state.pop("_teacher_message", None)
        if message is not None:
            key, seconds = message
            st.warning(t(key, seconds=seconds), icon=":material/lock:")


def _typed() -> None:
    typed = st.session_state.get("teacher_pin") or ""
    st.session_state["teacher_pin"] = ""
    if not typed:
        return
    address, now = _address(), monotonic()
    if LOCK.try_pin(typed, viewer_id(), address, now):
        return
    seconds = LOCK.wait(address, now)
    key = "common.teacher_wait" if seconds else "common.teacher_wrong"
    st.session_state["_teacher_message"] = (key, seconds)


def _address() -> str | None:
    # Streamlit has no address for what comes from this machine: a browser, or a proxy with a class behind it.
    return None if at_the_server() else viewer_address()
