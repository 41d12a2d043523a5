"""One real dense neuron: an output of the shipped network as a dot product."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.architecture import SHIPPED, Dense
from alexnet.data.classes import CIFAR10, class_name
from alexnet.forward import forward
from alexnet.operations import Floats, dense
from alexnet.ui import convolution_kernels, convolution_pictures, state
from alexnet.ui.components import sentence, source, try_this
from alexnet.ui.convolution_component import show
from alexnet.ui.language import current_language, t

COLUMNS = 32  # the inputs are a row of numbers; on screen they are folded into rows of so many

_BEFORE, _LAST = [row for row in SHIPPED.rows if isinstance(row, Dense)][-2:]


class Answer(NamedTuple):
    """What the last layer reads and answers.

    Attributes:
        inputs: (512,), the outputs of the dense layer before it.
        logits: (classes,), the sums.
        probabilities: (classes,), after softmax.
    """

    inputs: Floats
    logits: Floats
    probabilities: Floats


@st.cache_data(show_spinner=False, max_entries=64)
def answer(read: NDArray[np.float32]) -> Answer:
    """The shipped network's answer, computed by ``alexnet.forward``.

    Args:
        read: (64, 64, 3), as the network reads it.

    Raises:
        DataError: The shipped network's weights are missing or damaged.
    """
    weights = convolution_kernels.weights()
    outputs = forward(SHIPPED, weights, read)
    inputs = outputs[_BEFORE.name]
    logits = dense(inputs, weights[f"{_LAST.name}/kernel"], weights[f"{_LAST.name}/bias"])
    return Answer(inputs, logits, outputs[_LAST.name])


def draw() -> None:
    """The view.

    Raises:
        DataError: The shipped network's weights are missing or damaged.
    """
    names = {id: class_name(id, current_language()) for id in CIFAR10}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        picture = convolution_pictures.ask_source()
        found = None if picture is None else answer(convolution_pictures.as_network_reads(picture))
        first = CIFAR10[0] if found is None else CIFAR10[int(found.logits.argmax())]
        with st.container(width=210):
            chosen = state.choice(
                "convolution_neuron",
                CIFAR10,
                label=t("convolution.neuron"),
                default=first,
                name=names.__getitem__,
            )
    convolution_pictures.uploader()
    if found is None:
        st.caption(t("convolution.no_image"))
        return
    weights, number = convolution_kernels.weights(), CIFAR10.index(chosen)
    show(
        "dense",
        {
            "rows": len(found.inputs) // COLUMNS,
            "columns": COLUMNS,
            "bias": float(weights[f"{_LAST.name}/bias"][number]),
            "classes": list(names.values()),
            "chosen": number,
            "logits": found.logits.tolist(),
            "probabilities": found.probabilities.tolist(),
            "positive": _BEFORE.activation == "relu",
        },
        {
            "inputs": found.inputs.astype(np.float32),
            "weights": np.ascontiguousarray(weights[f"{_LAST.name}/kernel"][:, number]),
        },
    )
    sentence(
        t(
            "convolution.dense_summary",
            layer=_LAST.name,
            before=_BEFORE.name,
            neuron=names[chosen],
            inputs=len(found.inputs),
            zeros=int((found.inputs == 0).sum()),
            logit=float(found.logits[number]),
            probability=float(found.probabilities[number]),
        )
    )
    try_this(
        "convolution",
        {
            "convolution.try_cat": {"convolution_image": "cat_face"},
            "convolution.try_kingfisher": {"convolution_image": "kingfisher"},
            "convolution.try_equal": {"convolution_image": "equal_brightness"},
        },
    )
    source("convolution", "dense")
