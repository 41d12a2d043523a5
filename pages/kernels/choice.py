"""Which kernel of the Kernels page is looked at: in the link ``kernel=2-17``, the seventeenth of tower 2."""

from __future__ import annotations

import numpy as np
import streamlit as st

from alexnet.ui import state
from alexnet.ui.choices.unit import Unit, parsed
from alexnet.ui.language import t
from pages.kernels import first_layer
from pages.kernels.first_layer import FirstLayer

KEY = "kernels_kernel"
_KEPT = "_kernels_kernel"


def chosen(layer: FirstLayer) -> Unit:
    """The kernel that the link or the reader names; where none is named or it is not there, the strongest."""
    given = state.handed(KEY)
    if given is not None:
        st.session_state[_KEPT] = given
    strongest = _strongest(layer)
    asked = parsed(str(st.session_state.get(_KEPT, "")))
    counts = [tower.shape[3] for tower in layer.towers(layer.last)]
    unit = asked if asked is not None and asked.within(counts) else strongest
    state.carry(KEY, "" if unit == strongest else unit.id)
    return unit


def choose(id: str) -> None:
    """Look at another kernel, by its unit's id, from a callback; the link follows."""
    state.set_choices(**{KEY: id})


def name(layer: FirstLayer, unit: Unit) -> str:
    """A kernel in the reader's language."""
    who = layer.tower_of(unit)
    if who == "single":
        return t("kernels.kernel_single", number=unit.number)
    return t("kernels.kernel_tower", number=unit.number, tower=first_layer.name(who))


def file(layer: FirstLayer, unit: Unit) -> str:
    """The beginning of its files' names."""
    return f"kernel_{layer.tower_of(unit)}_{unit.number}"


def _strongest(layer: FirstLayer) -> Unit:
    towers = layer.towers(layer.last)
    norms = np.stack([np.square(tower, dtype=np.float64).sum(axis=(0, 1, 2)) for tower in towers])
    tower, number = np.unravel_index(int(norms.argmax()), norms.shape)
    return Unit(int(tower) + 1, int(number) + 1)
