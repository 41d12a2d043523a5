"""A network's output for one image, row by row, in NumPy: what Keras computes, without TensorFlow.

Towers are a list of arrays that a row with ``reads="all"`` joins, as in ``alexnet.network.build``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import singledispatch

import numpy as np
from numpy.typing import NDArray

from alexnet import architecture as rows
from alexnet.architecture import Network, Rounding, Row
from alexnet.architecture.kinds import unknown
from alexnet.architecture.rows import tower_names
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
        streams = output(row, streams, weights, network.rounding)
        outputs[row.name] = _joined(streams)
    return outputs


@singledispatch
def output(row: Row, streams: list[Floats], weights: Weights, rounding: Rounding) -> list[Floats]:
    """What one row makes of what the row before it gave.

    Args:
        row: Of any kind that has been registered here.
        streams: Each tower's maps, (height, width, maps), or numbers, (units,); or those of both as one.
        weights: All weights of the network.
        rounding: The network's rules.

    Raises:
        DataError: weights_do_not_match, an array is missing.
        ShapeError: An array of another shape.
        NotImplementedError: The row is of another kind.
    """
    raise unknown(row)


@output.register
def _convolution(
    row: rows.Convolution, streams: list[Floats], weights: Weights, rounding: Rounding
) -> list[Floats]:
    return [
        _activated(
            row.activation,
            operations.convolution(
                stream,
                _array(weights, f"{name}/kernel"),
                _array(weights, f"{name}/bias"),
                stride=row.stride,
                padding=row.padding,
                rounding=rounding.convolution,
            ),
        )
        for name, stream in _towers(row, streams)
    ]


@output.register
def _dense(row: rows.Dense, streams: list[Floats], weights: Weights, rounding: Rounding) -> list[Floats]:
    return [
        _activated(
            row.activation,
            operations.dense(stream, _array(weights, f"{name}/kernel"), _array(weights, f"{name}/bias")),
        )
        for name, stream in _towers(row, streams)
    ]


@output.register
def _pooling(row: rows.Pooling, streams: list[Floats], weights: Weights, rounding: Rounding) -> list[Floats]:
    way = rounding.of(row)
    return _each(streams, lambda maps: operations.max_pooling(maps, row.size, row.stride, rounding=way))


@output.register
def _global_average(
    row: rows.GlobalAveragePooling, streams: list[Floats], weights: Weights, rounding: Rounding
) -> list[Floats]:
    return _each(streams, lambda maps: maps.mean(axis=(0, 1)))


@output.register
def _local_response_normalization(
    row: rows.LocalResponseNormalization, streams: list[Floats], weights: Weights, rounding: Rounding
) -> list[Floats]:
    if row.reads == "all":
        return np.split(_normalized(row, _joined(streams)), len(streams), axis=-1)
    return _each(streams, lambda maps: _normalized(row, maps))


@output.register
def _batch_normalization(
    row: rows.BatchNormalization, streams: list[Floats], weights: Weights, rounding: Rounding
) -> list[Floats]:
    return [
        _activated(row.activation, _rescaled(row, weights, name, stream))
        for name, stream in _named(row.name, streams)
    ]


@output.register
def _flatten(row: rows.Flatten, streams: list[Floats], weights: Weights, rounding: Rounding) -> list[Floats]:
    joined_first = [_joined(streams)] if row.reads == "all" else streams
    return _each(joined_first, lambda maps: maps.reshape(-1))


@output.register
def _dropout(row: rows.Dropout, streams: list[Floats], weights: Weights, rounding: Rounding) -> list[Floats]:
    return streams


def _towers(row: rows.Weighted, streams: list[Floats]) -> list[tuple[str, Floats]]:
    """Each tower of a row: its name, and what it reads."""
    own = row.reads == "own" and len(streams) == row.towers
    return _named(row.name, streams if own else [_joined(streams)] * row.towers)


def _named(name: str, streams: list[Floats]) -> list[tuple[str, Floats]]:
    return list(zip(tower_names(name, len(streams)), streams, strict=True))


def _each(streams: list[Floats], operation: Callable[[Floats], Floats]) -> list[Floats]:
    return [operation(stream) for stream in streams]


def _joined(streams: list[Floats]) -> Floats:
    return streams[0] if len(streams) == 1 else np.concatenate(streams, axis=-1)


def _activated(activation: rows.Activation | None, values: Floats) -> Floats:
    return values if activation is None else ACTIVATIONS[activation](values)


def _normalized(row: rows.LocalResponseNormalization, maps: Floats) -> Floats:
    return operations.local_response_normalization(maps, row.n, row.k, row.alpha, row.beta)


def _rescaled(row: rows.BatchNormalization, weights: Weights, name: str, maps: Floats) -> Floats:
    gamma, beta, mean, variance = (
        _array(weights, f"{name}/{part}") for part in ("gamma", "beta", "moving_mean", "moving_variance")
    )
    return operations.batch_normalization(maps, gamma, beta, mean, variance, row.epsilon)


def _array(weights: Weights, path: str) -> NDArray[np.floating]:
    if path not in weights:
        raise DataError("weights_do_not_match", missing=path, extra="-")
    return weights[path]
