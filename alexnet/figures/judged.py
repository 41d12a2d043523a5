"""Pictures with the answer that they got: a frame says right or wrong, and so does a mark in its corner."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from alexnet.figures.theme import LAYER_COLOURS, TOWER_COLOURS

Pixels = NDArray[np.uint8]

RIGHT, WRONG = LAYER_COLOURS["convolution"], TOWER_COLOURS[1]
"""Green and vermilion: people who cannot tell red from green tell these two, and the marks say the same."""

SIDE, _FRAME, _MARK = 64, 3, 17


def tile(picture: Pixels, *, right: bool) -> Pixels:
    """A picture enlarged without smoothing, framed, with a tick or a cross in its upper left corner.

    Args:
        picture: (side, side, 3), uint8.
        right: Whether the answer to it was.

    Returns:
        (SIDE, SIDE, 3).
    """
    image = Image.fromarray(picture).resize((SIDE, SIDE), Image.Resampling.NEAREST)
    draw = ImageDraw.Draw(image)
    colour = RIGHT if right else WRONG
    draw.rectangle((0, 0, SIDE - 1, SIDE - 1), outline=colour, width=_FRAME)
    draw.rectangle((0, 0, _MARK, _MARK), fill=colour)
    lines = [((4, 9), (8, 13), (14, 5))] if right else [((4, 4), (13, 13)), ((13, 4), (4, 13))]
    for line in lines:
        draw.line(line, fill="#FFFFFF", width=3)
    return np.asarray(image)


def tiles(pictures: Pixels, right: NDArray[np.bool_]) -> Pixels:
    """Many: (n, side, side, 3) and (n,) to (n, SIDE, SIDE, 3)."""
    if not len(pictures):
        return np.zeros((0, SIDE, SIDE, 3), np.uint8)
    return np.stack([tile(one, right=bool(good)) for one, good in zip(pictures, right, strict=True)])
