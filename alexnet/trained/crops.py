"""A picture looked at in parts: the paper's ten crops, and a crop at every offset. No TensorFlow.

Krizhevsky, Sutskever and Hinton (2012), section 4.1: the network makes a prediction for five patches of
224x224 pixels out of 256x256, "the four corner patches and the center patch", and for their mirror images,
and averages the ten softmax outputs.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from alexnet.data import preprocess
from alexnet.data.preparation import Preparation
from alexnet.trained.answers import Answering

Pixels = NDArray[np.uint8]

SHARE = 7 / 8
"""Of a picture's side that a crop has in the paper: 224 of 256 pixels."""

MOST = 15
"""Offsets along each side at most; where there are more, some of them, evenly spread."""

AT_ONCE = 25
"""Crops that the network is asked at once."""


def side(preparation: Preparation) -> int:
    """Pixels along each side of a crop: as the network's own, else the paper's share of its pictures."""
    return preparation.crop or max(1, round(preparation.resolution * SHARE))


def five(resolution: int, side: int) -> list[tuple[int, int]]:
    """Top and left edge of the paper's five crops: the corners, row by row, and the centre."""
    end, middle = resolution - side, (resolution - side) // 2
    return [(0, 0), (0, end), (end, 0), (end, end), (middle, middle)]


def offsets(resolution: int, side: int) -> list[int]:
    """Where a crop may begin along one axis."""
    count = resolution - side + 1
    return [int(place) for place in np.unique(np.linspace(0, count - 1, min(count, MOST)).astype(int))]


def cut(picture: Pixels, places: list[tuple[int, int]], side: int) -> Pixels:
    """Crops of a picture of the training resolution, (n, side, side, 3)."""
    return np.stack([picture[top : top + side, left : left + side] for top, left in places])


def ten(picture: Pixels, side: int) -> Pixels:
    """The paper's ten crops, (10, side, side, 3): the five, then their mirror images in that order."""
    crops = cut(picture, five(len(picture), side), side)
    return np.concatenate([crops, crops[:, :, ::-1]])


def ask(network: Answering, crops: Pixels) -> NDArray[np.float32]:
    """What the network answers to each crop by itself, (n, classes): enlarged to its size and scaled."""
    whole = replace(network.preparation, crop=None)
    inputs = preprocess.input_of(crops, network.network.size, whole)
    chunks = [inputs[at : at + AT_ONCE] for at in range(0, len(inputs), AT_ONCE)]
    return np.concatenate([network.softmax(chunk) for chunk in chunks])


def crop_map(network: Answering, picture: Pixels, side: int) -> NDArray[np.float32]:
    """The answer to the crop at every offset, (offsets, offsets, classes): from the top, from the left."""
    along = offsets(len(picture), side)
    answers = ask(network, cut(picture, [(top, left) for top in along for left in along], side))
    return answers.reshape(len(along), len(along), -1)
