"""What can be taken away from the Prediction page: pictures as PNG, tables as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from alexnet.figures.spreadsheet import Cell, as_csv
from alexnet.ui.language import t


def png_button(id: str, file: str, made: Callable[[], bytes]) -> None:
    """A button for a picture, which is made when it is pressed; ``prediction.download_<id>`` names it."""
    _button(id, f"{file}.png", "image/png", made)


def csv_button(
    id: str, file: str, header: Sequence[str], made: Callable[[], Iterable[Sequence[Cell]]]
) -> None:
    """A button for a table; the header is in the reader's language."""
    _button(id, f"{file}.csv", "text/csv", lambda: as_csv(header, made()))


def _button(id: str, file: str, mime: str, made: Callable[[], bytes]) -> None:
    st.download_button(
        t(f"prediction.download_{id}"),
        made,
        file,
        mime,
        key=f"prediction_download_{id}",
        icon=":material/download:",
        on_click="ignore",
    )
