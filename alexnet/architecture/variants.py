"""Networks made from others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Literal

from alexnet.architecture.rows import (
    Activation,
    BatchNormalization,
    Convolution,
    Dense,
    Dropout,
    Flatten,
    Network,
    Row,
    Weighted,
)


def one_tower(network: Network) -> Network:
    """The same widths in a single tower, so that every kernel reads every map."""
    rows = tuple(replace(row, towers=1) if isinstance(row, Weighted) else row for row in network.rows)
    return replace(network, rows=rows)


def with_classes(network: Network, classes: int) -> Network:
    """The same network with another number of classes."""
    last = max(index for index, row in enumerate(network.rows) if isinstance(row, Dense))
    rows = tuple(
        replace(row, units=classes) if index == last and isinstance(row, Dense) else row
        for index, row in enumerate(network.rows)
    )
    return replace(network, rows=rows)


def with_size(network: Network, size: int) -> Network:
    """The same network for images of another size, pixels a side."""
    return replace(network, size=size)


def with_activation(network: Network, activation: Activation) -> Network:
    """The same network with another activation function wherever it has ReLU, tanh or sigmoid."""
    return replace(
        network,
        rows=tuple(
            replace(row, activation=activation)
            if isinstance(row, Weighted | BatchNormalization) and row.activation not in (None, "softmax")
            else row
            for row in network.rows
        ),
    )


def with_start(network: Network, initializer: str, std: float | None = None) -> Network:
    """The same network with other first weights in every layer; biases begin as they did.

    Args:
        network: Any.
        initializer: Id of a row of ``alexnet.numerics.initializers``, for every layer.
        std: Standard deviation of a plain normal distribution, which then stands in its place.
    """
    return replace(
        network,
        rows=tuple(
            replace(row, initializer=initializer, std=std) if isinstance(row, Weighted) else row
            for row in network.rows
        ),
    )


def with_first_padding(network: Network, padding: int | Literal["same"]) -> Network:
    """The same network with another padding in its first convolution."""
    first = min(index for index, row in enumerate(network.rows) if isinstance(row, Convolution))
    rows = tuple(
        replace(row, padding=padding) if index == first and isinstance(row, Convolution) else row
        for index, row in enumerate(network.rows)
    )
    return replace(network, rows=rows)


def with_dropout(network: Network, after: Collection[str], rate: float = 0.5) -> Network:
    """The same network with dropout after the rows of these names."""
    rows: list[Row] = []
    for row in network.rows:
        rows.append(row)
        if row.name in after:
            rows.append(Dropout(f"drop_{row.name}", rate))
    return replace(network, rows=tuple(rows))


def apart(network: Network) -> Network:
    """The same network with towers that read nothing of each other before the dense layers."""
    first = next(row.name for row in network.rows if isinstance(row, Convolution))
    rows = tuple(
        replace(row, reads="own") if isinstance(row, Convolution) and row.name != first else row
        for row in network.rows
    )
    return replace(network, rows=rows)


def never_talking(network: Network) -> Network:
    """The same network with towers that first meet in the last layer, as in run 150 of the authors' code."""
    last = max(index for index, row in enumerate(network.rows) if isinstance(row, Weighted))
    rows = tuple(
        replace(row, reads="own") if index != last and isinstance(row, Weighted | Flatten) else row
        for index, row in enumerate(network.rows)
    )
    return replace(network, rows=rows)


def all_connected(network: Network) -> Network:
    """The same towers, but every layer of each reads both."""
    rows = tuple(replace(row, reads="all") if isinstance(row, Weighted) else row for row in network.rows)
    return replace(network, rows=rows)
