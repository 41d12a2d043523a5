"""A batch of real images through a whole network at its initialization, forward and backward, measured."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from alexnet.architecture import Network, Weighted
from alexnet.architecture.rows import tower_names
from alexnet.architecture.shapes import LayerShape, trace
from alexnet.data.catalogue import STARTER
from alexnet.data.preprocess import input_of
from alexnet.network.build import build
from alexnet.network.initializing import keras_initializer
from alexnet.numerics.initializers import Initializer, fans, initializer
from alexnet.numerics.signal_theory import Measured, expected_mean_square, idle, spread


def measure_starter(
    network: Network, rule: Initializer | None, seed: int, batch: int
) -> tuple[float, tuple[Measured, ...]]:
    """``measure`` with the first test pictures of the starter data.

    Returns:
        The pictures' own spread, and each layer with weights.

    Raises:
        DataError: The starter data are missing or damaged.
        ShapeError: A row does not fit.
    """
    pictures = STARTER.load()
    images = input_of(pictures.test_images[:batch], network.size, STARTER.preparation())
    return spread(images), measure(network, images, pictures.test_labels[:batch], rule, seed)


def _open_end(network: Network) -> Network:
    """Without the softmax, which is part of the loss here: its input is what the last layer sums up."""
    *rows, last = network.rows
    if isinstance(last, Weighted) and last.activation == "softmax":
        last = replace(last, activation=None)
    return replace(network, rows=(*rows, last))


def measure(
    network: Network,
    images: NDArray[np.float32],
    labels: NDArray[np.int64],
    rule: Initializer | None = None,
    seed: int = 1,
) -> tuple[Measured, ...]:
    """Each layer with weights, in order.

    Args:
        network: Its rows, with softmax at the end.
        images: (n, size, size, channels), scaled as the network reads them.
        labels: (n,), below the number of classes.
        rule: The initializer of every layer; None starts each as its row says.
        seed: 0 or more; layers draw with seeds of their own that follow from it.
    """
    network = _open_end(network)
    rows = [layer for layer in trace(network) if layer.kernel_shape is not None]
    model = build(network, initializer="zeros")
    parts: list[list[Any]] = []
    for place, layer in enumerate(rows):
        row = layer.row
        assert isinstance(row, Weighted)
        own = [one for one in model.layers if one.name in tower_names(row.name, row.towers) and one.weights]
        parts.append(own)
        for tower, one in enumerate(own):
            draw = keras_initializer(_rule(row, rule), 1000 * seed + 10 * place + tower)
            one.kernel.assign(draw(layer.kernel_shape))
    return _measured(model, rows, parts, images, labels, rule)


def _measured(
    model: Any,
    rows: list[Any],
    parts: list[list[Any]],
    images: NDArray[np.float32],
    labels: NDArray[np.int64],
    rule: Initializer | None,
) -> tuple[Measured, ...]:
    flat = [one for own in parts for one in own]
    watched = keras.Model(model.input, [[one.input for one in flat], [one.output for one in flat]])
    with tf.GradientTape() as tape:
        inputs, outputs = watched(tf.convert_to_tensor(images), training=False)
        each = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, tf.cast(outputs[-1], tf.float32))
        loss = tf.reduce_mean(each)
    gradients = tape.gradient(loss, [one.kernel for one in flat])
    result = []
    done = 0
    for layer, own in zip(rows, parts, strict=True):
        row, here = layer.row, slice(done, done + len(own))
        done += len(own)
        out = np.concatenate([np.asarray(array) for array in outputs[here]], axis=-1)
        entered = [_unpadded(np.asarray(array), layer) for array in inputs[here]]
        square = float(np.mean([np.mean(np.square(array, dtype=np.float64)) for array in entered]))
        counted = fans(layer.kernel_shape)
        shape = _rule(row, rule).distribution(counted)
        factor = counted.fan_in * (shape.std**2 + shape.mean**2)
        result.append(
            Measured(
                row.name,
                float(np.mean(out, dtype=np.float64)),
                float(np.sqrt(np.mean(np.square(out, dtype=np.float64)))),
                spread(out),
                idle(out, row.activation),
                bool(np.ptp(out, axis=-1).max() <= 1e-6 * max(float(np.abs(out).max()), 1e-30)),
                _rms(gradients[here]),
                math.sqrt(expected_mean_square(factor, square, row.bias, row.activation)),
                factor,
            )
        )
    return tuple(result)


def _unpadded(entered: NDArray[np.float32], layer: LayerShape) -> NDArray[np.float32]:
    """Without the zeros of a padding layer, which stands before a convolution whose own would not do."""
    along = layer.windows
    if along is None or entered.shape[1] == along.input:
        return entered
    inside = slice(along.begin, along.begin + along.input)
    return entered[:, inside, inside]


def _rule(row: Weighted, rule: Initializer | None) -> Initializer:
    if rule is not None:
        return rule
    if row.std is not None:
        return initializer("random_normal").with_std(row.std)
    return initializer(row.initializer)


def _rms(arrays: list[Any]) -> float:
    squares = [
        np.mean(np.square(np.asarray(array), dtype=np.float64)) for array in arrays if array is not None
    ]
    return float(np.sqrt(np.mean(squares))) if squares else 0.0
