"""Which pictures are closest to a picture, in a network's own eyes or pixel by pixel. No TensorFlow.

Krizhevsky, Sutskever and Hinton (2012), figure 4: the training images "that produce feature vectors in the
last hidden layer with the smallest Euclidean distance from the feature vector for the test image".
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from alexnet.data import preprocess


class Nearest(NamedTuple):
    """Pictures by distance, the closest first.

    Attributes:
        positions: (count,), in the order of those that were looked through.
        distances: (count,), Euclidean.
    """

    positions: NDArray[np.int64]
    distances: NDArray[np.float32]


def nearest(vectors: NDArray[Any], vector: NDArray[Any], count: int) -> Nearest:
    """The closest of some vectors.

    Args:
        vectors: (n, length).
        vector: (length,).
        count: How many at most; of two as close the earlier one comes first.
    """
    apart = vectors.astype(np.float32) - np.asarray(vector, np.float32)
    distances = np.sqrt(np.einsum("nl,nl->n", apart, apart))
    order = np.argsort(distances, kind="stable")[:count]
    return Nearest(order, distances[order])


def nearest_pixels(images: NDArray[np.uint8], picture: NDArray[np.uint8], count: int) -> Nearest:
    """The closest pixel by pixel, whatever they show.

    Args:
        images: (n, side, side, 3).
        picture: (height, width, 3), of which the centre square is made as small.
        count: How many at most.
    """
    small = preprocess.reduce(picture, images.shape[1])
    return nearest(images.reshape(len(images), -1), small.reshape(-1), count)
