"""Where in a picture a kernel responds most, and which pixels it saw there. NumPy only."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alexnet.architecture.shapes import Windows


class Place(NamedTuple):
    """One window.

    Attributes:
        row, column: Of the map, from 0.
        top, left: Its first pixel in the picture; negative in the padding.
        value: The response there.
    """

    row: int
    column: int
    top: int
    left: int
    value: float


def strongest(responses: NDArray[np.floating], along: Windows, count: int) -> list[Place]:
    """The windows with the largest responses, the largest first, none of which overlap.

    Without that rule all would lie around one spot. What is not above 0 is no response.

    Args:
        responses: The map, (output, output).
        along: Where its windows stand, the same down and across.
        count: How many at most.
    """
    left = np.where(np.isfinite(responses), responses, -np.inf).astype(np.float64)
    steps = along.stride * np.arange(along.output)
    found: list[Place] = []
    while len(found) < count and left.max() > 0:
        row, column = (int(place) for place in np.unravel_index(int(left.argmax()), left.shape))
        found.append(
            Place(
                row,
                column,
                row * along.stride - along.begin,
                column * along.stride - along.begin,
                float(responses[row, column]),
            )
        )
        near = [np.abs(steps - steps[at]) < along.kernel for at in (row, column)]
        left[np.ix_(*near)] = -np.inf
    return found


def patch(picture: NDArray[np.uint8], place: Place, along: Windows, outside: int = 127) -> NDArray[np.uint8]:
    """What the kernel saw at a place, (kernel, kernel, 3); pixels beyond the picture are ``outside``.

    Args:
        picture: (input, input, 3).
        place: From ``strongest``.
        along: Where windows stand.
        outside: 0 to 255.
    """
    side = along.kernel
    edges = (along.begin, along.end + along.overhang)
    padded = np.pad(picture, (edges, edges, (0, 0)), constant_values=outside)
    top, left = place.top + along.begin, place.left + along.begin
    return padded[top : top + side, left : left + side]
