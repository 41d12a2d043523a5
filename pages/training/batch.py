"""The very pictures that a run learned from at a step, class by class."""

from __future__ import annotations

import numpy as np
import streamlit as st

from alexnet.errors import AlexNetError
from alexnet.figures.draws import sheet, width
from alexnet.runs.batches import Batch, batch_of
from alexnet.runs.config import Config
from alexnet.runs.run import Run
from alexnet.ui.components import pixels, problem
from alexnet.ui.language import current_language, t

MOST = 64
"""Pictures that are drawn of a class at most."""

COLUMNS, CELL = 16, 64

LEAST = 160
"""Pixels that a class's name gets in a line."""


def draw(one: Run, config: Config, step: int) -> None:
    """A switch, and behind it a step to choose and its batch.

    Args:
        one: The run.
        config: Its settings.
        step: Steps that it has done so far; 0: there is nothing to be seen.
    """
    if not step or not st.toggle(
        t("batch.look"), key=f"training_batch_{one.id}", help=t("batch.look_help"), persist_state="session"
    ):
        return
    chosen = st.number_input(
        t("batch.step", steps=step), min_value=1, max_value=step, value=1, key=f"training_step_{one.id}"
    )
    try:
        with st.spinner(t("batch.making")):
            found = _batch(one.id, int(chosen), config)
    except AlexNetError as error:
        problem(error)
        return
    st.caption(
        t(
            "batch.said",
            step=int(chosen),
            epoch=found.epoch,
            number=found.number,
            count=len(found.labels),
            size=config.rows.size,
        )
    )
    for label, kind in enumerate(config.data_set.classes):
        own = found.pictures[found.labels == label]
        if len(own):
            name = t("batch.of_class", name=kind.name(current_language()), count=len(own))
            fine = found.pictures.shape[1] > CELL  # a large picture takes the place of four
            shown = own[: MOST // 4] if fine else own[:MOST]
            columns = COLUMNS // 2 if fine else COLUMNS
            # Few pictures are not enlarged to the page's width, and each class's are as large as the others'.
            with st.container(width=max(LEAST, width(len(shown), shown.shape[1], columns, CELL))):
                pixels(sheet(shown, columns, CELL), name, brief=True)


@st.cache_data(show_spinner=False, max_entries=32)
def _batch(id: str, step: int, _config: Config) -> Batch:
    found = batch_of(_config, step)
    return found._replace(pictures=np.ascontiguousarray(found.pictures))
