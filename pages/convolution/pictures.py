"""The picture of the Convolution page: a sample, a drawn one, or the reader's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.data import preprocess
from alexnet.data.drawn import DRAWN
from alexnet.data.preparation import Preparation
from alexnet.data.uploads import explain_note
from alexnet.trained.record import Trained
from alexnet.ui import state
from alexnet.ui.choices import album, photograph
from alexnet.ui.language import current_language, t
from pages.convolution.layer import Layer

LARGEST = 227
"""Pixels along each side at most: what the study note's network reads."""

SMALLEST = 3

OWN = "upload"
Detail = Literal["photo", "network"]


@dataclass(frozen=True, eq=False)
class Source:
    """A picture before its size is chosen.

    Attributes:
        name: In the reader's language, or a file's name as text.
        square: Its centre square, (side, side, 3).
    """

    name: str
    square: preprocess.Pixels


@dataclass(frozen=True, eq=False)
class Image:
    """The picture that a view is about.

    Attributes:
        name: In the reader's language.
        levels: (size, size, 3), 0 to 255; float32 where the network's interpolation made them.
        detail: As a photograph has it, or as the trained network reads it.
    """

    name: str
    levels: NDArray[np.uint8] | NDArray[np.float32]
    detail: Detail

    @property
    def size(self) -> int:
        """Pixels along each side."""
        return len(self.levels)

    def read(self, preparation: Preparation) -> NDArray[np.float64]:
        """What a kernel reads of it, (size, size, 3)."""
        shift, unit = preprocess.shift_and_unit(preparation)
        return (self.levels.astype(np.float64) - shift) / unit

    def header(self, preparation: Preparation) -> dict[str, list[float]]:
        """How the browser reads the levels."""
        shift, unit = preprocess.shift_and_unit(preparation)
        return {"shift": shift.tolist(), "unit": unit.tolist()}


def ask_source() -> Source | None:
    """Which picture; None while the reader has not uploaded one."""
    drawn = {id: t(f"convolution.drawn_{id}") for id in DRAWN}
    with st.container(width=210):
        id = photograph.ask_name(
            "convolution_image", t("convolution.image"), more=drawn | {OWN: t("convolution.image_upload")}
        )
    if id in DRAWN:
        return Source(drawn[id], _drawn(id))
    if id == OWN:
        with st.container(width=210):
            shot = photograph.ask_own("convolution")
    else:
        shot = photograph.sample_shot(id)
    return None if shot is None else Source(shot.name, shot.square)


def ask_image(source: Source | None, layer: Layer, usual: int = LARGEST) -> Image | None:
    """At which size it is read, usually this one; None without a picture."""
    with st.container(width="content"):
        detail = state.choice(
            "convolution_detail",
            ["photo", "network"],
            label=t("convolution.detail"),
            default="photo",
            name=lambda id: t(f"convolution.detail_{id}"),
            kind="segmented",
            help=t("convolution.detail_help", coarse=layer.preparation.resolution, size=layer.network.size),
        )
    size = usual
    if detail == "photo":
        with st.container(width=120):
            size = int(
                state.number(
                    "convolution_size",
                    label=t("convolution.size"),
                    default=usual,
                    low=SMALLEST,
                    high=LARGEST,
                )
            )
    if source is None:
        return None
    if detail == "network":
        return Image(source.name, layer.model.levels(source.square), "network")
    return Image(source.name, preprocess.reduce(source.square, size), "photo")


def as_network_reads(source: Source, model: Trained) -> NDArray[np.float32]:
    """What a trained network reads of a picture, (size, size, 3), scaled."""
    return np.asarray(model.reads([source.square])[0])


def uploader() -> None:
    """Where the reader gives pictures of their own, if they chose to; notes on the newest one."""
    if state.requested("convolution_image") != OWN:
        return
    photograph.take("convolution", "upload")
    for shot in album.pictures()[:1]:
        for note in shot.notes:
            st.caption(explain_note(note, current_language()))


@st.cache_resource(show_spinner=False)
def _drawn(id: str) -> preprocess.Pixels:
    return DRAWN[id](LARGEST)
