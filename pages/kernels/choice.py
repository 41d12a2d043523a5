"""Which kernel of the Kernels page is looked at: in the link ``kernel=2-17``, the seventeenth of tower 2."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.ui import state
from alexnet.ui.choices import first_kernels
from alexnet.ui.choices.first_kernels import FirstLayer, Who
from alexnet.ui.language import t

KEY = "kernels_kernel"
_KEPT = "_kernels_kernel"


class Chosen(NamedTuple):
    """A kernel: of which tower, and its place there, from 0."""

    who: Who
    number: int

    @property
    def file(self) -> str:
        """The beginning of its files' names."""
        return f"kernel_{self.who}_{self.number + 1}"

    @property
    def name(self) -> str:
        """In the reader's language."""
        if self.who == "single":
            return t("kernels.kernel_single", number=self.number + 1)
        return t("kernels.kernel_tower", number=self.number + 1, tower=first_kernels.name(self.who))


def chosen(layer: FirstLayer) -> Chosen:
    """The kernel that the link or the reader names; where none is named or it is not there, the strongest."""
    given = state.handed(KEY)
    if given is not None:
        st.session_state[_KEPT] = given
    strongest = _strongest(layer.towers(layer.last))
    tower, number = _read(str(st.session_state.get(_KEPT, "")), layer) or strongest
    state.carry(KEY, "" if (tower, number) == strongest else _written(tower, number))
    return Chosen(layer.who[tower], number)


def choose(layer: FirstLayer, who: Who, number: int) -> None:
    """Look at another kernel, from a callback; the link follows."""
    state.set_choices(**{KEY: _written(layer.who.index(who), number)})


def _strongest(towers: tuple[NDArray[np.float32], ...]) -> tuple[int, int]:
    norms = np.stack([np.square(tower, dtype=np.float64).sum(axis=(0, 1, 2)) for tower in towers])
    tower, number = np.unravel_index(int(norms.argmax()), norms.shape)
    return int(tower), int(number)


def _written(tower: int, number: int) -> str:
    return f"{tower + 1}-{number + 1}"


def _read(text: str, layer: FirstLayer) -> tuple[int, int] | None:
    found = re.fullmatch(r"([12])-([1-9][0-9]{0,3})", text, re.ASCII)
    if found is None:
        return None
    tower, number = int(found[1]) - 1, int(found[2]) - 1
    towers = layer.towers(layer.last)
    return (tower, number) if tower < len(towers) and number < towers[tower].shape[3] else None
