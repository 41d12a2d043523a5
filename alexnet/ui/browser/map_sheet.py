"""Maps as tiles on a page, cut in the browser from one picture; a tile is chosen by click, touch or keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from alexnet.home import ASSETS
from alexnet.ui.browser.packing import pack

_FOLDER = ASSETS / "components" / "maps"

_sheet = st.components.v2.component(
    "alexnet.maps",
    html='<div class="sheet"></div>',
    css=(_FOLDER / "sheet.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "sheet.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, eq=False)
class Sheet:
    """Tiles to show.

    Attributes:
        name: What they are, for those who hear the page.
        colour: Of the frame, as ``#RRGGBB``.
        picture: A PNG with all tiles, row by row, without gaps.
        columns: Tiles side by side in it.
        aspect: A tile's width by its height.
        ids: Of the tiles, in order.
        captions: Below each.
        labels: Each in words.
        least: Pixels that a tile is wide at least on the screen.
    """

    name: str
    colour: str
    picture: bytes
    columns: int
    aspect: float
    ids: Sequence[str]
    captions: Sequence[str]
    labels: Sequence[str]
    least: int = 56


def show(sheet: Sheet, key: str, *, chosen: str = "", picked: Callable[[str], None] | None = None) -> None:
    """Draw a sheet.

    Args:
        sheet: The tiles.
        key: Of the component.
        chosen: The id that is marked.
        picked: Called with the id that the reader chose; without it there is nothing to choose.
    """
    header = {name: value for name, value in vars(sheet).items() if name != "picture"}
    header |= {"chosen": chosen, "choosable": picked is not None}

    def changed() -> None:
        value = st.session_state[key].picked
        if picked is not None and value in sheet.ids:
            picked(value)

    data = pack(header, {"picture": np.frombuffer(sheet.picture, np.uint8)})
    _sheet(data=data, key=key, on_picked_change=changed)
