"""A labelled set of pictures in memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Images = NDArray[np.uint8]
Labels = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Dataset:
    """Pictures to learn from, and others, never learned from, to test on.

    Attributes:
        train_images, test_images: ``(n, height, width, 3)``, RGB, 0 to 255.
        train_labels, test_labels: ``(n,)``, positions in ``class_ids``.
        class_ids: See ``alexnet.data.classes``.
    """

    train_images: Images
    train_labels: Labels
    test_images: Images
    test_labels: Labels
    class_ids: tuple[str, ...]
