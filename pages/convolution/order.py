"""One picture as numbers in memory: channels last, and channels first."""

from __future__ import annotations

import streamlit as st

from alexnet.data import preprocess
from alexnet.ui.components import sentence, source, try_this
from alexnet.ui.language import t
from pages.convolution import pictures
from pages.convolution.component import show

HEIGHT, WIDTH = 3, 4
"""Pixels of the small picture: different, so that height and width cannot be mixed up unnoticed."""


def draw() -> None:
    """The view."""
    picture = pictures.ask_source()
    pictures.uploader()
    if picture is None:
        st.caption(t("convolution.no_image"))
        return
    small = preprocess.reduce(picture.square, WIDTH)[:HEIGHT]
    show("order", {"height": HEIGHT, "width": WIDTH}, {"levels": small})
    side = pictures.LARGEST
    sentence(
        t("convolution.order_summary", size=side, row_last=3 * side, row_first=side, channel_first=side**2)
    )
    try_this(
        "convolution",
        {
            "convolution.try_shapes": {"convolution_image": "shapes"},
            "convolution.try_kingfisher": {"convolution_image": "kingfisher"},
        },
    )
    source("convolution", "order")
