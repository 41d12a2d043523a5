"""One unit of a layer on the Maps page: its name, what it responded to, as pictures and in words."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.data import preprocess
from alexnet.figures import maps as figures
from alexnet.figures.kernels import as_pixels, own_limits
from alexnet.kernels import colour
from alexnet.trained.record import Trained
from alexnet.ui.choices import models
from alexnet.ui.choices.unit import Unit
from alexnet.ui.components import pixels, sentence
from alexnet.ui.language import current_language, t
from pages.maps.downloads import Item, png
from pages.maps.responses import Responses

STRIP = 240
"""Pixels along each side of a picture in the strip."""


def known_class(shown: Responses, unit: Unit) -> str | None:
    """The name of the class that a unit of the last layer stands for; None in any other layer."""
    if shown.layer.name != shown.shapes[-1].row.name:
        return None
    return shown.model.classes[unit.number - 1].name(current_language())


def unit_name(shown: Responses, unit: Unit) -> str:
    """A unit in words."""
    name = known_class(shown, unit)
    if name is not None:
        return t("maps.unit_class", name=name)
    kind = "dense" if shown.layer.dense else "map"
    if len(shown.towers) == 1:
        return t(f"maps.unit_{kind}_single", number=unit.number)
    return t(f"maps.unit_{kind}", number=unit.number, tower=unit.tower)


def detail(shown: Responses, unit: Unit) -> Item:
    """Draw it; what can be taken away of it.

    Raises:
        DataError: The model's files are missing or damaged.
    """
    strip, caption = _strip(shown, unit)
    st.markdown(f"**{unit_name(shown, unit)}**")
    pixels(strip, t(caption), brief=True)
    sentence(_said(shown, unit))
    return png("unit", f"{shown.model.network.id}_{shown.layer.name}_{unit.id}", lambda: strip)


def _strip(shown: Responses, unit: Unit) -> tuple[bytes, str]:
    """The picture, the patch that excites the unit most, its kernel if it reads the picture, and its map, and
    the key of the words that name them. Of a dense unit there is only the picture.
    """
    photograph = preprocess.seen(shown.input, shown.model.preparation)
    if shown.layer.dense:
        return figures.png(figures.grid([[photograph]], STRIP)), "maps.strip_dense"
    place, tint = shown.place(unit), shown.colour(unit.tower)
    box = shown.seen(place)
    limit = np.array([np.abs(shown.map(unit)).max()])
    map_ = figures.tiles(shown.map(unit)[..., None], limit)[0]
    across = shown.side
    spot = (place[0] / across, place[1] / across, (place[0] + 1) / across, (place[1] + 1) / across)
    parts, caption = [figures.marked(photograph, box, tint, STRIP)], "maps.strip_whole"
    if shown.field < shown.model.network.size:
        parts.append(figures.cut(photograph, box))
        caption = "maps.strip"
        if _reads_picture(shown):
            parts.append(_kernel(shown.model, unit))
            caption = "maps.strip_kernel"
    parts.append(figures.marked(map_, spot, tint, STRIP))
    return figures.png(figures.grid([parts], STRIP)), caption


def _reads_picture(shown: Responses) -> bool:
    return shown.layer.name == shown.model.network.first_convolution.name


def _weights(model: Trained, unit: Unit) -> NDArray[np.float32]:
    """Its kernel as the only one of a row: (height, width, 3, 1)."""
    return np.asarray(models.first_kernels(model)[unit.tower - 1][..., unit.number - 1, None])


def _kernel(model: Trained, unit: Unit) -> NDArray[np.uint8]:
    weights = _weights(model, unit)
    return as_pixels(weights, own_limits(weights))[..., 0]


def _said(shown: Responses, unit: Unit) -> str:
    value, size = shown.peak(unit), shown.model.network.size
    if shown.layer.dense:
        rank = shown.order(unit.tower).index(unit.number - 1) + 1
        case = "dense" if known_class(shown, unit) is None else "probability"
        count = len(shown.peaks[unit.tower - 1])
        return t(f"maps.unit_said_{case}", answer=value, rank=rank, count=count)
    if value <= 0:
        return t("maps.unit_silent")
    row, column = shown.place(unit)
    case = "whole" if shown.field >= size else "part"
    said = t(
        f"maps.unit_said_{case}",
        answer=value,
        row=row + 1,
        column=column + 1,
        field=shown.field,
        size=size,
    )
    if not _reads_picture(shown):
        return said
    (index,) = colour.colour_index(_weights(shown.model, unit))
    return said if np.isnan(index) else f"{said} {t('maps.unit_index', index=float(index))}"
