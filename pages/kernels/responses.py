"""How the chosen kernel responds to a picture: its map, and the places where it responds most."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.architecture.shapes import Windows, windows
from alexnet.data import preprocess
from alexnet.figures.kernel_responses import marked_map, marked_picture, patches
from alexnet.figures.kernels import as_pixels, own_limits, png
from alexnet.kernels.peaks import Place, patch, strongest
from alexnet.numerics import operations
from alexnet.trained.record import Trained
from alexnet.ui import pages
from alexnet.ui.choices import photograph
from alexnet.ui.choices.unit import Unit
from alexnet.ui.components import pixels, sentence
from alexnet.ui.language import t
from pages.kernels import choice, downloads
from pages.kernels.first_layer import FirstLayer

BEST = 5
"""Places that are marked."""


class Responses(NamedTuple):
    """A kernel's responses to a picture.

    Attributes:
        map: Before bias and activation, (output, output).
        places: The best ones first.
        picture, drawn, seen: PNG files: the picture with the places marked, the map, the kernel and patches.
    """

    map: NDArray[np.float64]
    places: list[Place]
    picture: bytes
    drawn: bytes
    seen: bytes


def draw(layer: FirstLayer, epoch: int, chosen: Unit) -> downloads.Files:
    """The choice of a picture, and the responses to it; returns what can be taken away."""
    st.markdown(f"#### {t('kernels.answers')}")
    with st.container(width=240):
        id = photograph.ask_name(
            "kernels_image",
            t("kernels.image"),
            help=t("kernels.image_help", size=layer.model.network.size),
        )
    found = _responses(*layer.model.version, epoch, chosen, id, layer)
    left, right = st.columns(2)
    with left:
        pixels(found.picture, t("kernels.picture_caption"))
    with right:
        pixels(found.drawn, t("kernels.map_caption", limit=float(np.abs(found.map).max())))
    if found.places:
        pixels(found.seen, t("kernels.patches_caption"))
        best, spread = found.places[0], float(found.map.std())
        sentence(
            t(
                "kernels.answers_best",
                value=best.value,
                row=best.row + 1,
                column=best.column + 1,
                times=best.value / spread if spread else 0.0,
                positive=float((found.map > 0).mean()),
            )
        )
    else:
        sentence(t("kernels.answers_none"))
    if pages.listed("maps"):
        st.page_link(pages.page("maps"), label=t("kernels.to_maps"), icon=":material/arrow_forward:")
    stem = f"{choice.file(layer, chosen)}_{id}"
    return {
        f"{stem}.png": lambda: found.picture,
        f"{stem}_map.png": lambda: found.drawn,
        f"{stem}_places.png": lambda: found.seen,
    }


def along(model: Trained) -> Windows:
    """Where the windows of a model's first layer stand, the same down and across."""
    row = model.network.first_convolution
    rounding = model.network.rounding.convolution
    return windows(model.network.size, row.kernel, row.stride, row.padding, rounding)


def respond(model: Trained, kernel: NDArray[np.floating], read: NDArray[np.floating]) -> NDArray[np.float64]:
    """The map of one kernel, before bias and activation.

    Args:
        model: Whose first layer it belongs to.
        kernel: (height, width, 3), red first.
        read: What the network reads, (size, size, 3), red first.
    """
    row = model.network.first_convolution
    found = operations.convolution(
        read,
        kernel[..., None],
        stride=row.stride,
        padding=row.padding,
        rounding=model.network.rounding.convolution,
    )
    return found[..., 0]


@st.cache_resource(show_spinner=False, max_entries=128)
def _responses(path: str, version: int, epoch: int, chosen: Unit, id: str, _layer: FirstLayer) -> Responses:
    model = _layer.model
    kernel = _layer.kernel(chosen, epoch)
    (read,) = model.reads([photograph.sample_shot(id).square])
    picture, where = preprocess.seen(read, model.preparation), along(model)
    found = respond(model, kernel, preprocess.red_first(read, model.preparation))
    places = strongest(found, where, BEST)
    drawn = as_pixels(kernel[..., None], own_limits(kernel[..., None]))[..., 0]
    seen = patches(drawn, [patch(picture, place, where) for place in places])
    return Responses(
        found,
        places,
        png(marked_picture(picture, places, where)),
        png(marked_map(found, places)),
        png(seen),
    )
