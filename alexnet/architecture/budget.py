"""What a calculation takes, counted from a network's rows before anything is built, and what it may take.

One count for every page and the terminal: bytes of weights and activations, multiply-accumulates, and the
matrices that an orthogonal initializer factors. Like ``memory`` it is a least count, and ``COPIES`` adds what
an operation needs meanwhile; what goes beyond in spite of it is ended by ``alexnet.sandbox``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from alexnet.architecture import memory
from alexnet.architecture.rows import Network
from alexnet.architecture.shapes import LayerShape, trace
from alexnet.errors import LimitError

COPIES = 3
"""Of each layer's output there are the output, its gradient, and what an operation needs meanwhile."""

BACKWARD = 2
"""The backward pass multiplies twice as often as the forward pass: for the inputs and for the weights."""

LESSON_BATCH = 16
"""Pictures that a lesson sends through an untrained network, forward and backward."""

GIB = 2**30


@dataclass(frozen=True)
class Cost:
    """What a calculation takes, or may take.

    Attributes:
        memory: Bytes, beside what Python and TensorFlow hold.
        work: Multiply-accumulates.
    """

    memory: int
    work: int


LESSON = Cost(3 * GIB // 2, 10**12)
"""What a page may ask of the server at once: about a minute on two cores. The paper's network, 16 pictures
forward and backward, is 0.7 GiB and 3.5 * 10**10; what a process holds in truth was up to twice as much."""

FACTORING = Cost(LESSON.memory, 3 * 10**11)
"""The same for an orthogonal matrix, which Keras factors on one core, more slowly than it multiplies: the
largest of the paper's network, 9,216 by 2,048, is 7 * 10**10 and takes some 20 s; that of a network with one
tower, 9,216 by 4,096, is 2.6 * 10**11."""


TRAINING_WORK = 2 * 10**12
"""Multiply-accumulates of a training's step at most: about a minute on two cores."""


def forward(network: Network, pictures: int) -> Cost:
    """Pictures through a network whose responses are all looked at.

    Raises:
        ShapeError: A row does not fit.
    """
    layers = trace(network)
    parameters, work = _sums(layers)
    kept = memory.activations(layers) * pictures
    return Cost(memory.FLOAT * (parameters + 2 * kept), work * pictures)


def step(network: Network, batch: int, optimizer: str = "sgd", networks: int = 1) -> Cost:
    """One step of learning, forward and backward.

    Args:
        network: Its rows.
        batch: Pictures at a time.
        optimizer: One of ``memory.OPTIMIZERS``.
        networks: How many learn side by side: all are kept, and one computes at a time.

    Raises:
        ShapeError: A row does not fit.
    """
    layers = trace(network)
    parameters, work = _sums(layers)
    state = memory.training(parameters, 0, 0, optimizer).total
    outputs = sum(prod(layer.output) for layer in layers)
    return Cost(
        state * networks + memory.FLOAT * COPIES * batch * outputs, work * (1 + BACKWARD) * batch * networks
    )


def _sums(layers: Sequence[LayerShape]) -> tuple[int, int]:
    return sum(layer.parameters for layer in layers), sum(layer.multiply_accumulates for layer in layers)


def orthogonal(kernel_shape: Sequence[int]) -> Cost:
    """An orthogonal matrix of these weights: Keras factors one of its longer by its shorter side.

    Householder's QR of m by n takes 2 n² (m - n/3) multiply-accumulates with the matrix Q written out; the
    matrix, its factors and a copy are kept.
    """
    rows, columns = prod(kernel_shape[:-1]), kernel_shape[-1]
    longer, shorter = max(rows, columns), min(rows, columns)
    return Cost(4 * memory.FLOAT * longer * shorter, 2 * shorter**2 * (longer - shorter // 3))


def check_measurement(network: Network, pictures: int, *, factored: bool = False) -> None:
    """Hold pictures through an untrained network, forward and backward, against what a page may ask.

    Args:
        network: Its rows.
        pictures: At a time.
        factored: Its weights are orthogonal.

    Raises:
        LimitError: memory_beyond or work_beyond.
        ShapeError: A row does not fit.
    """
    check(step(network, pictures), LESSON)
    if factored:
        for layer in trace(network):
            if layer.kernel_shape is not None:
                check(orthogonal(layer.kernel_shape), FACTORING)


def check(cost: Cost, allowed: Cost) -> None:
    """Hold a cost against what is allowed.

    Raises:
        LimitError: memory_beyond or work_beyond, with both numbers.
    """
    if cost.memory > allowed.memory:
        raise LimitError("memory_beyond", needed=cost.memory / GIB, most=allowed.memory / GIB)
    if cost.work > allowed.work:
        raise LimitError("work_beyond", needed=cost.work / 1e9, most=allowed.work / 1e9)


def excess(network: Network) -> LimitError | None:
    """Why lessons cannot take a network up, though it fits: it takes more than ``LESSON``; else None.

    Raises:
        ShapeError: A row does not fit.
    """
    try:
        check_measurement(network, LESSON_BATCH)
    except LimitError as error:
        return error
    return None
