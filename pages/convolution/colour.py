"""A grey kernel and a colour kernel of a trained network, before the same picture."""

from __future__ import annotations

from typing import Literal

import numpy as np
import streamlit as st

from alexnet.architecture.shapes import windows
from alexnet.errors import ShapeError
from alexnet.kernels import colour as kernels
from alexnet.ui import state
from alexnet.ui.choices.unit import Unit
from alexnet.ui.components import sentence, source, try_this
from alexnet.ui.language import t
from pages.convolution import kernels as convolution_kernels
from pages.convolution import layer as convolution_layer
from pages.convolution import pictures
from pages.convolution.component import geometry, show
from pages.convolution.layer import Layer

OFFERED = 5
"""So many of the greyest, and of the most colourful kernels, are there to choose from."""


def ranked(layer: Layer) -> list[tuple[float, Unit]]:
    """The kernels of all towers with their colour index, the greyest first; weak ones are left out, as what
    is left of a kernel that has faded shows little.

    Raises:
        ShapeError: kernels_all_dead; every weight is 0.
    """
    found: list[tuple[float, float, Unit]] = []
    for tower, every in enumerate(layer.kernels.values(), start=1):
        index, energy = kernels.colour_index(every), kernels.energy(every)
        found += [(float(index[n]), float(energy[n]), Unit(tower, n + 1)) for n in range(every.shape[3])]
    enough = float(np.median([energy for _, energy, _ in found]))
    order = sorted((index, unit) for index, energy, unit in found if energy >= enough and energy > 0)
    if not order:
        raise ShapeError("kernels_all_dead", kernels=len(found))
    return order


def draw() -> None:
    """The view.

    Raises:
        DataError: The trained network's weights are missing or damaged.
        ShapeError: The kernels are larger than the picture, or all of them are zero.
    """
    layer = convolution_layer.chosen()
    order = ranked(layer)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        picture = pictures.ask_source()
        image = pictures.ask_image(picture, layer)
        grey = _ask(layer, "grey", order[:OFFERED])
        colour = _ask(layer, "colour", order[: -OFFERED - 1 : -1])
    pictures.uploader()
    if image is None:
        st.caption(t("convolution.no_image"))
        return
    row = layer.way(as_network_reads=image.detail == "network")
    chosen = {
        "grey": convolution_kernels.of_unit(layer, grey),
        "colour": convolution_kernels.of_unit(layer, colour),
    }
    along = windows(image.size, len(chosen["grey"].kernel), row.stride)
    show(
        "colour",
        {
            **image.header(layer.preparation),
            "along": geometry(along),
            "biases": {name: one.bias for name, one in chosen.items()},
            "names": {name: one.name for name, one in chosen.items()},
        },
        {
            "levels": image.levels,
            "greyKernel": chosen["grey"].kernel,
            "colourKernel": chosen["colour"].kernel,
        },
    )
    index = {unit: value for value, unit in order}
    for said in doubts(index[grey], index[colour], len(chosen["grey"].kernel)):
        sentence(said)
    try_this(
        "convolution",
        {
            "convolution.try_equal": {"convolution_image": "equal_brightness"},
            "convolution.try_shapes": {"convolution_image": "shapes"},
            "convolution.try_kingfisher": {"convolution_image": "kingfisher"},
        },
    )
    source("convolution", "colour")


def doubts(grey: float, colour: float, side: int) -> list[str]:
    """Where two kernels are called grey and colour that are no more so than untrained ones, sentences saying
    so; a network that has hardly learned has only such.

    Args:
        grey: The colour index of the one.
        colour: That of the other.
        side: How wide they are.
    """
    chance = kernels.untrained(side**2)
    values = {"low": chance.low, "high": chance.high}
    found = []
    if grey >= chance.low:
        found.append(t("convolution.not_grey", index=grey, **values))
    if colour <= chance.high:
        found.append(t("convolution.not_colour", index=colour, **values))
    return found


def _ask(layer: Layer, kind: Literal["grey", "colour"], offered: list[tuple[float, Unit]]) -> Unit:
    units = {f"tower{unit.id}": (index, unit) for index, unit in offered}  # in the link ``tower2-26``

    def name(id: str) -> str:
        index, unit = units[id]
        return t("convolution.kernel_with_index", kernel=layer.kernel_name(unit), index=index)

    with st.container(width=300):
        chosen = state.choice(
            f"convolution_{kind}",
            list(units),
            label=t(f"convolution.ask_{kind}"),
            default=next(iter(units)),
            name=name,
        )
    return units[chosen][1]
