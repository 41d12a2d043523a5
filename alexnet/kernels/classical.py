"""Kernels that nobody trained: the classical ones, and a reader's own, written for a link. NumPy only.

The classical kernels see brightness, a third of each colour, but for one that sees a colour.

Sources: Sobel and Feldman 1968 for the edges (in Duda and Hart 1973, "Pattern Classification and Scene
Analysis", page 271); Gonzalez and Woods, "Digital Image Processing", chapter 3, for the others.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alexnet.errors import ChoiceError

Kernel = NDArray[np.float32]
"""(side, side, 3): a weight for every position and colour."""

SIDES = (1, 3, 5, 7, 11)
"""How large a reader's own kernel can be."""

LARGEST = 1000.0
"""The largest weight, positive or negative, of a reader's own kernel."""


def _bright(weights: ArrayLike) -> Kernel:
    """One grid for all three colours: the kernel sees their mean."""
    return np.repeat(np.asarray(weights, np.float32)[..., None] / 3, 3, axis=2)


def _binomial(row: ArrayLike) -> Kernel:
    """A blur whose weights add up to 1."""
    line = np.asarray(row, np.float32)
    square = np.outer(line, line)
    return _bright(square / square.sum())


_EDGE = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], np.float32)
_SOFT = np.outer([1, 2, 1], [1, 2, 1]).astype(np.float32) / 16

CLASSICAL: Mapping[str, Kernel] = {
    "edge_vertical": _bright(_EDGE),
    "edge_horizontal": _bright(_EDGE.T),
    "outline": _bright([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]),
    "blur": _binomial([1, 4, 6, 4, 1]),
    "sharpen": _bright([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "red_green": np.stack([_SOFT, -_SOFT, np.zeros_like(_SOFT)], axis=2),
}
"""By id, in the order in which they are offered."""


def to_link(kernel: Kernel) -> str:
    """A kernel as text for a link; three equal colours are written once.

    Args:
        kernel: (side, side, 3).
    """
    alike = bool((kernel == kernel[..., :1]).all())
    weights = kernel[..., :1] if alike else kernel
    packed = np.ascontiguousarray(weights, "<f4").tobytes()
    return base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def from_link(link: str) -> Kernel:
    """The kernel of a link, which may hold anything.

    Raises:
        ChoiceError: kernel_link_damaged: not a kernel of one of ``SIDES``, or a weight beyond ``LARGEST``.
    """
    try:
        packed = base64.b64decode(link + "=" * (-len(link) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ChoiceError("kernel_link_damaged") from None
    for side in SIDES:
        for channels in (1, 3):
            if len(packed) == 4 * side * side * channels:
                weights = np.frombuffer(packed, "<f4").reshape(side, side, channels).astype(np.float32)
                if not (np.abs(weights) <= LARGEST).all():  # which NaN is not
                    raise ChoiceError("kernel_link_damaged")
                return np.repeat(weights, 3, axis=2) if channels == 1 else weights
    raise ChoiceError("kernel_link_damaged")
