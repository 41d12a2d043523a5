"""The one way a picture becomes the network's input, in training and in prediction alike.

    a photograph of any size                uint8   (height, width, 3)
      │ reduce     centre square, at the resolution that the network learned from
    a picture of the training resolution    uint8   (n, side, side, 3)     training starts here
      │ levels     the centre that is read, enlarged to the network's size
    the network's size                      float32 (n, size, size, 3), 0 to 255
      │ scale      mean 0 and deviation 1, or another scaling; the order of the colours
    the network's input                     float32 (n, size, size, 3)

A ``Preparation`` says which resolution, crop, method, scaling and order. A network that learned from 32
pixels knows nothing of finer detail, so a photograph is first made as coarse.
``enlarge`` equals ``tf.image.resize(images, (size, size), method)``, which training's pipeline uses.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from alexnet.data.preparation import Preparation
from alexnet.recipes import Resize

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

MOST = 512
"""Pixels along each side of the square that is kept of an uploaded photograph, at most."""


def shift_and_unit(preparation: Preparation) -> tuple[Floats, Floats]:
    """What is taken from red, green and blue of 0 to 255, and what the rest is divided by: twice ``(3,)``."""
    mean, deviation = (np.array(one, np.float32) for one in (preparation.mean, preparation.deviation))
    brightest = np.full(3, 255, np.float32)
    return {
        "standardized": (mean, deviation),
        "centred": (mean, brightest),
        "unit": (np.zeros(3, np.float32), brightest),
    }[preparation.scaling]


def square(pixels: Pixels, most: int = MOST) -> Pixels:
    """The centre square of a photograph, with at most ``most`` pixels along each side.

    Args:
        pixels: ``(height, width, 3)``, uint8, at least one pixel.
        most: A larger square is reduced to so many.

    Returns:
        ``(side, side, 3)``, uint8.
    """
    return reduce(pixels, min(*pixels.shape[:2], most))


def reduce(pixels: Pixels, resolution: int) -> Pixels:
    """The centre square of a photograph with so many pixels along each side.

    The filter is Pillow's bilinear one, which widens its triangle over the pixels that become one, so that
    nothing aliases; a picture smaller than ``resolution`` is enlarged with it. Of Pillow's filters it comes
    closest to how fine CIFAR-10's own pictures are. Measured share of spectral power at 14 to 16 cycles a
    picture: CIFAR-10's animals 0.6 per cent; 57 other photographs of animals, reduced by box 1.9, bilinear
    0.9, bicubic 1.4, Lanczos 1.7.

    Args:
        pixels: ``(height, width, 3)``, uint8, at least one pixel.
        resolution: Pixels along each side of the result.

    Returns:
        ``(resolution, resolution, 3)``, uint8.
    """
    height, width, _ = pixels.shape
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    square = np.ascontiguousarray(pixels[top : top + side, left : left + side])
    if side == resolution:
        return square
    return np.asarray(Image.fromarray(square).resize((resolution, resolution), Image.Resampling.BILINEAR))


def enlarge(images: NDArray[np.uint8] | Floats, size: int, method: Resize = "bilinear") -> Floats:
    """Interpolation with half-pixel centres and without antialiasing, TensorFlow's default.

    Output pixel i lies at (i + 0.5) * side / size - 0.5 among the input pixels; beyond the outermost centres
    the edge pixel is repeated. ``nearest`` takes the input pixel in which (i + 0.5) * side / size lies.

    Args:
        images: ``(n, side, side, 3)``, 0 to 255.
        size: Pixels along each side of the result.
        method: Bilinear or nearest.

    Returns:
        ``(n, size, size, 3)``, 0 to 255.
    """
    side = images.shape[1]
    half = np.float32(0.5)  # positions in single precision, as TensorFlow's, or sizes like 227 differ
    place = (np.arange(size, dtype=np.float32) + half) * np.float32(side / size)
    if method == "nearest":
        taken = np.minimum(place.astype(np.intp), side - 1)
        return images[:, taken][:, :, taken].astype(np.float32)
    position = place - half
    before = np.floor(position)
    share = position - before
    low = np.clip(before, 0, side - 1).astype(np.intp)
    high = np.clip(before + 1, 0, side - 1).astype(np.intp)

    source: Floats = images.astype(np.float32)
    rows: Floats = source[:, low] + (source[:, high] - source[:, low]) * share[:, None, None]
    result: Floats = rows[:, :, low] + (rows[:, :, high] - rows[:, :, low]) * share[:, None]
    return result


def scale(images: Floats, preparation: Preparation) -> Floats:
    """Brightness of 0 to 255 as the network reads it, channel by channel. Shapes stay as they are."""
    shift, unit = shift_and_unit(preparation)
    result: Floats = (images - shift) / unit
    return result[..., ::-1] if preparation.channel_order == "bgr" else result


def levels(pictures: NDArray[np.uint8] | Floats, size: int, preparation: Preparation) -> Floats:
    """Pictures of the training resolution at the network's size, before they are scaled.

    Args:
        pictures: ``(n, side, side, 3)``, 0 to 255.
        size: Pixels along each side of the result.
        preparation: Its crop and method count.

    Returns:
        ``(n, size, size, 3)``, 0 to 255.
    """
    if preparation.crop is not None:
        begin = (pictures.shape[1] - preparation.crop) // 2
        end = begin + preparation.crop
        pictures = pictures[:, begin:end, begin:end]
    return enlarge(pictures, size, preparation.resize)


def input_of(pictures: NDArray[np.uint8] | Floats, size: int, preparation: Preparation) -> Floats:
    """Pictures of the training resolution as the network reads them: ``levels``, scaled."""
    return scale(levels(pictures, size, preparation), preparation)


def network_input(pictures: Sequence[Pixels], size: int, preparation: Preparation) -> Floats:
    """Photographs as a batch that the network reads: reduced, enlarged and scaled.

    Args:
        pictures: Each ``(height, width, 3)``, uint8, of any size.
        size: The network's size, 64 for the shipped one.
        preparation: How pictures became its input when it learned.

    Returns:
        ``(n, size, size, 3)``.
    """
    reduced = [reduce(pixels, preparation.resolution) for pixels in pictures]
    if not reduced:
        return np.empty((0, size, size, 3), np.float32)
    return input_of(np.stack(reduced), size, preparation)


def red_first(images: Floats, preparation: Preparation) -> Floats:
    """What a network reads, ``(..., 3)``, with red first whatever the network's own order is."""
    return images[..., ::-1] if preparation.channel_order == "bgr" else images


def seen(images: Floats, preparation: Preparation) -> Pixels:
    """What the network saw, for the eye: ``scale`` undone, rounded to whole brightness values.

    Args:
        images: ``(..., 3)``, as ``scale`` returns them.
        preparation: By which they were scaled.

    Returns:
        The same shape, uint8, red first.
    """
    shift, unit = shift_and_unit(preparation)
    ordered = red_first(images, preparation)
    result: Pixels = np.clip(np.rint(ordered * unit + shift), 0, 255).astype(np.uint8)
    return result
