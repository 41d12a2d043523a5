"""The results of an experiment in numbers, to read and to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from alexnet.figures.spreadsheet import Cell, as_csv
from alexnet.ui.components import data_table
from alexnet.ui.language import t


def table(title: str, rows: Sequence[Mapping[str, Cell]], *, shown: int | None = None, file: str) -> None:
    """A folded table with a button for its file.

    Args:
        title: Of the fold, in the reader's language.
        rows: By the columns' names; every row has the same.
        shown: So many rows of the table; the file has all.
        file: The file's name without its ending, also the button's key.
    """
    with st.expander(title, icon=":material/table:"):
        data_table(rows[:shown])
        st.download_button(
            t("ladder.download"),
            as_csv(list(rows[0]), [list(row.values()) for row in rows]),
            f"{file}.csv",
            "text/csv",
            key=f"{file}_csv",
            icon=":material/download:",
            on_click="ignore",
        )
