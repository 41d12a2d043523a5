"""The one way a picture becomes the network's input, in training and in prediction alike.

    a photograph of any size                uint8   (height, width, 3)
      │ reduce     centre square, then 32 pixels
    a picture of the training resolution    uint8   (n, 32, 32, 3)     CIFAR-10's pictures start here
      │ enlarge    bilinear, or another method that the recipe names
    the network's size                      float32 (n, size, size, 3), 0 to 255
      │ scale      standardized: mean 0 and deviation 1 over CIFAR-10, or what the recipe names
    the network's input                     float32 (n, size, size, 3)

A network that learned from 32 pixels knows nothing of finer detail, so a photograph is first made as coarse.
``enlarge`` equals ``tf.image.resize(images, (size, size), method)``, which training's pipeline uses.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from alexnet.recipes import Preparation, Resize, Scaling

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

RESOLUTION = 32
"""Pixels along each side of the pictures that the shipped networks learn from."""

MEAN: tuple[float, float, float] = (125.306918, 122.950394, 113.865383)
DEVIATION: tuple[float, float, float] = (62.993219, 62.088708, 66.704900)
"""Mean and standard deviation of red, green and blue over CIFAR-10's 50,000 training pictures, in units of 0
to 255, computed by ``experiments/channel_statistics.py``."""


def shift_and_unit(scaling: Scaling) -> tuple[Floats, Floats]:
    """What is taken from each colour of 0 to 255, and what the rest is divided by: two times ``(3,)``."""
    mean, deviation = np.array(MEAN, np.float32), np.array(DEVIATION, np.float32)
    brightest = np.full(3, 255, np.float32)
    return {
        "standardized": (mean, deviation),
        "centred": (mean, brightest),
        "unit": (np.zeros(3, np.float32), brightest),
    }[scaling]


def reduce(pixels: Pixels, resolution: int = RESOLUTION) -> Pixels:
    """The centre square of a photograph at the training resolution.

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


def scale(images: Floats, scaling: Scaling = "standardized") -> Floats:
    """Brightness of 0 to 255 as the network reads it, channel by channel. Shapes stay as they are."""
    shift, unit = shift_and_unit(scaling)
    result: Floats = (images - shift) / unit
    return result


def network_input(
    pictures: Sequence[Pixels],
    size: int,
    preparation: Preparation = Preparation(),
    resolution: int = RESOLUTION,
) -> Floats:
    """Photographs as a batch that the network reads: reduced, enlarged and scaled.

    Args:
        pictures: Each ``(height, width, 3)``, uint8, of any size.
        size: The network's size, 64 for the shipped one.
        preparation: The resize method and scaling that the network learned with.
        resolution: What the network learned from.

    Returns:
        ``(n, size, size, 3)``.
    """
    reduced = [reduce(pixels, resolution) for pixels in pictures]
    if not reduced:
        return np.empty((0, size, size, 3), np.float32)
    return scale(enlarge(np.stack(reduced), size, preparation.resize), preparation.scaling)


def seen(images: Floats, scaling: Scaling = "standardized") -> Pixels:
    """What the network saw, for the eye: ``scale`` undone, rounded to whole brightness values.

    Args:
        images: ``(..., 3)``, as ``scale`` returns them.
        scaling: By which they were scaled.

    Returns:
        The same shape, uint8.
    """
    shift, unit = shift_and_unit(scaling)
    result: Pixels = np.clip(np.rint(images * unit + shift), 0, 255).astype(np.uint8)
    return result
