"""The same picture in other colours: without any, or with every hue turned, its brightness kept.

Brightness here is the mean of red, green and blue, and colour what is left. A kernel whose three colours have
equal weights sees only that mean: it answers all these pictures alike, up to the network's own scaling of
the three colours.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8] | NDArray[np.float32]
Floats = NDArray[np.float32]

BRIGHTEST = 255.0


def grey(pixels: Pixels) -> Floats:
    """Red, green and blue replaced by their mean.

    Args:
        pixels: (..., 3), 0 to 255.

    Returns:
        The same shape; not rounded, so that nothing else changes.
    """
    mean = pixels.astype(np.float32).mean(axis=-1, keepdims=True)
    return np.repeat(mean, 3, axis=-1)


def turned(pixels: Pixels, degrees: float) -> Floats:
    """Every colour turned about the grey axis of the colour cube; 120 degrees make red green.

    A colour that would leave the cube is made paler until it fits: its mean, and its hue, stay.

    Args:
        pixels: (..., 3), 0 to 255.
        degrees: By how much; 360 change nothing.

    Returns:
        The same shape, 0 to 255; not rounded.
    """
    angle = np.deg2rad(np.float64(degrees))
    # Rodrigues' formula about (1, 1, 1)/sqrt(3), for vectors at a right angle to it.
    across = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]) / np.sqrt(3)
    matrix = np.cos(angle) * np.eye(3) + np.sin(angle) * across
    mean = grey(pixels).astype(np.float64)
    colour = (pixels - mean) @ matrix.T
    # How far each channel may go from the mean before it reaches 0 or 255.
    room = np.where(colour > 0, BRIGHTEST - mean, mean)
    share = np.min(np.where(np.abs(colour) > room, room / np.maximum(np.abs(colour), 1e-12), 1.0), axis=-1)
    result: Floats = (mean + share[..., None] * colour).astype(np.float32)
    return np.clip(result, 0, np.float32(BRIGHTEST))
