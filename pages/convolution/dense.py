"""One real dense neuron: an output of a trained network as a dot product."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.architecture import Dense, Dropout, Network
from alexnet.architecture.shapes import trace
from alexnet.numerics.forward import forward
from alexnet.numerics.operations import Floats, dense
from alexnet.trained import catalogue
from alexnet.trained.record import Trained
from alexnet.ui import state
from alexnet.ui.choices import model_choice, models
from alexnet.ui.components import sentence, source, try_this
from alexnet.ui.language import current_language, t
from alexnet.weights import store
from pages.convolution import pictures
from pages.convolution.component import show

COLUMNS = 32  # the inputs are a row of numbers; on screen they are folded into rows of so many at most
FEWEST = 8  # and of so many at least: a column of single numbers is no picture

PARAMETERS, PRODUCTS = 5_000_000, 1_000_000_000
"""The largest network that is computed here, in NumPy, while somebody waits; its weights stay in memory.
On two processor cores the app's own, with 115 million products, takes 0.02 s and the paper's 724 take 1 s."""


class Answer(NamedTuple):
    """What the last layer reads and answers.

    Attributes:
        inputs: (inputs,), the outputs of the layer before it.
        logits: (classes,), the sums.
        probabilities: (classes,), after softmax.
        weights: (inputs, classes).
        biases: (classes,).
    """

    inputs: Floats
    logits: Floats
    probabilities: Floats
    weights: NDArray[np.float32]
    biases: NDArray[np.float32]


def suits(network: Network) -> bool:
    """Whether a network is small enough, ends in a dense layer, and its inputs fold into a picture."""
    layers = trace(network)
    return (
        isinstance(network.rows[-1], Dense)
        and sum(layer.parameters for layer in layers) <= PARAMETERS
        and sum(layer.multiply_accumulates for layer in layers) <= PRODUCTS
        and columns(layers[-1].input[0]) >= FEWEST
    )


def columns(inputs: int) -> int:
    """How many numbers stand in a row: the most that leave no row unfinished."""
    return next(count for count in range(COLUMNS, 0, -1) if inputs % count == 0)


def answer(model: Trained, read: NDArray[np.float32]) -> Answer:
    """A network's answer, computed by ``alexnet.numerics.forward``.

    Args:
        model: One that ``suits``.
        read: (size, size, 3), as the network reads it.

    Raises:
        DataError: Its weights are missing or damaged.
    """
    return _answer(*model.version, read, model)


@st.cache_data(show_spinner=False, max_entries=64)
def _answer(path: str, version: int, read: NDArray[np.float32], _model: Trained) -> Answer:
    network, weights = _model.network, _weights(path, version, _model)
    name = network.rows[-1].name
    outputs = forward(network, weights, read)
    inputs = outputs[network.rows[-2].name]
    kernel, biases = weights[f"{name}/kernel"], weights[f"{name}/bias"]
    return Answer(inputs, dense(inputs, kernel, biases), outputs[name], kernel, biases)


@st.cache_resource(show_spinner=False, max_entries=4)
def _weights(path: str, version: int, _model: Trained) -> Mapping[str, NDArray[np.float32]]:
    return {name: array.astype(np.float32) for name, array in store.read(_model.weights).items()}


def draw() -> None:
    """The view.

    Raises:
        DataError: The trained network's weights are missing or damaged.
    """
    model = model_choice.chosen()
    if model.id != catalogue.DEFAULT and not suits(model.network):
        st.info(t("convolution.dense_shipped"), icon=":material/info:")
        model = models.find(catalogue.DEFAULT)
    names = {one.id: one.name(current_language()) for one in model.classes}
    ids = list(names)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        picture = pictures.ask_source()
        found = None if picture is None else answer(model, pictures.as_network_reads(picture, model))
        first = ids[0] if found is None else ids[int(found.logits.argmax())]
        with st.container(width=210):
            chosen = state.choice(
                "convolution_neuron",
                ids,
                label=t("convolution.neuron"),
                default=first,
                name=names.__getitem__,
            )
    pictures.uploader()
    if found is None:
        st.caption(t("convolution.no_image"))
        return
    _show(model, found, ids.index(chosen), names)
    if model.preparation.mirrored:
        st.caption(t("convolution.dense_one_view"))
    try_this(
        "convolution",
        {
            "convolution.try_cat": {"convolution_image": "cat_face"},
            "convolution.try_kingfisher": {"convolution_image": "kingfisher"},
            "convolution.try_equal": {"convolution_image": "equal_brightness"},
        },
    )
    source("convolution", "dense")


def _show(model: Trained, found: Answer, number: int, names: Mapping[str, str]) -> None:
    wide = columns(len(found.inputs))
    show(
        "dense",
        {
            "rows": len(found.inputs) // wide,
            "columns": wide,
            "bias": float(found.biases[number]),
            "classes": list(names.values()),
            "chosen": number,
            "logits": found.logits.tolist(),
            "probabilities": found.probabilities.tolist(),
            "positive": bool(found.inputs.min() >= 0),
        },
        {
            "inputs": found.inputs.astype(np.float32),
            "weights": np.ascontiguousarray(found.weights[:, number]),
        },
    )
    rows = model.network.rows
    before = next(row for row in reversed(rows[:-1]) if not isinstance(row, Dropout))
    zeros = int((found.inputs == 0).sum())
    said = {
        "layer": rows[-1].name,
        "before": before.name,
        "neuron": list(names.values())[number],
        "inputs": len(found.inputs),
        "logit": float(found.logits[number]),
        "probability": float(found.probabilities[number]),
    }
    if zeros and isinstance(before, Dense) and before.activation == "relu":
        sentence(t("convolution.dense_summary", zeros=zeros, **said))
    else:
        sentence(t("convolution.dense_summary_plain", **said))
