"""First-layer kernels as one picture per tower: a contact sheet, each kernel with its colour index below it.

Weights have a sign, so a kernel is drawn around mid grey: weight 0 is 127 in every channel, and the largest
absolute weight reaches 0 or 254. Tiles are enlarged by a whole factor without smoothing, so a tile still
holds its weights: ``Sheet.values`` reads them back.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw, ImageFont

Pixels = NDArray[np.uint8]

MIDDLE = 127
"""The grey of weight 0."""

TILE = 88
"""Pixels that a tile is wide at least, so that its index fits below it: kernels of 3x3 are enlarged more."""

MOST_PIXELS = 6_000_000
"""Pixels of a sheet that its tiles are enlarged for freely: 400 kernels of 11x11."""

PAPER, INK = "#16181D", "#F2F2F2"  # dark in both themes: mid-grey tiles keep their edges on it


@dataclass(frozen=True)
class Sheet:
    """Where each tile of a contact sheet lies; all measures but the counts are pixels.

    Attributes:
        count: Number of kernels.
        height: Rows of one kernel.
        width: Columns of one kernel.
        columns: Tiles side by side.
        factor: Pixels to a weight.
        gap: Between tiles, and between the tiles and the frame.
        caption: Height of the line below each tile.
        frame: Thickness of the coloured frame.
    """

    count: int
    height: int
    width: int
    columns: int = 6
    factor: int = 8
    gap: int = 12
    caption: int = 36
    frame: int = 8

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of the whole picture."""
        rows = math.ceil(self.count / self.columns)
        down, across = self.pitch
        border = self.gap + 2 * self.frame
        return rows * down + border, self.columns * across + border

    @property
    def pitch(self) -> tuple[int, int]:
        """Down and across from one tile to the next."""
        return self.height * self.factor + self.caption + self.gap, self.width * self.factor + self.gap

    def corner(self, position: int) -> tuple[int, int]:
        """Top and left of the tile at ``position`` (from 0, row by row)."""
        down, across = self.pitch
        row, column = divmod(position, self.columns)
        start = self.frame + self.gap
        return start + row * down, start + column * across

    def tile(self, position: int) -> tuple[slice, slice]:
        """The pixels of the tile at ``position``, without its caption."""
        top, left = self.corner(position)
        return (
            slice(top, top + self.height * self.factor),
            slice(left, left + self.width * self.factor),
        )

    def values(self, picture: Pixels, position: int) -> Pixels:
        """The tile at ``position`` as (height, width, 3): one value for each weight."""
        return picture[self.tile(position)][:: self.factor, :: self.factor]


def as_pixels(kernels: NDArray[np.floating], limits: NDArray[np.floating]) -> Pixels:
    """Weights of (height, width, 3, kernels) as 0 to 254 around ``MIDDLE``.

    Args:
        kernels: The weights.
        limits: (kernels,) the absolute weight that becomes 0 or 254; larger ones are cut; 0: mid grey.
    """
    safe = np.where(limits > 0, limits, np.inf)
    return (MIDDLE + np.rint(np.clip(kernels / safe, -1, 1) * MIDDLE)).astype(np.uint8)


def one_channel(kernels: NDArray[np.floating], channel: int) -> NDArray[np.floating]:
    """Kernels whose three channels are all the chosen one (0 red, 1 green, 2 blue), to be drawn in greys."""
    return np.repeat(kernels[:, :, channel : channel + 1], 3, axis=2)


def own_limits(kernels: NDArray[np.floating]) -> NDArray[np.floating]:
    """The largest absolute weight of each kernel: every kernel in its own full contrast."""
    limits: NDArray[np.floating] = np.abs(kernels).max(axis=(0, 1, 2))
    return limits


def contact_sheet(
    pixels: Pixels, colour_index: NDArray[np.float64], order: Sequence[int], colour: str, columns: int = 6
) -> tuple[Pixels, Sheet]:
    """All kernels of a tower as one picture.

    Args:
        pixels: (height, width, 3, kernels), from ``as_pixels``.
        colour_index: (kernels,), written below each tile with two decimals; a dash for NaN.
        order: The kernels' numbers in the order shown.
        colour: Of the frame, as ``#RRGGBB``.
        columns: Tiles side by side.

    Returns:
        The picture, (height, width, 3), and where its tiles lie.
    """
    height, width, _, _ = pixels.shape
    sheet = Sheet(len(order), height, width, columns, factor=_factor(len(order), height, width))
    image = Image.new("RGB", sheet.size[::-1], PAPER)
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=34)
    pen.rectangle(
        (0, 0, image.width - 1, image.height - 1), outline=ImageColor.getrgb(colour), width=sheet.frame
    )
    for position, number in enumerate(order):
        top, left = sheet.corner(position)
        index = colour_index[number]
        written = "-" if np.isnan(index) else f"{index:.2f}"
        below = top + height * sheet.factor + sheet.caption / 2 + 1
        pen.text((left + width * sheet.factor / 2, below), written, INK, font, anchor="mm")
    picture = np.array(image)
    for position, number in enumerate(order):
        enlarged = pixels[..., number].repeat(sheet.factor, axis=0).repeat(sheet.factor, axis=1)
        picture[sheet.tile(position)] = enlarged
    return picture, sheet


def fitting(height: int, width: int, most: int = MOST_PIXELS) -> int:
    """How many kernels of this size a contact sheet of so many pixels has room for; at least one."""
    down, across = Sheet(1, height, width, factor=_factor(most, height, width)).pitch
    return max(1, most // (down * across))


def _factor(count: int, height: int, width: int) -> int:
    """Pixels to a weight: as few as leave room for the index below a tile where the sheet would be huge."""
    least = math.ceil(TILE / width)
    usual = max(Sheet.factor, least)
    down, across = Sheet(1, height, width, factor=usual).pitch
    return usual if count * down * across <= MOST_PIXELS else least


def tiles(pixels: Pixels, order: Sequence[int]) -> Pixels:
    """One pixel for each weight, kernel after kernel: for a screen that enlarges them by itself.

    Args:
        pixels: (height, width, 3, kernels), from ``as_pixels``.
        order: The kernels' numbers in the order shown.

    Returns:
        (kernels, height, width, 3).
    """
    return np.ascontiguousarray(np.moveaxis(pixels, 3, 0)[list(order)])


def png(picture: Pixels) -> bytes:
    """The picture as a PNG file, without loss."""
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")  # to optimize it costs four times the time for a twentieth
    return buffer.getvalue()
