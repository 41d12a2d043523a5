"""Pictures that are drawn and not photographed, because of what they make a kernel see."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

BRIGHTNESS = 120
"""The mean of red, green and blue at every pixel of ``equal_brightness``."""


def shapes(side: int) -> Pixels:
    """A white square, a disc and a triangle on dark grey: edges in every direction.

    Args:
        side: Pixels along each side.

    Returns:
        (side, side, 3), uint8.
    """
    y, x = _grid(side)
    picture = np.full((side, side), 40, np.uint8)
    picture[(abs(x - 0.27) < 0.17) & (abs(y - 0.27) < 0.17)] = 235
    picture[(x - 0.73) ** 2 + (y - 0.3) ** 2 < 0.19**2] = 235
    picture[(y > 0.58) & (y < 0.92) & (abs(x - 0.5) < (y - 0.58))] = 235
    return np.repeat(picture[..., None], 3, axis=2)


def equal_brightness(side: int) -> Pixels:
    """Coloured squares on grey, all of one mean brightness: without colour there is nothing to see.

    Args:
        side: Pixels along each side.

    Returns:
        (side, side, 3), uint8; red, green and blue have the mean ``BRIGHTNESS`` at every pixel.
    """
    y, x = _grid(side)
    picture = np.full((side, side, 3), BRIGHTNESS, np.uint8)
    tints = ((90, -60, -30), (-60, 90, -30), (-30, -60, 90), (60, 30, -90))
    places = ((0.28, 0.28), (0.28, 0.72), (0.72, 0.28), (0.72, 0.72))
    for tint, (down, across) in zip(tints, places, strict=True):
        inside = (abs(y - down) < 0.16) & (abs(x - across) < 0.16)
        picture[inside] = np.array(tint) + BRIGHTNESS
    return picture


DRAWN: Mapping[str, Callable[[int], Pixels]] = {"shapes": shapes, "equal_brightness": equal_brightness}
"""By id."""


def _grid(side: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Each pixel's centre, 0 to 1 down and across."""
    along = (np.arange(side) + 0.5) / side
    down, across = np.meshgrid(along, along, indexing="ij")
    return down, across
