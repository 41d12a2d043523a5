"""Ways to make a photograph the network's input: the right one, and careless ones as programs take them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from PIL import Image

from alexnet.data import preprocess
from alexnet.data.preparation import Preparation
from alexnet.data.preprocess import Floats, Pixels

Way = Callable[[Pixels, int, Preparation], Floats]
"""A square photograph, the network's size and its preparation, to (size, size, 3), scaled."""


def as_trained(square: Pixels, size: int, preparation: Preparation) -> Floats:
    """As the network learned."""
    read: Floats = preprocess.network_input([square], size, preparation)[0]
    return read


def every_so_manyth(square: Pixels, size: int, preparation: Preparation) -> Floats:
    """Reduced by taking single pixels and leaving out those between, which jags every edge."""
    side = (preparation.resolution, preparation.resolution)
    coarse = np.asarray(Image.fromarray(square).resize(side, Image.Resampling.NEAREST))
    read: Floats = preprocess.input_of(coarse[None], size, preparation)[0]
    return read


def too_fine(square: Pixels, size: int, preparation: Preparation) -> Floats:
    """Straight to the network's size, finer than any picture that it learned from."""
    fine = preprocess.reduce(square, size)
    read: Floats = preprocess.scale(fine[None].astype(np.float32), preparation)[0]
    return read


def without_mean(square: Pixels, size: int, preparation: Preparation) -> Floats:
    """The mean is not taken away."""
    read: Floats = preprocess.network_input([square], size, replace(preparation, mean=(0.0, 0.0, 0.0)))[0]
    return read


def blue_first(square: Pixels, size: int, preparation: Preparation) -> Floats:
    """Red and blue change places."""
    read: Floats = preprocess.network_input([square[..., ::-1]], size, preparation)[0]
    return read


WAYS: Mapping[str, Way] = {
    "trained": as_trained,
    "nearest": every_so_manyth,
    "fine": too_fine,
    "no_mean": without_mean,
    "swapped": blue_first,
}
"""By id, the right one first."""


def cut(square: Pixels, turn: int, share: float, right: float, down: float) -> Pixels:
    """A square part of a square picture, turned.

    Args:
        square: (side, side, 3).
        turn: Degrees anticlockwise, a multiple of 90.
        share: The part's side, of the picture's: above 0, up to 1.
        right: Where the part lies: 0 at the left edge, 1 at the right one.
        down: The same from the top.

    Returns:
        (part, part, 3), at least one pixel.
    """
    turned = np.rot90(square, turn // 90)
    side = max(1, round(len(turned) * share))
    left, top = (round((len(turned) - side) * at) for at in (right, down))
    return np.ascontiguousarray(turned[top : top + side, left : left + side])
