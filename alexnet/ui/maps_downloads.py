"""What can be taken away from the Maps page: pictures as PNG, tables as CSV that Excel opens with Hangul."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

import streamlit as st

from alexnet.ui.language import t

Cell = str | int | float | None


def csv_bytes(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """A table as CSV: UTF-8 with the mark by which Excel knows it, lines as RFC 4180 has them.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in (header, *rows):
        writer.writerow(
            [f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@" and cell else cell for cell in row]
        )
    return b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8")


def png_button(id: str, file: str, made: Callable[[], bytes]) -> None:
    """A button for a picture, which is made when it is pressed; ``maps.download_<id>`` names it."""
    _button(id, f"{file}.png", "image/png", made)


def csv_button(
    id: str, file: str, header: Sequence[str], made: Callable[[], Sequence[Sequence[Cell]]]
) -> None:
    """A button for a table; the header is in the reader's language."""
    _button(id, f"{file}.csv", "text/csv", lambda: csv_bytes(header, made()))


def _button(id: str, file: str, mime: str, made: Callable[[], bytes]) -> None:
    st.download_button(
        t(f"maps.download_{id}"),
        made,
        file,
        mime,
        key=f"maps_download_{id}",
        icon=":material/download:",
        on_click="ignore",
    )
