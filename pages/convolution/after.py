"""What comes after the convolution, on the same map: pooling in two ways, and normalization by neighbours."""

from __future__ import annotations

import numpy as np
import streamlit as st

from alexnet.architecture import PAPER_2012, LocalResponseNormalization
from alexnet.architecture.shapes import Windows, windows
from alexnet.facts import OVERLAPPING, PLAIN
from alexnet.ui import state
from alexnet.ui.components import sentence, source, try_this
from alexnet.ui.language import t
from pages.convolution.component import geometry, show
from pages.convolution.controls import Asked
from pages.convolution.slide import TRIES

ALPHAS = ("2e-05", "0.001", "0.01", "0.1")
"""The paper's alpha on the sum, and larger ones that make its work visible."""


def pooling(asked: Asked) -> None:
    """The view on pooling; where the map is smaller than a window, what to do about it."""
    if asked.along.output < OVERLAPPING[0]:
        st.info(
            t("convolution.map_too_small", count=asked.along.output, window=OVERLAPPING[0]),
            icon=":material/info:",
        )
        source("convolution", "pooling")
        return
    ways = {
        name: windows(asked.along.output, *way, 0, asked.rounding)
        for name, way in (("overlapping", OVERLAPPING), ("plain", PLAIN))
    }
    show(
        "pooling",
        {**asked.header(), **{name: geometry(along) for name, along in ways.items()}},
        {"levels": asked.image.levels, "kernel": asked.chosen.kernel},
    )
    sentence(_pooled(asked, ways["overlapping"], ways["plain"]))
    names = ("convolution.try_paper", "convolution.try_overhang", "convolution.try_edges")
    try_this("convolution", {name: TRIES[name] for name in names})
    source("convolution", "pooling")


def _pooled(asked: Asked, overlapping: Windows, plain: Windows) -> str:
    said = t(
        "convolution.pooled",
        count=asked.along.output,
        overlapping=overlapping.output,
        plain=plain.output,
    )
    unread = [
        t("convolution.pooled_unread", name=t(f"convolution.js_{name}"), rows=along.unused)
        for name, along in (("overlapping", overlapping), ("plain", plain))
        if along.unused
    ]
    return " ".join([said, *unread])


def neighbours(asked: Asked) -> None:
    """The view on local response normalization."""
    row = next(row for row in PAPER_2012.rows if isinstance(row, LocalResponseNormalization))
    with asked.row.container(width="content"):
        alpha = state.choice(
            "convolution_alpha",
            ALPHAS,
            label=t("convolution.alpha"),
            default=ALPHAS[2],  # the paper's changes nothing that an eye could see
            name=lambda id: t("convolution.alpha_paper") if id == ALPHAS[0] else id,
            kind="segmented",
            help=t("convolution.alpha_help"),
        )
    chosen, reach = asked.chosen, row.n // 2
    kernels, biases, first, middle = chosen.kernel[..., None], np.array([asked.bias]), 0, 0
    if chosen.unit is not None:
        place = chosen.unit.number - 1
        every, all_biases = asked.layer.kernels[chosen.id], asked.layer.biases[chosen.id]
        first, last = max(0, place - reach), min(every.shape[3], place + reach + 1)
        middle = place - first
        kernels, biases = every[..., first:last], all_biases[first:last].astype(np.float64)
        biases[middle] = asked.bias
    show(
        "neighbours",
        {
            **asked.header(),
            "biases": biases.tolist(),
            "middle": middle,
            "first": first + 1,
            "n": row.n,
            "k": row.k,
            "alpha": float(alpha),
            "beta": row.beta,
        },
        {"levels": asked.image.levels, "kernels": np.moveaxis(kernels, 3, 0)},
    )
    if chosen.unit is None:
        sentence(t("convolution.no_neighbours"))
    elif kernels.shape[3] < row.n:
        sentence(t("convolution.few_neighbours", tower=chosen.unit.tower))
    try_this(
        "convolution",
        {
            "convolution.try_alpha": {"convolution_alpha": ALPHAS[3]},
            "convolution.try_alpha_paper": {"convolution_alpha": ALPHAS[0]},
        },
    )
    source("convolution", "neighbours")
