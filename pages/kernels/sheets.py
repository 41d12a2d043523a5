"""The first view of the Kernels page: every kernel, tower by tower, and the chosen one in full."""

from __future__ import annotations

from typing import cast

import numpy as np
import streamlit as st

from alexnet.ui import state
from alexnet.ui.browser.tile_sheet import Sheet, show, sprite
from alexnet.ui.choices.unit import Unit
from alexnet.ui.components import sentence, settings, try_this
from alexnet.ui.language import t
from pages.kernels import choice, downloads, first_layer
from pages.kernels import chosen as kernel_chosen
from pages.kernels.first_layer import Channel, Contrast, FirstLayer, Look, Order, Who

_SOURCES = ("trained", "untrained")

TRIES: dict[str, dict[str, state.Value]] = {
    "kernels.try_untrained": {"kernels_source": "untrained"},
    "kernels.try_shared": {"kernels_source": "trained", "kernels_contrast": "shared"},
    "kernels.try_orientation": {"kernels_source": "trained", "kernels_order": "orientation"},
}
"""For each button, what it sets."""


def draw(layer: FirstLayer) -> None:
    """The view.

    Raises:
        DataError: A file of kernels is damaged.
        ShapeError: No kernel lives.
    """
    source = _ask("source", _SOURCES, "segmented")
    look = ask_look()
    epoch = layer.last if source == "trained" else layer.untrained
    layer.report(epoch)
    if epoch == layer.last and layer.batches:
        st.caption(t("kernels.unfinished", epoch=epoch, batches=layer.batches))
    chosen = choice.chosen(layer)
    # What a click shows stands beside what is clicked; on a phone at the bottom of the screen, see frame.css.
    left, right = st.columns([3, 2], gap="medium")
    with left:
        sheets(layer, epoch, look, chosen)
    with right, st.container(key="kernels_panel"):
        kernel_chosen.panel(layer, epoch, chosen)
    dead = sum(int(layer.measured(who, epoch).dead.sum()) for who in layer.who)
    if dead:
        sentence(t("kernels.dead", dead=dead))
    files = kernel_chosen.draw(layer, epoch, chosen)
    try_this("kernels", TRIES)
    table = {"all_kernels.csv": downloads.table(layer, epoch)}
    downloads.offer("sheets", {**downloads.sheets(layer, epoch, look), **table, **files})


def sheets(layer: FirstLayer, epoch: int, look: Look, chosen: Unit) -> None:
    """Each tower's sheet, with the chosen kernel marked."""
    for column, who in zip(st.columns(len(layer.who)), layer.who, strict=True):
        with column:
            st.markdown(f"**{first_layer.name(who)}**")
            sheet = of_tower(layer, who, epoch, look)
            show(sheet, f"kernels_sheet_{who}", chosen=chosen.id, picked=choice.choose)
            st.caption(layer.caption(who, epoch))


def ask_look() -> Look:
    """Order, contrast and channel, folded."""
    folded = {
        "order": first_layer.ORDERS,
        "contrast": first_layer.CONTRASTS,
        "channel": first_layer.CHANNELS,
    }
    with (
        settings("kernels", *(_said(id, options) for id, options in folded.items())),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        order = _ask("order", first_layer.ORDERS, "select")
        contrast = _ask("contrast", first_layer.CONTRASTS, "segmented")
        channel = _ask("channel", first_layer.CHANNELS, "select")
    return Look(cast(Order, order), cast(Contrast, contrast), cast(Channel, channel))


def _said(id: str, options: tuple[str, ...]) -> str:
    """What a folded choice stands at."""
    stands = state.stands(f"kernels_{id}", options[0], options.__contains__)
    return f"{t(f'kernels.{id}')}: {t(f'kernels.{id}_{stands}')}"


def _ask(id: str, options: tuple[str, ...], kind: state.Kind) -> str:
    with st.container(width=160 if kind == "select" else "content"):
        return state.choice(
            f"kernels_{id}",
            options,
            label=t(f"kernels.{id}"),
            default=options[0],
            name=lambda option: t(f"kernels.{id}_{option}"),
            kind=kind,
            help=t(f"kernels.{id}_help"),
        )


def of_tower(layer: FirstLayer, who: Who, epoch: int, look: Look) -> Sheet:
    """The sheet of a tower."""
    index = layer.measured(who, epoch).colour_index
    places = layer.order(who, epoch, look)
    units = [layer.unit(who, place) for place in places]
    return Sheet(
        t("kernels.sheet_name", name=first_layer.name(who)),
        first_layer.COLOURS[who],
        sprite(layer.pixels(who, epoch, look)),
        [unit.id for unit in units],
        ["-" if np.isnan(index[place]) else f"{index[place]:.2f}" for place in places],
        [_label(layer, unit, float(index[place])) for unit, place in zip(units, places, strict=True)],
        least=44,
        dark=True,
    )


def _label(layer: FirstLayer, kernel: Unit, index: float) -> str:
    name = choice.name(layer, kernel)
    return t("kernels.tile_dead", name=name) if np.isnan(index) else t("kernels.tile", name=name, index=index)
