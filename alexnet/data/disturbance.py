"""A picture disturbed: turned, moved, blurred, recoloured, made grey, covered, and noise on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Pixels = NDArray[np.uint8]

SIDE = 128
"""Pixels along each side at which a picture is disturbed: four times what the networks in the app read."""

_LUMA = np.array([0.299, 0.587, 0.114])
"""Shares of red, green and blue in brightness, ITU-R BT.601."""


@dataclass(frozen=True)
class Disturbance:
    """What is done to a picture, in this order. All zeros change nothing.

    Attributes:
        rotate: Degrees, anticlockwise; corners that become empty get the picture's mean colour.
        right, down: By how much it moves, in per cent of its side; what becomes empty as above.
        blur: Standard deviation of a Gaussian, in per cent of the side.
        hue: By how many degrees all hues turn.
        grey: 0 leaves the colours, 100 leaves brightness alone.
        noise: Standard deviation of what is added to every value, of 255.
        cover: Side of a square of the mean colour, in per cent of the picture's side.
        cover_x, cover_y: Where the square's centre lies, in per cent from the left and from the top.
    """

    rotate: int = 0
    right: int = 0
    down: int = 0
    blur: float = 0.0
    hue: int = 0
    grey: int = 0
    noise: int = 0
    cover: int = 0
    cover_x: int = 50
    cover_y: int = 50


def disturbed(picture: Pixels, how: Disturbance) -> Pixels:
    """The picture disturbed.

    Args:
        picture: (side, side, 3), uint8.
        how: See there. The same noise every time: a slider moves nothing but itself.

    Returns:
        The same shape.
    """
    side = len(picture)
    mean = tuple(round(value) for value in picture.mean(axis=(0, 1)))
    image = Image.fromarray(picture)
    if how.rotate or how.right or how.down:
        image = image.rotate(
            how.rotate,
            Image.Resampling.BILINEAR,
            translate=(round(how.right * side / 100), round(how.down * side / 100)),
            fillcolor=mean,
        )
    if how.blur:
        image = image.filter(ImageFilter.GaussianBlur(how.blur * side / 100))
    if how.hue:
        parts = np.array(image.convert("HSV"))
        parts[..., 0] = (parts[..., 0].astype(int) + round(how.hue * 256 / 360)) % 256
        image = Image.fromarray(parts, "HSV").convert("RGB")
    values = np.asarray(image, np.float64)
    if how.grey:
        values = values + how.grey / 100 * ((values @ _LUMA)[..., None] - values)
    if how.noise:
        values = values + np.random.default_rng(0).normal(0, how.noise, values.shape)
    result: Pixels = np.clip(np.rint(values), 0, 255).astype(np.uint8)
    if how.cover:
        half = how.cover * side / 200
        rows, columns = (
            slice(max(0, round(at * side / 100 - half)), max(0, round(at * side / 100 + half)))
            for at in (how.cover_y, how.cover_x)
        )
        result[rows, columns] = mean
    return result
