"""One kernel's responses to a picture: the picture with the best windows marked, the map, and the patches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw, ImageFont

from alexnet.architecture.shapes import Windows
from alexnet.figures.kernels import PAPER, Pixels
from alexnet.figures.theme import DIVERGING
from alexnet.kernels.peaks import Place

SIDE = 448
"""Pixels along each side of a picture at least."""

_LIT, _EDGE = "#FFD23F", "#000000"  # a bright line with a dark edge is seen on any picture
_GAP, _PATCH = 8, 96
_BOX, _SMALL = 26, 19  # of a number


def signed(values: NDArray[np.floating], limit: float) -> Pixels:
    """Values of any shape on the app's diverging scale: blue below 0, white at 0, orange above.

    Args:
        values: Any shape.
        limit: The absolute value that gets the full colour; larger ones are cut.

    Returns:
        That shape and 3.
    """
    stops = [2 * stop - 1 for stop, _ in DIVERGING]
    colours = np.array([ImageColor.getrgb(colour) for _, colour in DIVERGING], np.float64)
    share = np.asarray(values, np.float64) / (limit or 1.0)
    return np.stack([np.rint(np.interp(share, stops, colours[:, c])) for c in range(3)], -1).astype(np.uint8)


def marked_picture(picture: Pixels, places: Sequence[Place], along: Windows) -> Pixels:
    """The picture, enlarged without smoothing, with a numbered frame around each window.

    Args:
        picture: (input, input, 3).
        places: The best first.
        along: Where windows stand.
    """
    factor = -(-SIDE // along.input)
    return _framed(_enlarged(picture, factor), places, along.kernel * factor, factor)


def marked_map(responses: NDArray[np.floating], places: Sequence[Place]) -> Pixels:
    """The map on the diverging scale, enlarged without smoothing, with the same numbers at the same places.

    Args:
        responses: (output, output).
        places: The best first.
    """
    factor = -(-SIDE // len(responses))
    drawn = _enlarged(signed(responses, float(np.abs(responses).max())), factor)
    return _framed(
        drawn,
        [place._replace(top=place.row, left=place.column) for place in places],
        factor,
        factor,
    )


def patches(kernel: Pixels, seen: Sequence[Pixels]) -> Pixels:
    """The kernel, and then what it saw at its best places, numbered, side by side.

    Args:
        kernel: (side, side, 3).
        seen: Of the same shape, the best first.
    """
    factor = -(-_PATCH // len(kernel))
    side = len(kernel) * factor
    image = Image.new("RGB", ((len(seen) + 1) * (side + _GAP) - _GAP, side), PAPER)
    for number, tile in enumerate([kernel, *seen]):
        image.paste(Image.fromarray(_enlarged(tile, factor)), (number * (side + _GAP), 0))
        if number:
            _number(ImageDraw.Draw(image), number, number * (side + _GAP), 0, _BOX)
    return np.array(image)


def _enlarged(picture: Pixels, factor: int) -> Pixels:
    return picture.repeat(factor, axis=0).repeat(factor, axis=1)


def _framed(picture: Pixels, places: Sequence[Place], side: int, factor: int) -> Pixels:
    image = Image.fromarray(picture)
    pen = ImageDraw.Draw(image)
    for number, place in reversed(list(enumerate(places, start=1))):
        top, left = place.top * factor, place.left * factor
        box = (left, top, left + side - 1, top + side - 1)
        pen.rectangle(_grown(box, 1), outline=_EDGE, width=5)
        pen.rectangle(box, outline=_LIT, width=3)
        if side >= 2 * _BOX:
            _number(pen, number, *_inside(image, left, top, _BOX), _BOX)
        else:  # a small frame would be hidden by its number
            _number(pen, number, *_inside(image, left + side + 2, top, _SMALL), _SMALL)
    return np.array(image)


def _inside(image: Image.Image, left: int, top: int, box: int) -> tuple[int, int]:
    return min(max(left, 0), image.width - box), min(max(top, 0), image.height - box)


def _grown(box: tuple[int, int, int, int], by: int) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    return left - by, top - by, right + by, bottom + by


def _number(pen: ImageDraw.ImageDraw, number: int, left: int, top: int, box: int) -> None:
    pen.rectangle((left, top, left + box - 1, top + box - 1), fill=_EDGE)
    font = ImageFont.load_default(size=round(0.8 * box))
    pen.text((left + box / 2, top + box / 2), str(number), _LIT, font, anchor="mm")
