"""Many pictures as one: rows of squares, enlarged without smoothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alexnet.figures.kernels import png

GAP = 4
EDGE = np.array([128, 128, 128], np.uint8)


def width(count: int, side: int, columns: int, cell: int) -> int:
    """Pixels that ``sheet`` makes of ``count`` pictures of ``side`` pixels from left to right."""
    return min(columns, count) * (side * max(1, -(-cell // side)) + GAP) + GAP


def sheet(pictures: NDArray[np.uint8], columns: int, cell: int, *, framed: bool = False) -> bytes:
    """A PNG with a transparent ground.

    Args:
        pictures: ``(n, side, side, 3)``.
        columns: Pictures in a row.
        cell: Pixels that a picture gets at least; it is enlarged by a whole number.
        framed: A frame around the first.
    """
    count, side = pictures.shape[:2]
    factor = max(1, -(-cell // side))
    large = pictures.repeat(factor, axis=1).repeat(factor, axis=2)
    each = large.shape[1] + GAP
    rows = -(-count // columns)
    ground = np.zeros((rows * each + GAP, width(count, side, columns, cell), 4), np.uint8)
    for place, picture in enumerate(large):
        top, left = (GAP + at * each for at in divmod(place, columns))
        ground[top : top + each - GAP, left : left + each - GAP, :3] = picture
        ground[top : top + each - GAP, left : left + each - GAP, 3] = 255
    if not framed:
        return png(ground)
    first = ground[: each + GAP, : each + GAP]
    frame = np.ones(first.shape[:2], bool)
    frame[GAP:-GAP, GAP:-GAP] = False
    first[frame] = (*EDGE, 255)
    return png(ground)
