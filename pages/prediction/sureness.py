"""What was measured of a network's probabilities: with the app, or worked out here from its own pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.data.labelled import Labelled, Part
from alexnet.data.strange import STRANGE
from alexnet.errors import AlexNetError
from alexnet.studies import sureness
from alexnet.trained import answered as answers
from alexnet.trained.answered import Answered
from alexnet.trained.record import Trained
from alexnet.trained.sureness import Sureness
from alexnet.ui.choices import answered
from alexnet.ui.language import t

if TYPE_CHECKING:
    from alexnet.trained.answers import Answering

_STRANGE = 100
"""Pictures of each strange kind."""

_PARTS: tuple[Part, ...] = ("train", "validation", "test")


def known(network: Answering, model: Trained) -> Sureness | None:
    """What is known already, without any waiting; None where nothing is."""
    try:
        found = model.sureness()
        if found is None:
            parts = [kept for part in _PARTS if (kept := answered.known(model, part)) is not None]
            if len(parts) == len(_PARTS):
                found = _measured(*model.version, network, model, parts)
    except AlexNetError:
        return None
    return found


def measured(network: Answering, model: Trained) -> Sureness | None:
    """The same, worked out if need be; None while it is, which a bar on the page tells.

    Raises:
        InputError: no_pictures_of_network.
        DataError: The pictures or the weights are missing or damaged.
    """
    found = model.sureness()
    if found is not None:
        return found
    parts = []
    for part in _PARTS:
        part_answers = answered.of(model, network, part)
        if part_answers is None:
            return None
        parts.append(part_answers)
    return _measured(*model.version, network, model, parts)


@st.cache_resource(show_spinner=False, max_entries=16)
def _measured(
    path: str, version: int, _network: Answering, _model: Trained, _parts: Sequence[Answered]
) -> Sureness:
    train, validation, test = (
        (part, answered.pictures(_model, name).labels) for part, name in zip(_parts, _PARTS, strict=True)
    )
    return sureness.measure(train, validation, test, strange(_network, answered.pictures(_model, "test")))


def strange(network: Answering, test: Labelled) -> dict[str, Answered]:
    """Answers to strange pictures of each kind, as many and as large as some of the test pictures."""
    some = test.images[:: max(1, len(test.images) // _STRANGE)][:_STRANGE]
    return {
        kind: answers.ask(network, make(some, np.random.default_rng(0))) for kind, make in STRANGE.items()
    }


def warnings(
    network: Answering, model: Trained, inputs: NDArray[np.float32]
) -> list[tuple[float, str | None]]:
    """How unlike each picture is to what the network learned from, and a warning where that is far.

    Args:
        network: Asked.
        model: Its record.
        inputs: What it reads of the pictures, (n, size, size, 3).

    Returns:
        For each picture its distance and the warning or None; nothing at all where nothing was measured.
    """
    found = known(network, model)
    if found is None:
        return []
    _, hidden = network.activations().hidden(inputs)
    return [
        (
            distance,
            t("prediction.unlike", distance=distance, limit=found.limit, false=found.false)
            if distance > found.limit
            else None,
        )
        for distance in found.distances(hidden).tolist()
    ]
