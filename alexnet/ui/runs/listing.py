"""The runs of this viewer: which one is shown, and all of them in a table."""

from __future__ import annotations

import streamlit as st

from alexnet.errors import ChoiceError
from alexnet.runs import quota
from alexnet.runs.feed import feed
from alexnet.ui import components, state
from alexnet.ui.components import data_table
from alexnet.ui.language import t
from alexnet.ui.runs import entries, words
from alexnet.ui.runs.entries import Entry
from alexnet.ui.server.teacher import is_teacher
from alexnet.ui.server.viewer import viewer_id

KEY = "training_run"


def mine() -> list[Entry]:
    """This viewer's runs, the newest first; for a teacher everybody's."""
    viewer, teacher = viewer_id(), is_teacher()
    return [entry for entry in entries.every() if teacher or entry.viewer == viewer]


def active() -> Entry | None:
    """The run that this viewer has waiting, training or pausing."""
    viewer = viewer_id()
    for entry in entries.every():
        if entry.viewer == viewer and entry.status.active:
            return entry
    return None


def ask() -> Entry | None:
    """The run to be shown: one of this viewer's, or the one that a link names. None where there is none."""
    shown = mine()
    asked = state.requested(KEY)
    if asked is not None and asked not in [entry.run.id for entry in shown]:
        linked = [entry for entry in entries.every() if entry.run.id == asked]
        shown = linked + shown
        if not linked:
            components.problem(ChoiceError("run_unknown", id=str(asked)[:40]))
    if not shown:
        return None
    names = {entry.run.id: words.entry_name(entry) for entry in shown}
    now = active()
    chosen = state.choice(
        KEY,
        list(names),
        label=t("training.run"),
        default=(now or shown[0]).run.id,
        name=names.__getitem__,
        always_in_link=True,
    )
    return next(entry for entry in shown if entry.run.id == chosen)


def table() -> None:
    """All runs of the list with their settings and figures, to be compared; and their share of the disk."""
    shown = mine()
    _disk()
    if len(shown) < 2:
        return
    rows = []
    for entry in shown:
        seen = feed(entry.run.metrics_file).read()
        best = max((line["validation_accuracy"] for line in seen.epochs), default=None)
        config = entry.config
        rows.append(
            {
                t("training.column_run"): words.entry_name(entry),
                t("training.column_epoch"): f"{entry.status.epoch}/{entry.status.epochs}",
                t("training.column_validation"): None if best is None else round(100 * best, 1),
                t("training.column_test"): None
                if seen.test is None
                else round(100 * seen.test["test_accuracy"], 1),
                # The longest comes last: on a narrow screen the figures stand before it.
                t("training.column_settings"): "" if config is None else words.settings(config),
            }
        )
    with st.expander(t("training.history", count=len(shown)), icon=":material/history:"):
        data_table(
            rows,
            formats={t(f"training.column_{name}"): "%.1f %%" for name in ("validation", "test")},
            key="training_history",
        )


def _disk() -> None:
    """What one's own runs take of the disk; for a teacher all of them."""
    now, most = entries.taken(), quota.limit(quota.VIEWER)
    own = now.viewers.get(viewer_id(), 0)
    st.caption(t("training.disk", taken=words.disk(own), most=words.disk(most)))
    if is_teacher():
        most = quota.limit(quota.SERVER)
        st.caption(t("training.disk_all", taken=words.disk(now.all), most=words.disk(most)))
