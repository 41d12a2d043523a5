"""From what a new run starts: from scratch, or from a trained network with all or some of it learning on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast

import streamlit as st

from alexnet.architecture import Network
from alexnet.data.catalogue import DATA_SETS
from alexnet.errors import AlexNetError
from alexnet.runs import trained_beginning
from alexnet.runs.beginning import Beginning, frozen_rows, learning
from alexnet.runs.config import Config
from alexnet.runs.trained_beginning import FEW, SHIPPED, Source
from alexnet.trained import catalogue
from alexnet.ui import state
from alexnet.ui.components import plain, problem, sentence
from alexnet.ui.language import current_language, t
from alexnet.ui.runs import entries
from alexnet.ui.server.viewer import viewer_id

SCRATCH = "scratch"
_OURS = frozenset(one.id for one in DATA_SETS)
Learns = Literal["all", "frozen"]
LEARNS: tuple[Learns, ...] = ("all", "frozen")


def ask(images: int) -> Source | None:
    """Draw the choice of what a run starts from; None: from scratch.

    Args:
        images: Training pictures that there are: with few of them the app's own network is proposed.
    """
    names = _offered()
    wanted = state.requested("training_begin")
    if isinstance(wanted, str) and wanted != SCRATCH and wanted not in names:
        try:
            trained_beginning.source(wanted)
            names[wanted] = trained_beginning.name(wanted, current_language())
        except AlexNetError as error:
            problem(error)
    chosen = state.choice(
        "training_begin",
        [SCRATCH, *names],
        label=t("beginning.from"),
        default=SHIPPED if images < FEW else SCRATCH,
        name=lambda id: t("beginning.from_scratch") if id == SCRATCH else names[id],
        help=t("beginning.from_help"),
    )
    return None if chosen == SCRATCH else trained_beginning.source(chosen)


def _offered() -> dict[str, str]:
    """The networks in the app, and this viewer's finished runs: names in the reader's language, by id."""
    found = {id: trained_beginning.name(id, current_language()) for id in catalogue.ENTRIES}
    viewer = viewer_id()
    for entry in entries.every():
        finished = entry.viewer == viewer and entry.status.state == "finished"
        if finished and entry.config is not None and not entry.config.lanes:
            try:
                id = trained_beginning.source(entry.run.id).id
            except AlexNetError:
                continue  # its weights are gone
            found[id] = trained_beginning.name(id, current_language())
    return found


def ask_learns() -> Learns:
    """Draw the choice of what of a trained network learns on."""
    chosen = state.choice(
        "training_learns",
        LEARNS,
        label=t("beginning.learns"),
        default=LEARNS[0],
        name=lambda id: t(f"beginning.learns_{id}"),
        kind="segmented",
    )
    return cast(Learns, chosen)


def say(rows: Network, beginning: Beginning | None, data: str) -> None:
    """What the choice means in numbers: the parameters that learn, and what is drawn anew.

    Args:
        rows: The network of the new run.
        beginning: What it starts from; None says nothing.
        data: Id of the data set that it learns from.
    """
    if beginning is None:
        return
    frozen = frozen_rows(rows, beginning)
    of = learning(rows)
    values = {"learning": learning(rows, beginning), "of": of, "share": learning(rows, beginning) / of}
    anew = ", ".join(plain(name) for name in beginning.anew)
    words = [
        t("beginning.learn_frozen" if frozen else "beginning.learn_all", **values),
        t("beginning.anew", rows=anew, classes=rows.classes) if anew else t("beginning.all_fits"),
    ]
    sentence(" ".join(words))
    if has_seen(beginning, data):
        st.caption(t("beginning.has_seen"))


def has_seen(beginning: Beginning | None, data: str) -> bool:
    """Whether the network that a run starts from has learned from the very pictures of the run's data.

    The app's own learned from those of the data sets in the app, and from nobody's photographs.
    """
    return beginning is not None and beginning.source in catalogue.ENTRIES and data in _OURS


def choices_of(config: Config) -> Mapping[str, state.Value]:
    """The controls' values for a run's settings."""
    beginning = config.beginning
    if beginning is None:
        return {"training_begin": SCRATCH}
    return {"training_begin": beginning.source, "training_learns": LEARNS[beginning.frozen]}
