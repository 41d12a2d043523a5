"""Which kernels look alike, wherever their pattern stands within them. NumPy only.

A network has no reason to put an edge in the middle of a kernel: the same edge two pixels further is the same
finding, since the kernel slides over the whole image. So kernels are compared at every small shift, and the
best one counts.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from alexnet.errors import ShapeError

Floats = NDArray[np.float64]

REACH = 3
"""Pixels by which a kernel is shifted at most, in either direction."""


def cosines(kernel: NDArray[np.floating], others: NDArray[np.floating], reach: int = REACH) -> Floats:
    """The largest cosine similarity of a kernel with each of some others, over all small shifts.

    Weights that a shift pushes over the edge are lost, and zeros follow, while the norms stay those of the
    whole kernels: so a small overlap cannot make two kernels alike.

    Args:
        kernel: (height, width, channels).
        others: (height, width, channels, kernels).
        reach: Pixels; a shift of the kernel's whole side or more leaves no overlap and is not tried.

    Returns:
        (kernels,) from -1 to 1: 1 for a kernel that is the same up to shift and strength; 0 where either
        kernel is all zeros.

    Raises:
        ShapeError: kernels_differ_in_size.
    """
    if kernel.shape != others.shape[:3]:
        raise ShapeError("kernels_differ_in_size", first=kernel.shape, second=others.shape)
    mine, theirs = kernel.astype(np.float64), others.astype(np.float64)
    height, width = kernel.shape[:2]
    down, across = min(reach, height - 1), min(reach, width - 1)
    products = np.stack(
        [
            np.tensordot(_part(mine, y, x), _part(theirs, -y, -x), axes=3)
            for y, x in product(range(-down, down + 1), range(-across, across + 1))
        ]
    )
    norms = np.sqrt(np.square(mine).sum()) * np.sqrt(np.square(theirs).sum(axis=(0, 1, 2)))
    best = products.max(axis=0)
    result: Floats = np.clip(np.divide(best, norms, out=np.zeros_like(best), where=norms > 0), -1, 1)
    return result


def _part(weights: Floats, down: int, right: int) -> Floats:
    """What still lies inside after the kernel has moved by so many pixels."""
    height, width = weights.shape[:2]
    return weights[max(0, -down) : height - max(0, down), max(0, -right) : width - max(0, right)]
