"""A run in words: its name, its state, how long something takes."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from alexnet.architecture import LESSONS, NETWORKS
from alexnet.recipes import RECIPES, Recipe
from alexnet.runs.config import Config
from alexnet.runs.status import State, Status
from alexnet.studies.tower_division import TRIALS
from alexnet.ui.language import t
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


def network_name(config: Config) -> str:
    """The network of a run, with its image size where that is not the network's own."""
    listed = config.document is None and config.network in {network.id for network in (*NETWORKS, *LESSONS)}
    if listed:
        name = t(f"common.network_{config.network}")
    else:
        tried = config.network in {point.id for point in TRIALS}
        name = t(f"towers.name_{config.network}") if tried else config.network
    return name if config.size is None else f"{name}, {config.size}×{config.size}"


def recipe_name(id: str) -> str:
    """A recipe's name."""
    known = {recipe.id for recipe in RECIPES}
    return t(f"training.recipe_{id}") if id in known else id


def settings(config: Config) -> str:
    """A run's settings in one line."""
    recipe = config.recipe
    if config.lanes:
        start = ", ".join(rule(lane.initializer) for lane in config.lanes)
    else:
        start = t("training.initializer_own") if config.initializer is None else rule(config.initializer)
    return t(
        "training.settings",
        network=network_name(config),
        epochs=recipe.epochs,
        batch=recipe.batch,
        rate=recipe.rate,
        initializer=start,
        augment=t(f"training.augment_{_augmentation(recipe)}") + (t("training.mirrored") * recipe.mirrored),
        seed=config.seed,
    )


def _augmentation(recipe: Recipe) -> str:
    if not recipe.augment:
        return "off"
    return "erase" if recipe.erase else "on"


def rule(id: str) -> str:
    """An initializer's name."""
    return t(f"initializers.rule_{id}")


def when(moment: str) -> str:
    """A time of ISO 8601 in the server's own time zone, to the minute."""
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"


def entry_name(entry: Entry) -> str:
    """A run in a list: what its owner calls it, else its network; when; and how it ended."""
    if entry.config is None:
        return f"{entry.run.id} · {t('training.state_lost')}"
    config = entry.config
    name = config.name or network_name(config)
    if config.lanes:
        name = t("race.name", name=name)
    words = f"{name} · {when(config.created)}"
    # The state of an active run changes while the list stands still.
    return words if entry.status.active else f"{words} · {t(f'training.state_{entry.status.state}')}"


def badge(status: Status) -> None:
    """The state as a coloured word with an icon."""
    icon, colour = _MARKS[status.state]
    st.badge(t(f"training.state_{status.state}"), icon=icon, color=colour)  # type: ignore[arg-type]
