"""A sheet of kernels in which one is chosen, by mouse, finger or keyboard.

The browser enlarges the tiles and lays them out as large as fits; what travels is one pixel for each weight.
Its code lies in ``assets/components``; pixels and texts are its data, never its code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from alexnet.figures.kernels import Pixels
from alexnet.home import ASSETS
from alexnet.ui.browser.packing import pack

_FOLDER = ASSETS / "components"
_PARTS = ("convolution/core", "convolution/paint", "convolution/stage", "kernels/sheet")
"""The files that make up the module, in the order in which they need one another."""


def _code() -> str:
    return "\n".join((_FOLDER / f"{part}.js").read_text(encoding="utf-8") for part in _PARTS)


_component = st.components.v2.component(
    "alexnet.kernels.colour",
    html='<div class="sheet"></div>',
    css=(_FOLDER / "kernels" / "style.css").read_text(encoding="utf-8"),
    js=_code(),
)


@dataclass(frozen=True, eq=False)
class Sheet:
    """What a sheet shows.

    Attributes:
        name: Whose kernels, for whoever does not see them.
        colour: Of the frame.
        pixels: (tiles, height, width, 3), from ``figures.kernels.tiles``.
        numbers: Which kernel each tile is.
        captions: Below each tile.
        labels: What a tile is called, for whoever does not see it, and as its hint.
        across: Tiles side by side; 0: as many as fit.
    """

    name: str
    colour: str
    pixels: Pixels
    numbers: Sequence[int]
    captions: Sequence[str]
    labels: Sequence[str]
    across: int = 0


def show(key: str, sheet: Sheet, chosen: int | None, picked: Callable[[int], None]) -> None:
    """Draw it.

    Args:
        key: Of the widget.
        sheet: What it shows.
        chosen: The kernel that is marked; None where it is on another sheet.
        picked: Called before the next run with the kernel that the reader chose.
    """
    _component(data=packed(sheet, chosen), key=key, on_picked_change=lambda: _read(key, sheet, picked))


def packed(sheet: Sheet, chosen: int | None) -> bytes:
    """What travels to the browser."""
    _, height, width, _ = sheet.pixels.shape
    header: Mapping[str, object] = {
        "name": sheet.name,
        "colour": sheet.colour,
        "height": height,
        "width": width,
        "numbers": list(sheet.numbers),
        "captions": list(sheet.captions),
        "labels": list(sheet.labels),
        "across": sheet.across,
        "chosen": chosen,
    }
    return pack(header, {"pixels": sheet.pixels})


def _read(key: str, sheet: Sheet, picked: Callable[[int], None]) -> None:
    """Take what the browser says: ``{"number": 3}``, or anything."""
    value = st.session_state[key].picked
    number = value.get("number") if isinstance(value, Mapping) else None
    if isinstance(number, int) and not isinstance(number, bool) and number in sheet.numbers:
        picked(number)
