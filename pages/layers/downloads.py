"""What can be taken away from the table of layers: Keras code, CSV, Markdown, and the pictures as SVG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

import streamlit as st

from alexnet.architecture import Network
from alexnet.architecture.shapes import LayerShape
from alexnet.figures import diagram, layer_text
from alexnet.figures.svg import standalone
from alexnet.figures.theme import FONT, LAYER_COLOURS
from alexnet.ui import state
from alexnet.ui.language import t
from pages.layers.controls import Asked


def downloads(asked: Asked, layers: Sequence[LayerShape], windows: str | None, layer: str) -> None:
    """A row of buttons.

    Args:
        asked: The network of the table.
        layers: All its layers, computed.
        windows: The picture of the chosen layer's windows; None where it has none.
        layer: The chosen layer's name.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{t('layers.take_away')}**", width="content")
        keras_code(asked.network)
        buttons(asked, layers)
        if windows is not None:
            markup = windows
            name = f"{_name(asked)}_{layer}.svg"
            _button("windows", name, "image/svg+xml", lambda: standalone(markup, FONT).encode())


def keras_code(network: Network, *, fits: bool = True) -> None:
    """Keras code that builds the network, in the caller's row; of one tower also as a class.

    Args:
        network: Its rows.
        fits: Whether every row does; else there is nothing to build.
    """
    form = "functional"
    if network.towers == 1:
        form = state.choice(
            "layers_code",
            ["functional", "class"],
            label=t("layers.code"),
            default="functional",
            name=lambda id: t(f"layers.code_{id}"),
            kind="segmented",
            help=t("layers.code_help"),
        )
    st.download_button(
        t("layers.download_keras"),
        lambda: _source(network, form),
        f"{network.id}.py",
        "text/x-python",
        key="layers_keras",
        icon=":material/code:",
        on_click="ignore",
        disabled=not fits,
        help=t("layers.keras_help"),
    )


def _source(network: Network, form: str) -> str:
    # The exporter lives beside the Keras models: only who wants code waits for TensorFlow.
    from alexnet.network.source import Form, keras_source

    return keras_source(network, cast(Form, form))


def buttons(asked: Asked, layers: Sequence[LayerShape]) -> None:
    """The table as CSV and Markdown, and the network's picture, in the caller's row."""
    columns = {
        column: t(f"layers.text_{column}") if column in _OWN else t(f"layers.column_{column}")
        for column in layer_text.COLUMNS
    }
    kinds = {kind: t(f"layers.kind_{kind}") for kind in LAYER_COLOURS}
    total = t("layers.total")
    draw = _picture(asked)
    name = _name(asked)
    _button("csv", f"{name}.csv", "text/csv", lambda: layer_text.as_csv(layers, columns, kinds))
    _button(
        "markdown",
        f"{name}.md",
        "text/markdown",
        lambda: layer_text.as_markdown(layers, columns, kinds, total).encode(),
    )
    _button("towers", f"{name}.svg", "image/svg+xml", lambda: standalone(draw(), FONT).encode())


def _name(asked: Asked) -> str:
    return f"{asked.network.id}_{asked.network.size}"


_OWN = {"kind", "towers", "fan_in", "fan_out", "field", "step"}
"""Columns that the table on screen does not have."""


def _button(id: str, file: str, mime: str, made: Callable[[], bytes]) -> None:
    """A button whose file is made when it is pressed."""
    st.download_button(
        t(f"layers.download_{id}"),
        made,
        file,
        mime,
        key=f"layers_download_{id}",
        icon=":material/download:",
        on_click="ignore",
    )


def _picture(asked: Asked) -> Callable[[], str]:
    """Draws the network; its texts are taken now, in the reader's language."""
    words = diagram.Words(
        t("layers.towers_picture", network=asked.name),
        t("layers.table", network=asked.name, size=asked.network.size),
        t("layers.image"),
        ("GPU 1", "GPU 2"),
        t("layers.reads_both"),
    )
    return partial(diagram.network_diagram, asked.network, words)
