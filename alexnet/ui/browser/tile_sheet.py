"""A sheet of tiles, cut in the browser from one picture; one may be chosen by mouse, finger or keyboard.

Its code lies in ``assets/components/tiles``; the picture and texts are its data, never its code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from alexnet.figures import maps as figures
from alexnet.figures.maps import Pixels
from alexnet.ui.browser import parts, tensors

COLUMNS = 12
"""Tiles side by side in the picture that travels; on the screen their number follows from its width."""

_component = st.components.v2.component(
    "alexnet.tiles",
    html='<div class="sheet"></div>',
    css=parts.style("tiles/style"),
    js=parts.script("shared/elements", "shared/arrays", "tiles/sheet"),
)


@dataclass(frozen=True, eq=False)
class Sheet:
    """Tiles to show.

    Attributes:
        name: What they are, for those who hear the page.
        colour: Of the frame, as ``#RRGGBB``.
        picture: All of them, from ``sprite``.
        ids: Of the tiles, in order.
        captions: Below each.
        labels: Each in words, for those who hear the page, and as its hint where it can be chosen.
        least: Pixels that a tile is wide at least on the screen.
        across: Tiles side by side on the screen, however narrow; 0: as many as fit.
        dark: On a dark ground in both themes, where mid-grey tiles keep their edges; else on the page's.
    """

    name: str
    colour: str
    picture: bytes
    ids: Sequence[str]
    captions: Sequence[str]
    labels: Sequence[str]
    least: int = 56
    across: int = 0
    dark: bool = False


def sprite(tiles: Pixels) -> bytes:
    """The picture of a sheet, a PNG.

    Args:
        tiles: (n, height, width, 3).
    """
    some = tiles if len(tiles) else np.zeros((1, 1, 1, 3), np.uint8)  # a PNG has a pixel at least
    return figures.png(figures.sprite(some, COLUMNS))


def show(sheet: Sheet, key: str, *, chosen: str = "", picked: Callable[[str], None] | None = None) -> None:
    """Draw a sheet.

    Args:
        sheet: The tiles.
        key: Of the component.
        chosen: The id that is marked; none where the sheet has no such tile.
        picked: Called before the next run with the id that the reader chose; without it there is nothing to
            choose.
    """
    values = {name: value for name, value in vars(sheet).items() if name != "picture"}
    values |= {"columns": COLUMNS, "chosen": chosen, "choosable": picked is not None}

    def changed() -> None:
        value = st.session_state[key].picked
        if picked is not None and isinstance(value, str) and value in sheet.ids:
            picked(value)

    data = tensors.as_bytes(values, {"picture": np.frombuffer(sheet.picture, np.uint8)})
    _component(data=data, key=key, on_picked_change=changed)
