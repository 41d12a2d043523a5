"""What each published file needs of a photograph, and why, below the networks side by side."""

from __future__ import annotations

import streamlit as st

from alexnet.architecture import LocalResponseNormalization, Pooling
from alexnet.ui.language import t
from alexnet.weights.catalogue import PUBLISHED, Published


def draw() -> None:
    """A line for each file of the catalogue, and the reasons below."""
    st.subheader(t("layers.files"), anchor=False)
    with st.container(key="layers_published"):  # whose long file names may break, see frame.css
        st.table([line(entry) for entry in PUBLISHED.values()], hide_index=True)
    for why in ("size", "order", "mean", "rows"):
        st.markdown(t(f"layers.files_why_{why}"))


def line(entry: Published) -> dict[str, str]:
    """What a file needs: by the heads of its columns."""
    preparation, network = entry.preparation, entry.network
    if all(one == 1.0 for one in preparation.deviation):
        scale = t("layers.files_less", mean=" / ".join(f"{value:.0f}" for value in mean(entry)))
    else:
        scale = t("layers.files_standard", mean=" / ".join(f"{value:.3f}" for value in mean(entry)))
    return {
        t("layers.files_column_file"): ", ".join(file.name for file in entry.files),
        t("layers.files_column_size"): t(
            "layers.files_crop" if preparation.crop else "layers.files_whole",
            size=network.size,
            resolution=preparation.resolution,
        ),
        t("layers.files_column_order"): t(f"layers.files_{preparation.channel_order}"),
        t("layers.files_column_mean"): scale,
        t("layers.files_column_rows"): t(f"layers.files_{order(entry)}"),
    }


def mean(entry: Published) -> tuple[float, ...]:
    """What is taken from each colour, in the order in which the network reads them: of 255, or of 1."""
    found = entry.preparation.mean
    if any(one != 1.0 for one in entry.preparation.deviation):
        found = (found[0] / 255, found[1] / 255, found[2] / 255)
    return found if entry.preparation.channel_order == "rgb" else found[::-1]


def order(entry: Published) -> str:
    """Which of the two stands first in layer 1: ``normalize_pool``, ``pool_normalize``, or only ``pool``."""
    for row in entry.network.rows:
        if isinstance(row, LocalResponseNormalization):
            return "normalize_pool"
        if isinstance(row, Pooling):
            break
    later = any(isinstance(row, LocalResponseNormalization) for row in entry.network.rows)
    return "pool_normalize" if later else "pool"
