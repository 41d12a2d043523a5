"""A photograph beside what the network saw of it, as pixels for the screen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]

LONGEST = 480
"""Pixels of the longer side of a photograph on the screen."""


def cropped_outline(pixels: Pixels, longest: int = LONGEST) -> Pixels:
    """A photograph for the screen; what lies outside its centre square, which the network reads, is faded.

    Args:
        pixels: (height, width, 3), uint8.
        longest: The longer side of the result at most.

    Returns:
        (height, width, 3), uint8, in the proportions of the photograph.
    """
    height, width, _ = pixels.shape
    scale = min(1.0, longest / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.array(Image.fromarray(pixels).resize(size, Image.Resampling.BILINEAR))
    height, width, _ = small.shape
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    outside = np.ones((height, width), bool)
    outside[top : top + side, left : left + side] = False
    # Mid grey, so that the faded parts step back on a white page and on a black one.
    small[outside] = (small[outside].astype(np.uint16) + 3 * 128) // 4
    return small


def pixelated(pixels: Pixels, least: int = 256) -> Pixels:
    """Every pixel as a square of equal pixels, so that a browser cannot smooth what the network saw.

    Args:
        pixels: (side, side, 3), uint8.
        least: The side of the result at least.
    """
    factor = -(-least // pixels.shape[0])
    return pixels.repeat(factor, axis=0).repeat(factor, axis=1)
