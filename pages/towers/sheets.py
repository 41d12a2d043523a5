"""The first kernels of one training of the towers' experiment, side by side, after an epoch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from alexnet.errors import DataError
from alexnet.figures.kernels import as_pixels, contact_sheet, own_limits, png
from alexnet.figures.tower_division import Side
from alexnet.kernels.colour import colour_index
from alexnet.studies.points import KernelsByEpoch, Point, Result, kernels_file
from alexnet.ui.components import pixels, problem
from alexnet.ui.language import t

_COLUMNS = 8


def sheets(point: Point, result: Result, epoch: int, sides: Sequence[Side]) -> None:
    """A contact sheet for each side, the most grey kernel first; or why there is none."""
    try:
        pictures = _pictures(point.id, result.seed, epoch, tuple(side.colour for side in sides))
    except DataError as error:
        problem(error)
        return
    line = result.colour[epoch]
    for number, (column, side) in enumerate(zip(st.columns(len(sides)), sides, strict=True)):
        with column:
            st.markdown(f"**{side.name}**")
            caption = t("towers.sheet", median=line["medians"][number], epoch=epoch)
            pixels(pictures[number], caption, brief=True)


@st.cache_resource(show_spinner=False, max_entries=256)
def _pictures(point: str, seed: int, epoch: int, colours: tuple[str, ...]) -> tuple[bytes, ...]:
    kernels = KernelsByEpoch(kernels_file("tower_split", point, seed)).kernels(epoch)
    drawn = []
    for colour, weights in zip(colours, np.split(kernels, len(colours), axis=-1), strict=True):
        index = colour_index(weights)
        order = np.argsort(index, kind="stable")  # a dead kernel has no index and comes last
        picture, _ = contact_sheet(
            as_pixels(weights, own_limits(weights)), index, order.tolist(), colour, _COLUMNS
        )
        drawn.append(png(picture))
    return tuple(drawn)
