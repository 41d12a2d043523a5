"""A grey kernel and a colour kernel of the shipped network, before the same picture."""

from __future__ import annotations

from typing import Literal

import numpy as np
import streamlit as st

from alexnet import kernels
from alexnet.architecture import PAPER_2012
from alexnet.shapes import windows
from alexnet.ui import convolution_kernels, convolution_pictures, state
from alexnet.ui.components import source, try_this
from alexnet.ui.convolution_component import geometry, show
from alexnet.ui.convolution_kernels import TOWERS
from alexnet.ui.language import t

OFFERED = 5
"""So many of the greyest, and of the most colourful kernels, are there to choose from."""

Place = tuple[str, int]


def ranked() -> list[tuple[float, Place]]:
    """The kernels of both towers with their colour index, the greyest first; weak ones are left out, as what
    is left of a kernel that has faded shows little.

    Raises:
        DataError: The shipped network's weights are missing or damaged.
    """
    found: list[tuple[float, float, Place]] = []
    for id in TOWERS:
        every, _ = convolution_kernels.tower(id)
        index, energy = kernels.colour_index(every), kernels.energy(every)
        found += [(float(index[n]), float(energy[n]), (id, n)) for n in range(every.shape[3])]
    enough = float(np.median([energy for _, energy, _ in found]))
    return sorted((index, place) for index, energy, place in found if energy >= enough)


def draw() -> None:
    """The view.

    Raises:
        DataError: The shipped network's weights are missing or damaged.
        ShapeError: The kernels are larger than the picture.
    """
    order = ranked()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        picture = convolution_pictures.ask_source()
        image = convolution_pictures.ask_image(picture)
        grey = _ask("grey", order[:OFFERED])
        colour = _ask("colour", order[: -OFFERED - 1 : -1])
    convolution_pictures.uploader()
    if image is None:
        st.caption(t("convolution.no_image"))
        return
    row = PAPER_2012.first_convolution
    chosen = {"grey": convolution_kernels.of_tower(*grey), "colour": convolution_kernels.of_tower(*colour)}
    along = windows(image.size, len(chosen["grey"].kernel), row.stride)
    show(
        "colour",
        {
            **image.header("standardized"),
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
    try_this(
        "convolution",
        {
            "convolution.try_equal": {"convolution_image": "equal_brightness"},
            "convolution.try_shapes": {"convolution_image": "shapes"},
            "convolution.try_kingfisher": {"convolution_image": "kingfisher"},
        },
    )
    source("convolution", "colour")


def _ask(kind: Literal["grey", "colour"], offered: list[tuple[float, Place]]) -> Place:
    places = {f"{id}-{number + 1}": (index, (id, number)) for index, (id, number) in offered}

    def name(id: str) -> str:
        index, (tower, number) = places[id]
        kernel = t("convolution.kernel_of_tower", tower=TOWERS.index(tower) + 1, number=number + 1)
        return t("convolution.kernel_with_index", kernel=kernel, index=index)

    with st.container(width=300):
        chosen = state.choice(
            f"convolution_{kind}",
            list(places),
            label=t(f"convolution.ask_{kind}"),
            default=next(iter(places)),
            name=name,
        )
    return places[chosen][1]
