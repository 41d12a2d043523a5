"""The knobs of an augmentation: one set for the view that shows what they do and for a new training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import cast

import streamlit as st

from alexnet.data.augmentation import FILLS, KNOBS, LIMITS, NOTE, PAPER, Augmentation, Fill
from alexnet.data.catalogue import STARTER
from alexnet.data.pipeline import MARGIN
from alexnet.ui import state
from alexnet.ui.language import t

SIDE = STARTER.resolution
"""Pixels a side of the pictures that the knobs in pixels are meant for."""

RECIPE = Augmentation(margin=MARGIN, flip_x=True)
"""What the recipes do."""

FIRST = NOTE
"""What the knobs stand at before anybody has turned them."""

PAPER_HERE = PAPER.scaled(SIDE / 256)
"""The paper's on smaller pictures: 28 of 32 pixels are its 224 of 256."""

_STEPS: Mapping[str, float] = {
    "rotation": 1.0,
    "shift_x": 0.05,
    "shift_y": 0.05,
    "shear": 0.1,
    "zoom": 0.05,
    "colour": 0.05,
}
_HIGHEST: Mapping[str, float] = {"shift_x": 0.5, "shift_y": 0.5, "shear": 45, "margin": 16, "erase": 24}


def ask() -> Augmentation:
    """Draw the knobs in a row that wraps; each is in the link."""
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    values: dict[str, object] = {}
    for name in KNOBS:
        with row.container(width=150):
            values[name] = _knob(name)
    with row.container(width=190):
        chosen = state.choice(
            "training_fill",
            FILLS,
            label=t("augmentation.fill"),
            default=FIRST.fill,
            name=lambda id: t(f"augmentation.fill_{id}"),
            help=t("augmentation.fill_help"),
        )
    values["fill"] = cast(Fill, chosen)
    return Augmentation(**values)  # type: ignore[arg-type]


def _knob(name: str) -> object:
    default = getattr(FIRST, name)
    label, help = t(f"augmentation.{name}"), t(f"augmentation.{name}_help")
    if isinstance(default, bool):
        return state.toggle(f"training_{name}", label=label, default=default, help=help)
    low, high = LIMITS[name]
    high = _HIGHEST.get(name, high)
    if name == "crop":
        high = SIDE
    whole = isinstance(default, int)
    return state.number(
        f"training_{name}",
        label=label,
        default=default,
        low=int(low) if whole else float(low),
        high=int(high) if whole else float(high),
        step=_STEPS.get(name, 1),
        format=None if whole else "%g",
        help=help,
    )


def choices_of(given: Augmentation) -> dict[str, state.Value]:
    """The controls' values for an augmentation."""
    return {f"training_{name}": value for name, value in asdict(given).items()}
