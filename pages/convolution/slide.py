"""The first view of the Convolution page: one kernel slides over a picture."""

from __future__ import annotations

import numpy as np
import streamlit as st

from alexnet.kernels.classical import SIDES
from alexnet.trained import catalogue
from alexnet.ui import state
from alexnet.ui.choices import model_choice
from alexnet.ui.components import sentence, source, try_this
from alexnet.ui.language import t
from pages.convolution import controls, kernels
from pages.convolution.component import show
from pages.convolution.controls import Asked
from pages.convolution.kernels import OWN

FIRST = "edge_vertical"
"""The kernel that the view opens with: of nine cells, whose digits can be read."""

_PLAIN: dict[str, state.Value] = {"convolution_padding": "0", "convolution_rounding": "down"}
# Its kernels are as large as the paper's.
_SHIPPED: dict[str, state.Value] = {model_choice.KEY: catalogue.DEFAULT, "convolution_kernel": "tower1"}
TRIES: dict[str, dict[str, state.Value]] = {
    "convolution.try_paper": {
        **_PLAIN,
        **_SHIPPED,
        "convolution_detail": "photo",
        "convolution_size": 227,
        "convolution_stride": 4,
    },
    "convolution.try_overhang": {
        **_PLAIN,
        **_SHIPPED,
        "convolution_detail": "photo",
        "convolution_size": 224,
        "convolution_stride": 4,
        "convolution_rounding": "up",
    },
    "convolution.try_edges": {
        **_PLAIN,
        "convolution_image": "shapes",
        "convolution_kernel": "edge_vertical",
        "convolution_detail": "photo",
        "convolution_size": 64,
        "convolution_stride": 1,
    },
    "convolution.try_own": {
        **_PLAIN,
        "convolution_kernel": OWN,
        "convolution_detail": "photo",
        "convolution_size": 64,
        "convolution_stride": 1,
    },
}
"""For each button, what it sets."""


def draw(asked: Asked) -> None:
    """The view."""
    chosen = asked.chosen
    opening = chosen.id == FIRST and (asked.image.size, asked.stride) == (controls.SMALL, 1)
    header = {**asked.header(), "editable": chosen.id == OWN, "plays": opening}
    arrays = {"levels": asked.image.levels, "kernel": chosen.kernel}
    if chosen.unit is not None:
        header["number"] = chosen.unit.number - 1
        arrays["bank"] = np.moveaxis(asked.layer.kernels[chosen.id], 3, 0)
    show(
        "slide",
        header,
        arrays,
        picked=kernels.keep if chosen.unit is None else kernels.pick,
    )
    if chosen.id == FIRST:
        st.button(
            t("convolution.second_step"),
            key="convolution_second_step",
            type="primary",
            icon=":material/arrow_forward:",
            on_click=state.set_choices,
            kwargs=dict(TRIES["convolution.try_paper"]),
        )
    if chosen.id != OWN and len(chosen.kernel) in SIDES:
        st.button(
            t("convolution.make_own"),
            key="convolution_make_own",
            icon=":material/edit:",
            on_click=_make_own,
            args=(asked,),
        )
    sentence(summary(asked))
    try_this("convolution", TRIES)
    source("convolution", "source")


def _make_own(asked: Asked) -> None:
    """Let the reader type over the kernel on screen; windows stay where they are, and so does the map."""
    state.set_choices(
        **kernels.start_from(asked.chosen),
        convolution_stride=asked.stride,
        convolution_padding=str(asked.padding),
        convolution_bias=asked.bias,
    )


def summary(asked: Asked) -> str:
    """What the whole map says."""
    found, along = asked.feature_map(), asked.along
    row, column = (int(place) for place in divmod(int(abs(found).argmax()), along.output))
    values = {
        "output": along.output,
        "input": along.input,
        "kernel": along.kernel,
        "stride": along.stride,
        "products": 3 * along.kernel**2,
        "all": 3 * along.kernel**2 * along.output**2,
        "strongest": float(found[row, column]),
        "row": row + 1,
        "column": column + 1,
    }
    scaling = asked.chosen.preparation.scaling
    said = f"{t('convolution.summary', **values)} {t(f'convolution.summary_scaled_{scaling}')}"
    if asked.relu:
        said = f"{said} {t('convolution.summary_relu', share=float((found > 0).mean()))}"
    if along.overhang:
        said = f"{said} {t('convolution.summary_overhang', pixels=along.overhang)}"
    return said
