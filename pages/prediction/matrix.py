"""The confusion matrix as a table: whoever chooses a cell sees its pictures."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd  # type: ignore[import-untyped]
import streamlit as st

from alexnet.figures.confusion import ink, shade
from alexnet.trained.record import Trained
from alexnet.ui import state
from alexnet.ui.language import t
from pages.prediction.downloads import csv_button

KEY = "prediction_matrix"


def draw(model: Trained, counts: Sequence[Sequence[int]], names: Sequence[str]) -> None:
    """The table, what it says, and its CSV.

    Args:
        model: Whose classes they are.
        counts: (classes, classes): a row for each true class, a column for each answer.
        names: Of the classes.
    """
    totals = [max(sum(row), 1) for row in counts]
    ids = [one.id for one in model.classes]

    def opened() -> None:
        cells = st.session_state[KEY].selection.cells
        if cells:
            row, column = cells[0]
            state.set_choices(
                prediction_truth=ids[row],
                prediction_answer=ids[names.index(column)],
                prediction_which="all",
                prediction_sheet=1,
            )

    head = t("prediction.matrix_head")
    table = pd.DataFrame(list(counts), index=pd.Index(names, name=head), columns=list(names))
    colours = pd.DataFrame(
        [
            [f"background-color: {shade(count / total)}; color: {ink(count / total)}" for count in row]
            for row, total in zip(counts, totals, strict=True)
        ],
        index=table.index,
        columns=table.columns,
    )
    st.dataframe(
        table.style.apply(lambda _: colours, axis=None),
        key=KEY,
        width="stretch",
        height=35 * (len(names) + 1) + 3,
        on_select=opened,
        selection_mode="single-cell",
    )
    st.caption(t("prediction.matrix_says"))
    csv_button(
        "matrix",
        f"{model.id}_confusion",
        [head, *names],
        lambda: [[name, *row] for name, row in zip(names, counts, strict=True)],
    )
