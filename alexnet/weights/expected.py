"""What arrays a network has, by the rows alone: the variables' paths in Keras with their shapes."""

from __future__ import annotations

from alexnet.architecture import BatchNormalization, Network
from alexnet.architecture.rows import Weighted, tower_names
from alexnet.architecture.shapes import trace

WEIGHTED = ("kernel", "bias")
NORMALIZING = ("gamma", "beta", "moving_mean", "moving_variance")
"""The variables of a layer, in the order in which Keras numbers them."""


def shapes(network: Network) -> dict[str, tuple[int, ...]]:
    """``conv1_tower1/kernel`` and so on with its shape in Keras's order, in the order of the rows.

    Raises:
        ShapeError: A row does not fit.
    """
    found: dict[str, tuple[int, ...]] = {}
    for layer in trace(network):
        row = layer.row
        if isinstance(row, Weighted):
            assert layer.kernel_shape is not None
            for name in tower_names(row.name, row.towers):
                both = (layer.kernel_shape, layer.kernel_shape[-1:])
                found |= {f"{name}/{part}": one for part, one in zip(WEIGHTED, both, strict=True)}
        elif isinstance(row, BatchNormalization):
            for name in tower_names(row.name, layer.streams):
                found |= {f"{name}/{part}": (layer.output[-1] // layer.streams,) for part in NORMALIZING}
    return found
