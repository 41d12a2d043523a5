"""One map of a layer is muted, and the network asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.data import preprocess
from alexnet.trained import apart, explanations
from alexnet.trained.record import Trained
from alexnet.ui import state
from alexnet.ui.choices.unit import Unit, parsed
from alexnet.ui.components import sentence
from alexnet.ui.language import current_language, t

if TYPE_CHECKING:
    from alexnet.trained.answers import Answering
    from alexnet.trained.stages import Maps

OFFERED = 12
"""Maps that are offered: those that add most to the score, or take most from it."""


def show(
    network: Answering,
    model: Trained,
    read: preprocess.Floats,
    answer: NDArray[np.float32],
    index: int,
    layer: str,
    slopes: tuple[Maps, Maps],
) -> None:
    """The choice of a map, and the answer without it.

    Args:
        network: Whose classes they are.
        model: Its record.
        read: What it reads of the picture, (size, size, 3), scaled.
        answer: Its probabilities, (classes,).
        index: The class in question.
        layer: The layer's name.
        slopes: Its responses to the picture, and how the class's score changes with each.
    """
    added = {
        Unit(tower, number).id: float(value)
        for tower, values in enumerate(explanations.contributions(*slopes), start=1)
        for number, value in enumerate(values, start=1)
    }
    offered = sorted(added, key=lambda id: -abs(added[id]))[:OFFERED]
    names = [one.name(current_language()) for one in network.classes]
    st.markdown(f"**{t('prediction.mute')}**")
    with st.container(width=330):
        chosen = state.choice(
            "prediction_mute",
            offered,
            label=t("prediction.mute_which", layer=layer, label=names[index]),
            default=offered[0],
            name=lambda id: _called(id, model.network.towers, added[id]),
            help=t("prediction.mute_help"),
        )
    unit = parsed(chosen)
    assert unit is not None  # offered above
    without = _without(*model.version, read.tobytes(), layer, unit.tower, unit.number, model, read)
    best, now = int(answer.argmax()), int(without.argmax())
    sentence(
        t(
            "prediction.mute_same" if best == now else "prediction.mute_other",
            label=names[index],
            before=float(answer[index]),
            after=float(without[index]),
            first=names[now],
            p=float(without[now]),
        )
    )


def _called(id: str, towers: int, added: float) -> str:
    unit = parsed(id)
    assert unit is not None
    case = "mute_map_tower" if towers > 1 else "mute_map"
    return t(f"prediction.{case}", tower=unit.tower, number=unit.number, added=added)


@st.cache_data(show_spinner=False, max_entries=128)
def _without(
    path: str,
    version: int,
    picture: bytes,
    layer: str,
    tower: int,
    number: int,
    _model: Trained,
    _read: preprocess.Floats,
) -> NDArray[np.float64]:
    return apart.without_map(_model, _read, (layer, tower, number), state.still_wanted)
