"""The picture of the Convolution page: a sample, a drawn one, or the reader's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, cast

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.data import preprocess
from alexnet.data.drawn import DRAWN
from alexnet.data.samples import SAMPLES, sample, sample_name
from alexnet.data.uploads import MAX_BYTES, Note, Picture, explain_note, shown_name
from alexnet.errors import ImageError
from alexnet.recipes import Scaling
from alexnet.ui import state
from alexnet.ui.choices import album
from alexnet.ui.choices.models import Model
from alexnet.ui.components import problem
from alexnet.ui.language import current_language, t
from pages.convolution.layer import Layer

LARGEST = 227
"""Pixels along each side at most: what the study note's network reads."""

SMALLEST = 3

FIRST = "kingfisher"
"""The sample that stands there at first: it has edges and colours."""

Detail = Literal["photo", "network"]
_UPLOAD, _PROBLEM = "_convolution_upload", "_convolution_problem"


@dataclass(frozen=True, eq=False)
class Source:
    """A picture before its size is chosen.

    Attributes:
        name: In the reader's language, or a file's name as text.
        square: Its centre square, (227, 227, 3).
        coarse: The same as the networks of this app learn from, (32, 32, 3).
        notes: What was done to an upload.
    """

    name: str
    square: preprocess.Pixels
    coarse: preprocess.Pixels
    notes: tuple[Note, ...] = ()


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

    def read(self, scaling: Scaling) -> NDArray[np.float64]:
        """What a kernel reads of it, (size, size, 3)."""
        shift, unit = preprocess.shift_and_unit(scaling)
        return (self.levels.astype(np.float64) - shift) / unit

    def header(self, scaling: Scaling) -> dict[str, list[float]]:
        """How the browser reads the levels."""
        shift, unit = preprocess.shift_and_unit(scaling)
        return {"shift": shift.tolist(), "unit": unit.tolist()}


def ask_source() -> Source | None:
    """Which picture; None while the reader has not uploaded one."""
    names = {entry.id: sample_name(entry.id, current_language()) for entry in SAMPLES}
    names |= {id: t(f"convolution.drawn_{id}") for id in DRAWN}
    names["upload"] = t("convolution.image_upload")
    with st.container(width=210):
        id = state.choice(
            "convolution_image",
            list(names),
            label=t("convolution.image"),
            default=FIRST,
            name=names.__getitem__,
        )
    if id != "upload":
        return replace(_drawn(id) if id in DRAWN else _sample(id), name=names[id])
    return cast("Source | None", st.session_state.get(_UPLOAD))


def ask_image(source: Source | None, layer: Layer) -> Image | None:
    """At which size it is read; None without a picture."""
    with st.container(width="content"):
        detail = state.choice(
            "convolution_detail",
            ["photo", "network"],
            label=t("convolution.detail"),
            default="photo",
            name=lambda id: t(f"convolution.detail_{id}"),
            kind="segmented",
            help=t("convolution.detail_help", coarse=preprocess.RESOLUTION, size=layer.network.size),
        )
    size = LARGEST
    if detail == "photo":
        with st.container(width=120):
            size = int(
                state.number(
                    "convolution_size",
                    label=t("convolution.size"),
                    default=LARGEST,
                    low=SMALLEST,
                    high=LARGEST,
                )
            )
    if source is None:
        return None
    if detail == "network":
        return Image(source.name, _enlarged(source, layer.model), "network")
    return Image(source.name, preprocess.reduce(source.square, size), "photo")


def as_network_reads(source: Source, model: Model) -> NDArray[np.float32]:
    """What a trained network reads of a picture, (size, size, 3), scaled."""
    return preprocess.scale(_enlarged(source, model), model.preparation.scaling)


def _enlarged(source: Source, model: Model) -> NDArray[np.float32]:
    (image,) = preprocess.enlarge(source.coarse[None], model.network.size, model.preparation.resize)
    return np.asarray(image)


def uploader() -> None:
    """Where the reader gives a picture of their own, if they chose to; notes on the one that they gave."""
    if state.wish("convolution_image") != "upload":
        return
    st.file_uploader(
        t("convolution.upload"),
        max_upload_size=MAX_BYTES // 2**20,
        key=album.widget_key("convolution_file"),
        on_change=_take,
        help=t("convolution.upload_help", side=LARGEST),
    )
    error = st.session_state.get(_PROBLEM)
    if error is not None:
        problem(error)
    source = cast("Source | None", st.session_state.get(_UPLOAD))
    for note in () if source is None else source.notes:
        st.caption(explain_note(note, current_language()))


def _take() -> None:
    held = st.session_state.get(album.widget_key("convolution_file"))
    if held is None:
        return
    st.session_state[_PROBLEM] = None
    try:
        st.session_state[_UPLOAD] = _source(album.decoded(held))
    except ImageError as error:
        # Without its traceback, which would keep the file in memory.
        st.session_state[_PROBLEM] = ImageError(error.id, **error.values)
    album.empty_widgets()


def _source(picture: Picture) -> Source:
    square, coarse = (preprocess.reduce(picture.pixels, side) for side in (LARGEST, preprocess.RESOLUTION))
    return Source(shown_name(picture.name), square, coarse, picture.notes)


@st.cache_resource(show_spinner=False)
def _sample(id: str) -> Source:
    return _source(sample(id))


@st.cache_resource(show_spinner=False)
def _drawn(id: str) -> Source:
    return _source(Picture(DRAWN[id](LARGEST), id))
