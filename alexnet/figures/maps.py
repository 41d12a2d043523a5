"""Feature maps as pictures: one tile a map, many tiles in one picture, and pictures side by side.

A response of zero is black and the strongest white. Where a layer also responds below zero (hyperbolic
tangent, or no activation function), zero is the middle of the app's diverging scale instead.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor

from alexnet.figures.theme import DIVERGING

Pixels = NDArray[np.uint8]
Floats = NDArray[np.floating]

BAR = 16
"""Pixels along each side of the tile of a unit without a map: it is filled as high as the unit responds."""

GAP = 6
"""Pixels between pictures that stand side by side."""


def tiles(maps: Floats, limits: Floats) -> Pixels:
    """Maps as tiles, one colour value for each response.

    Args:
        maps: (height, width, maps).
        limits: (maps,), the response that is drawn white; larger ones are cut. Black where it is not above 0.

    Returns:
        (maps, height, width, 3).
    """
    safe = np.where(limits > 0, limits, np.inf)
    shares = np.moveaxis(np.clip(maps / safe, -1, 1), -1, 0)
    return _diverging(shares) if (maps < 0).any() else _grey(shares)


def bars(values: Floats, limit: float) -> Pixels:
    """Units without a map: tiles filled from below by their responses' share of ``limit``.

    Args:
        values: (units,).
        limit: The response whose tile is full.

    Returns:
        (units, BAR, BAR, 3).
    """
    shares = np.clip(values / limit, -1, 1) if limit > 0 else np.zeros_like(values)
    height = np.rint(np.abs(shares) * BAR)[:, None, None]
    filled = np.broadcast_to(np.arange(BAR)[::-1, None] < height, (len(values), BAR, BAR))
    signs = np.broadcast_to(np.sign(shares)[:, None, None], filled.shape)
    return _diverging(np.where(filled, signs, 0)) if (values < 0).any() else _grey(filled.astype(float))


def _grey(shares: Floats) -> Pixels:
    levels: Pixels = np.rint(255 * shares).astype(np.uint8)
    return np.repeat(levels[..., None], 3, axis=-1)


def _diverging(shares: Floats) -> Pixels:
    low, middle, high = (np.array(ImageColor.getrgb(colour), float) for _, colour in DIVERGING)
    ends = np.where(shares[..., None] < 0, low, high)
    colours: Pixels = np.rint(middle + np.abs(shares[..., None]) * (ends - middle)).astype(np.uint8)
    return colours


def sprite(tiles: Pixels, columns: int) -> Pixels:
    """All tiles in one picture without gaps, row by row; the last row is filled up with black.

    Args:
        tiles: (n, height, width, 3).
        columns: Tiles side by side.
    """
    count, height, width, _ = tiles.shape
    rows = -(-count // columns)
    filled = np.zeros((rows * columns, height, width, 3), np.uint8)
    filled[:count] = tiles
    lined = filled.reshape(rows, columns, height, width, 3).swapaxes(1, 2)
    return np.ascontiguousarray(lined).reshape(rows * height, columns * width, 3)


def grid(cells: Sequence[Sequence[Pixels]], side: int, gap: int = GAP) -> Pixels:
    """Square pictures in rows and columns, each enlarged without smoothing; between them nothing.

    Args:
        cells: Row by row, each picture (size, size, 3) of its own size. Rows may be of unequal length.
        side: Pixels along each side of an enlarged picture.
        gap: Pixels between two.

    Returns:
        (height, width, 4), transparent between the pictures.
    """
    across = max(map(len, cells))
    pitch = side + gap
    whole = np.zeros((len(cells) * pitch - gap, across * pitch - gap, 4), np.uint8)
    for row, line in enumerate(cells):
        for column, picture in enumerate(line):
            enlarged = Image.fromarray(picture).resize((side, side), Image.Resampling.NEAREST)
            place = (
                slice(row * pitch, row * pitch + side),
                slice(column * pitch, column * pitch + side),
            )
            whole[place][..., :3] = np.asarray(enlarged)
            whole[place][..., 3] = 255
    return whole


def marked(picture: Pixels, box: tuple[float, float, float, float], colour: str, side: int) -> Pixels:
    """A picture enlarged without smoothing, with a frame around a part of it.

    Args:
        picture: (size, size, 3).
        box: Top, left, bottom and right of the part, as shares of the picture's side; what lies outside
            the picture is cut.
        colour: Of the frame, as ``#RRGGBB``; a thin black and white line on either side keeps it in sight.
        side: Pixels along each side of the result.
    """
    large = np.array(Image.fromarray(picture).resize((side, side), Image.Resampling.NEAREST))
    top, left, bottom, right = (round(min(max(edge, 0.0), 1.0) * side) for edge in box)
    width = max(2, side // 64)
    for inset, shade in ((0, "#000000"), (1, colour), (1 + width, "#FFFFFF")):
        thick = width if inset == 1 else 1
        frame = np.zeros((side, side), bool)
        frame[top + inset : max(bottom - inset, 0), left + inset : max(right - inset, 0)] = True
        inner = inset + thick
        frame[top + inner : max(bottom - inner, 0), left + inner : max(right - inner, 0)] = False
        large[frame] = ImageColor.getrgb(shade)
    return large


def cut(picture: Pixels, box: tuple[float, float, float, float]) -> Pixels:
    """The part of a picture in a box, square: black where the box lies outside. Arguments as ``marked``'s."""
    size = len(picture)
    top, left, bottom, right = (round(edge * size) for edge in box)
    out = np.zeros((max(bottom - top, 1), max(right - left, 1), 3), np.uint8)
    inside = picture[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
    down, across = max(-top, 0), max(-left, 0)
    out[down : down + inside.shape[0], across : across + inside.shape[1]] = inside
    return out


def bordered(tiles: Pixels, colour: str, width: int = 1) -> list[Pixels]:
    """Tiles with a frame each, for a picture that stands alone.

    Args:
        tiles: (n, height, width, 3).
        colour: Of the frames, as ``#RRGGBB``.
        width: Of the frames, in the tiles' own pixels.
    """
    n, height, across, _ = tiles.shape
    framed = np.empty((n, height + 2 * width, across + 2 * width, 3), np.uint8)
    framed[:] = ImageColor.getrgb(colour)
    framed[:, width:-width, width:-width] = tiles
    return list(framed)


def png(picture: Pixels) -> bytes:
    """A picture as a PNG file, without loss; one without colours takes one number for each pixel.

    Pillow's smallest file would take ten times as long to make, and it is made anew for every picture.

    Args:
        picture: (height, width, 3), or 4 with transparency.
    """
    first = picture[..., 0]
    colourless = picture.shape[-1] == 3 and all(np.array_equal(first, picture[..., n]) for n in (1, 2))
    buffer = io.BytesIO()
    Image.fromarray(first if colourless else picture).save(buffer, "PNG", compress_level=4)
    return buffer.getvalue()
