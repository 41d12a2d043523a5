"""A run in words: its name, its state, how long something takes."""

from __future__ import annotations

import streamlit as st

from alexnet.runs import words
from alexnet.runs.config import Config
from alexnet.runs.status import State, Status
from alexnet.ui.language import current_language, t
from alexnet.ui.runs.entries import Entry

_MARKS: dict[State, tuple[str, str]] = {
    "queued": (":material/hourglass_top:", "gray"),
    "running": (":material/play_arrow:", "blue"),
    "paused": (":material/pause:", "orange"),
    "stopped": (":material/stop:", "gray"),
    "finished": (":material/check:", "green"),
    "failed": (":material/error:", "red"),
    "lost": (":material/link_off:", "red"),
}
"""Icon and colour of each state, which its word repeats."""


def duration(seconds: float) -> str:
    """A time as a person would say it: 40 s, 2 min 30 s, 3 h 20 min."""
    whole = max(1, round(seconds))
    if whole < 60:
        return t("training.seconds", seconds=whole)
    if whole < 3600:
        minutes, rest = divmod(whole, 60)
        if minutes >= 10 or rest == 0:
            return t("training.minutes", minutes=round(whole / 60))
        return t("training.minutes_seconds", minutes=minutes, seconds=rest)
    return t("training.hours_minutes", hours=whole // 3600, minutes=whole % 3600 // 60)


def memory(size: float) -> str:
    """Bytes as gigabytes."""
    return t("training.gigabytes", size=size / 1e9)


def disk(size: float) -> str:
    """Bytes of files: megabytes, or gigabytes from one on."""
    return memory(size) if size >= 1e9 else t("training.megabytes", size=size / 1e6)


def network_name(config: Config) -> str:
    """As ``alexnet.runs.words.network_name``, in the reader's language."""
    return words.network_name(config, current_language())


def recipe_name(id: str) -> str:
    """As ``alexnet.runs.words.recipe_name``, in the reader's language."""
    return words.recipe_name(id, current_language())


def settings(config: Config) -> str:
    """As ``alexnet.runs.words.settings``, in the reader's language."""
    return words.settings(config, current_language())


def rule(id: str) -> str:
    """An initializer's name, in the reader's language."""
    return words.initializer_name(id, current_language())


def when(moment: str) -> str:
    """As ``alexnet.runs.words.when``."""
    return words.when(moment)


def entry_name(entry: Entry) -> str:
    """A run in a list: its name, and how it ended."""
    if entry.config is None:
        return f"{entry.run.id} · {t('training.state_lost')}"
    said = words.run_name(entry.config, current_language())
    # The state of an active run changes while the list stands still.
    return said if entry.status.active else f"{said} · {t(f'training.state_{entry.status.state}')}"


def badge(status: Status) -> None:
    """The state as a coloured word with an icon."""
    icon, colour = _MARKS[status.state]
    st.badge(t(f"training.state_{status.state}"), icon=icon, color=colour)  # type: ignore[arg-type]
