"""The kernel of the Convolution page: a trained one of either tower, a classical one, or the reader's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import streamlit as st

from alexnet.data.preparation import Preparation
from alexnet.errors import ChoiceError
from alexnet.kernels import colour
from alexnet.kernels.classical import CLASSICAL, SIDES, Kernel, from_link, to_link
from alexnet.ui import state
from alexnet.ui.choices.unit import Unit
from alexnet.ui.components import problem
from alexnet.ui.language import t
from pages.convolution.layer import TOWERS, Layer

OWN = "own"
_KEPT = "_convolution_kernel"
_SCALING = "convolution_scaling"


@dataclass(frozen=True, eq=False)
class Chosen:
    """A kernel and where it stands.

    Attributes:
        id: ``tower1``, ``tower2``, an id of ``classical.CLASSICAL``, or ``own``.
        name: In the reader's language.
        kernel: (side, side, 3).
        preparation: How its picture is scaled: as it learned from, or 0 to 1.
        bias: What it was trained with; 0 for any other.
        unit: Which of the trained network's it is; None for any other.
    """

    id: str
    name: str
    kernel: Kernel
    preparation: Preparation
    bias: float = 0.0
    unit: Unit | None = None


def of_unit(layer: Layer, unit: Unit) -> Chosen:
    """One of the trained network's kernels."""
    id, place = TOWERS[unit.tower - 1], unit.number - 1
    return Chosen(
        id,
        layer.kernel_name(unit),
        np.ascontiguousarray(layer.kernels[id][..., place]),
        layer.preparation,
        float(layer.biases[id][place]),
        unit,
    )


def ask_kernel(layer: Layer, default: str) -> Chosen:
    """Which kernel: one of the trained layer, a classical one, or the reader's own."""
    ids = [*layer.kernels, *CLASSICAL, OWN]
    with st.container(width=210):
        id = state.choice(
            "convolution_kernel",
            ids,
            label=t("convolution.kernel"),
            default=default,
            name=lambda id: layer.tower_name(id) if id in TOWERS else t(f"convolution.kernel_{id}"),
        )
    if id in TOWERS:
        every = layer.kernels[id]
        with st.container(width=120):
            number = state.number(
                "convolution_number",
                label=t("convolution.number"),
                default=int(np.argmax(colour.energy(every))) + 1,
                low=1,
                high=every.shape[3],
            )
        return of_unit(layer, Unit(TOWERS.index(id) + 1, int(number)))
    name = t(f"convolution.kernel_{id}")
    plain = replace(layer.preparation, scaling="unit")
    if id == OWN:
        chosen = Chosen(id, name, own(), layer.preparation if _as_network() else plain)
        state.carry("convolution_weights", to_link(chosen.kernel))
        return chosen
    return Chosen(id, name, CLASSICAL[id], plain)


def adopt() -> None:
    """Take over the kernel of a link, or explain what is wrong with it."""
    link = state.handed("convolution_weights")
    if not link:
        return
    try:
        st.session_state[_KEPT] = from_link(link)
    except ChoiceError as error:
        problem(error)


def own() -> Kernel:
    """The kernel that the reader typed; at first an edge."""
    return cast(Kernel, st.session_state.get(_KEPT, CLASSICAL["edge_vertical"]))


def _as_network() -> bool:
    """Whether the reader's own kernel reads a picture scaled as for the trained network, or from 0 to 1."""
    with st.container(width="content"):
        scaling = state.choice(
            _SCALING,
            ["unit", "network"],
            label=t("convolution.scaling"),
            default="unit",
            name=lambda id: t(f"convolution.scaling_{id}"),
            kind="segmented",
            help=t("convolution.scaling_help"),
        )
    return scaling == "network"


def start_from(chosen: Chosen) -> dict[str, state.Value]:
    """Make a kernel the reader's own, to be changed; it goes on reading the same numbers.

    Returns:
        The choices to be set.
    """
    st.session_state[_KEPT] = chosen.kernel
    return {"convolution_kernel": OWN, _SCALING: "unit" if chosen.unit is None else "network"}


def keep(value: object) -> None:
    """Take the reader's kernel from the browser: ``{"side": 3, "weights": [27 numbers]}``, or anything."""
    if not isinstance(value, Mapping):
        return
    side, numbers = value.get("side"), value.get("weights")
    if isinstance(side, bool) or side not in SIDES or not isinstance(numbers, list):
        return
    if len(numbers) != 3 * side * side:
        return
    if all(isinstance(number, int | float) and not isinstance(number, bool) for number in numbers):
        kernel = np.array(numbers, np.float32).reshape(side, side, 3)
        try:
            st.session_state[_KEPT] = from_link(to_link(kernel))  # which refuses what no link may hold
        except ChoiceError:
            return
        state.set_choices()  # the reader has acted: the address that the browser still shows is old


def pick(value: object) -> None:
    """Take what the reader picked in the browser: ``{"number": 3}``, from 0, or anything."""
    number = value.get("number") if isinstance(value, Mapping) else None
    if isinstance(number, int) and not isinstance(number, bool):
        state.set_choices(convolution_number=number + 1)
