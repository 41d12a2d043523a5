"""What can be taken away from the Maps page: pictures as PNG, tables as CSV."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import streamlit as st

from alexnet.figures.spreadsheet import Cell, as_csv
from alexnet.ui.language import t


class Item(NamedTuple):
    """One thing to take away; ``maps.download_<id>`` names it."""

    id: str
    file: str
    mime: str
    made: Callable[[], bytes]


def png(id: str, file: str, made: Callable[[], bytes]) -> Item:
    """A picture, which is made when its button is pressed; ``file`` is its name without the ending."""
    return Item(id, f"{file}.png", "image/png", made)


def csv(id: str, file: str, header: Sequence[str], made: Callable[[], Sequence[Sequence[Cell]]]) -> Item:
    """A table; the header is in the reader's language."""
    return Item(id, f"{file}.csv", "text/csv", lambda: as_csv(header, made()))


def offer(items: Sequence[Item]) -> None:
    """The page's one row of buttons."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for item in items:
            st.download_button(
                t(f"maps.download_{item.id}"),
                item.made,
                item.file,
                item.mime,
                key=f"maps_download_{item.id}",
                icon=":material/download:",
                on_click="ignore",
            )
