"""Pictures that are like nothing that a network of photographs was trained on, made and not taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

PATCHES = 4
"""Along each side of a picture that is cut up."""


def noise(images: Pixels, draw: np.random.Generator) -> Pixels:
    """Every value by chance, as many and as large as ``images``, (n, side, side, 3)."""
    return draw.integers(0, 256, images.shape, dtype=np.uint8)


def scrambled(images: Pixels, draw: np.random.Generator) -> Pixels:
    """The same pictures cut into 4x4 patches, laid anew by chance; what does not divide is cut off."""
    count, side, _, colours = images.shape
    patch = side // PATCHES
    cut = images[:, : patch * PATCHES, : patch * PATCHES].reshape(
        count, PATCHES, patch, PATCHES, patch, colours
    )
    patches = cut.swapaxes(2, 3).reshape(count, PATCHES**2, patch, patch, colours)
    laid = np.stack([one[draw.permutation(PATCHES**2)] for one in patches])
    back = laid.reshape(count, PATCHES, PATCHES, patch, patch, colours).swapaxes(2, 3)
    return np.ascontiguousarray(back.reshape(count, patch * PATCHES, patch * PATCHES, colours))


def stripes(images: Pixels, draw: np.random.Generator) -> Pixels:
    """Waves of two colours, of any direction and of two to eight to a picture."""
    count, side, _, colours = images.shape
    down, across = np.mgrid[:side, :side] / side
    angles, waves = draw.uniform(0, np.pi, (count, 1, 1)), draw.uniform(2, 8, (count, 1, 1))
    phase = np.cos(angles) * across + np.sin(angles) * down
    share = (0.5 + 0.5 * np.sin(2 * np.pi * waves * phase))[..., None]
    first, second = (draw.integers(0, 256, (count, 1, 1, colours)) for _ in range(2))
    mixed: Pixels = np.rint(first + share * (second - first)).astype(np.uint8)
    return mixed


STRANGE: Mapping[str, Callable[[Pixels, np.random.Generator], Pixels]] = {
    "noise": noise,
    "scrambled": scrambled,
    "stripes": stripes,
}
"""By id."""
