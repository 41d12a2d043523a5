"""A network's answer to one image, row by row, in NumPy: what Keras computes, without TensorFlow.

Towers are a list of arrays that a row with ``reads="all"`` joins, as in ``alexnet.network.build``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from alexnet import architecture as rows
from alexnet.architecture import Network, Row
from alexnet.errors import DataError
from alexnet.numerics import operations
from alexnet.numerics.operations import ACTIVATIONS, Array, Floats

Weights = Mapping[str, NDArray[np.floating]]
"""Arrays by the variables' paths in the Keras model: ``conv1_tower1/kernel``."""


def forward(network: Network, weights: Weights, image: Array) -> dict[str, Floats]:
    """The output of every row, both towers side by side.

    Args:
        network: Its rows.
        weights: All its weights.
        image: (size, size, channels), scaled as the network was trained with.

    Returns:
        By the row's name: (height, width, maps) or (units,). Dropout passes everything, as when predicting.

    Raises:
        DataError: weights_do_not_match, an array is missing.
        ShapeError: An image or array of another shape.
    """
    streams: list[Floats] = [image.astype(np.float64)]
    outputs: dict[str, Floats] = {}
    for row in network.rows:
        streams = _step(row, streams, weights, network)
        outputs[row.name] = _joined(streams)
    return outputs


def _step(row: Row, streams: list[Floats], weights: Weights, network: Network) -> list[Floats]:
    match row:
        case rows.Convolution():
            return [
                _activated(
                    row.activation,
                    operations.convolution(
                        stream,
                        _array(weights, f"{name}/kernel"),
                        _array(weights, f"{name}/bias"),
                        stride=row.stride,
                        padding=row.padding,
                        rounding=network.rounding.convolution,
                    ),
                )
                for name, stream in _towers(row, streams)
            ]
        case rows.Dense():
            return [
                _activated(
                    row.activation,
                    operations.dense(
                        stream, _array(weights, f"{name}/kernel"), _array(weights, f"{name}/bias")
                    ),
                )
                for name, stream in _towers(row, streams)
            ]
        case rows.Pooling():
            way = network.rounding.pooling
            return _each(
                streams, lambda maps: operations.max_pooling(maps, row.size, row.stride, rounding=way)
            )
        case rows.GlobalAveragePooling():
            return _each(streams, lambda maps: maps.mean(axis=(0, 1)))
        case rows.LocalResponseNormalization():
            if row.reads == "all":
                joined = _normalized(row, _joined(streams))
                return np.split(joined, len(streams), axis=-1)
            return _each(streams, lambda maps: _normalized(row, maps))
        case rows.BatchNormalization():
            return [
                _activated(row.activation, _rescaled(weights, name, stream))
                for name, stream in _named(row.name, streams)
            ]
        case rows.Flatten():
            joined_first = [_joined(streams)] if row.reads == "all" else streams
            return _each(joined_first, lambda maps: maps.reshape(-1))
        case rows.Dropout():
            return streams


def _towers(row: rows.Convolution | rows.Dense, streams: list[Floats]) -> list[tuple[str, Floats]]:
    """Each tower of a row: its name, and what it reads."""
    own = row.reads == "own" and len(streams) == row.towers
    return _named(row.name, streams if own else [_joined(streams)] * row.towers)


def _named(name: str, streams: list[Floats]) -> list[tuple[str, Floats]]:
    if len(streams) == 1:
        return [(name, streams[0])]
    return [(f"{name}_tower{tower}", stream) for tower, stream in enumerate(streams, start=1)]


def _each(streams: list[Floats], operation: Callable[[Floats], Floats]) -> list[Floats]:
    return [operation(stream) for stream in streams]


def _joined(streams: list[Floats]) -> Floats:
    return streams[0] if len(streams) == 1 else np.concatenate(streams, axis=-1)


def _activated(activation: rows.Activation | None, values: Floats) -> Floats:
    return values if activation is None else ACTIVATIONS[activation](values)


def _normalized(row: rows.LocalResponseNormalization, maps: Floats) -> Floats:
    return operations.local_response_normalization(maps, row.n, row.k, row.alpha, row.beta)


def _rescaled(weights: Weights, name: str, maps: Floats) -> Floats:
    gamma, beta, mean, variance = (
        _array(weights, f"{name}/{part}") for part in ("gamma", "beta", "moving_mean", "moving_variance")
    )
    return operations.batch_normalization(maps, gamma, beta, mean, variance)


def _array(weights: Weights, path: str) -> NDArray[np.floating]:
    if path not in weights:
        raise DataError("weights_do_not_match", missing=path, extra="-")
    return weights[path]
