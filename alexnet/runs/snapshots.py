"""Which pictures of the first layer a training keeps: so many at most, and none larger than that.

An epoch of the classroom network leaves 23 KB. One of 4,096 kernels of 64 by 64 would leave 97 MB, and a
training may have a thousand epochs.
"""

from __future__ import annotations

import math
from math import prod

import numpy as np
from numpy.typing import NDArray

from alexnet.architecture import Network
from alexnet.trained import first_layer

MOST = 200
"""Epochs kept of one training, besides the beginning and the end."""

LARGEST = 2**20
"""Bytes of one snapshot, of numbers in half precision."""

_HALF = 2  # bytes


def kept(epoch: int, epochs: int) -> bool:
    """Is the first layer kept after this epoch of so many? Evenly: the first and the last one are."""
    return epoch % every(epochs) == 0 or epoch == epochs


def every(epochs: int) -> int:
    """Epochs from one snapshot to the next."""
    return math.ceil(epochs / MOST)


def numbers(network: Network) -> NDArray[np.intp] | None:
    """Which kernels a snapshot holds, counted from 0 over all towers: as many of each; None: all of them."""
    *sizes, count = first_layer.shape(network)
    towers = network.first_convolution.towers
    fitting = max(1, LARGEST // (_HALF * prod(sizes) * towers))
    if fitting >= count:
        return None
    chosen = evenly(count, fitting)
    return np.concatenate([tower * count + chosen for tower in range(towers)])


def evenly(count: int, most: int) -> NDArray[np.intp]:
    """At most so many of ``count`` numbers from 0 on, evenly, the first and the last among them."""
    return np.linspace(0, count - 1, min(count, most)).round().astype(np.intp)


def size(network: Network) -> int:
    """Bytes of one snapshot."""
    *sizes, count = first_layer.shape(network)
    chosen = numbers(network)
    whole = count * network.first_convolution.towers
    return _HALF * prod(sizes) * (whole if chosen is None else len(chosen))
