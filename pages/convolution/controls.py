"""What the views about one kernel ask: picture, kernel, and how the kernel goes over the picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal, cast

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from alexnet.architecture import Round
from alexnet.architecture.shapes import Windows, windows
from alexnet.numerics.operations import Floats, convolution, relu
from alexnet.ui import state
from alexnet.ui.components import settings
from alexnet.ui.language import t
from pages.convolution import kernels, pictures
from pages.convolution import layer as convolution_layer
from pages.convolution.component import geometry
from pages.convolution.kernels import Chosen
from pages.convolution.layer import Layer
from pages.convolution.pictures import Image

PADDINGS = ("0", "1", "2", "3", "5", "same")
ROUNDINGS: tuple[Round, ...] = ("down", "up")
PHOTO = pictures.LARGEST
SMALL = 64  # pixels where nobody trained the kernel: windows of 3 pixels are large enough to be followed
STRIDES = 12
BIASES = 100.0  # as far as a bias can be moved from 0


@dataclass(frozen=True, eq=False)
class Asked:
    """What a view is about.

    Attributes:
        layer: The trained layer that kernels are taken from.
        image: The picture.
        chosen: The kernel.
        bias: As the reader set it.
        stride, padding, rounding: How windows stand.
        relu: Whether negative sums become 0.
        along: The windows along one side.
        row: The page's row of controls, for what a view asks besides.
    """

    layer: Layer
    image: Image
    chosen: Chosen
    bias: float
    stride: int
    padding: int | Literal["same"]
    rounding: Round
    relu: bool
    along: Windows
    row: DeltaGenerator

    def feature_map(self) -> Floats:
        """The whole map, (output, output), by ``alexnet.numerics.operations``."""
        answer = convolution(
            self.image.read(self.chosen.preparation),
            self.chosen.kernel[..., None],
            np.array([self.bias]),
            stride=self.stride,
            padding=self.padding,
            rounding=self.rounding,
        )[..., 0]
        return relu(answer) if self.relu else answer

    def header(self) -> dict[str, object]:
        """The same for the browser, but for the arrays."""
        return {
            **self.image.header(self.chosen.preparation),
            "along": geometry(self.along),
            "bias": self.bias,
            "relu": self.relu,
            "names": {"image": self.image.name, "kernel": self.chosen.name},
        }


def ask(default: str) -> Asked | None:
    """Draw picture and kernel in a row, and fold the rest; None while there is no picture.

    Args:
        default: The kernel that stands when none was chosen.

    Raises:
        DataError: The trained network's weights are missing or damaged.
        ShapeError: The kernel is larger than the picture with its padding.
    """
    layer = convolution_layer.chosen()
    kernels.adopt()
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with row:
        source = pictures.ask_source()
        chosen = kernels.ask_kernel(layer, default)
    with (
        settings("convolution", *_set(layer, chosen)),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        image = pictures.ask_image(source, layer, PHOTO if chosen.unit is not None else SMALL)
        stride, padding, rounding, bias, rectified = _ask_way(layer, chosen)
    pictures.uploader()
    if chosen.unit is not None and layer.normalized:
        st.caption(t("convolution.then_normalized"))
    if image is None:
        st.caption(t("convolution.no_image"))
        return None
    along = windows(image.size, len(chosen.kernel), stride, padding, rounding)
    return Asked(layer, image, chosen, bias, stride, padding, rounding, rectified, along, row)


def _set(layer: Layer, chosen: Chosen) -> Iterator[str]:
    """What the folded controls are set to, before they are drawn."""
    own = _defaults(layer, chosen)
    if state.requested("convolution_detail") != "network":
        usual = PHOTO if chosen.unit is not None else SMALL
        size = state.stands("convolution_size", usual, partial(_between, pictures.SMALLEST, pictures.LARGEST))
        yield f"{size} px"
    stride = state.stands(
        "convolution_stride", own["stride"], partial(_between, 1, max(STRIDES, cast(int, own["stride"])))
    )
    padding = state.stands("convolution_padding", own["padding"], (*PADDINGS, own["padding"]).__contains__)
    yield f"{t('convolution.stride')} {stride}"
    yield f"{t('convolution.padding')} {padding}"


def _between(low: int, high: int, text: str) -> bool:
    return text.isascii() and text.isdigit() and low <= int(text[:9]) <= high


def _ask_way(layer: Layer, chosen: Chosen) -> tuple[int, int | Literal["same"], Round, float, bool]:
    own = _defaults(layer, chosen)
    most = max(BIASES, abs(chosen.bias))  # that of a training that exploded can be any
    own_stride, own_padding = cast(int, own["stride"]), cast(str, own["padding"])
    with st.container(width=120):
        stride = state.number(
            "convolution_stride",
            label=t("convolution.stride"),
            default=own_stride,
            low=1,
            high=max(STRIDES, own_stride),
        )
    with st.container(width=120):
        padding = state.choice(
            "convolution_padding",
            list(dict.fromkeys((*PADDINGS, own_padding))),
            label=t("convolution.padding"),
            default=own_padding,
            name=str,
            help=t("convolution.padding_help"),
        )
    with st.container(width="content"):
        rounding = state.choice(
            "convolution_rounding",
            ROUNDINGS,
            label=t("convolution.rounding"),
            default=ROUNDINGS[0],
            name=lambda id: t(f"convolution.rounding_{id}"),
            kind="segmented",
            help=t("convolution.rounding_help"),
        )
    with st.container(width=120):
        bias = state.number(
            "convolution_bias",
            label=t("convolution.bias"),
            default=float(chosen.bias),
            low=-most,
            high=most,
            step=0.1,
            format="%.3f",
        )
    with st.container(width="content"):
        rectified = state.toggle("convolution_relu", label=t("convolution.relu"), default=True)
    zeros: int | Literal["same"] = "same" if padding == "same" else int(padding)
    return int(stride), zeros, cast(Round, rounding), float(bias), rectified


def _defaults(layer: Layer, chosen: Chosen) -> Mapping[str, state.Value]:
    """Where nothing was chosen: the trained layer's way, and every pixel for a kernel that nobody trained."""
    if chosen.unit is None:
        return {"stride": 1, "padding": "0"}
    row = layer.way(as_network_reads=state.requested("convolution_detail") == "network")
    return {"stride": row.stride, "padding": str(row.padding)}
