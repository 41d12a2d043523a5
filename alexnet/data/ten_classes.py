"""A part of CIFAR-10 that comes with the app: what the shipped networks are shown on without a download.

Written by ``experiments/build_ten_classes.py``; the folder's README.md says which pictures these are.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from alexnet.data.dataset import Labels, Pictures
from alexnet.data.starter import INDEX, checksums, sheets, verified
from alexnet.home import ASSETS

FOLDER = ASSETS / "datasets" / "ten_classes"
TRAIN, TEST = 2_000, 1_000


def ten_classes(folder: Path = FOLDER) -> Pictures:
    """200 training and 100 test pictures of each class of CIFAR-10, in CIFAR-10's order.

    Both networks that come with the app learned from all of these training pictures and from none of the test
    pictures.

    Returns:
        ``train_images`` ``(2000, 32, 32, 3)``, ``test_images`` ``(1000, 32, 32, 3)``; labels are CIFAR-10's.

    Raises:
        DataError: starter_missing or starter_damaged, with the file's name.
    """
    sums = checksums(folder)
    index = json.loads(verified(folder, INDEX, sums))
    return Pictures(
        sheets(folder, "train", TRAIN, sums),
        np.array(index["train"]["labels"], np.int64),
        sheets(folder, "test", TEST, sums),
        np.array(index["test"]["labels"], np.int64),
    )


def cifar10_positions(folder: Path = FOLDER) -> tuple[Labels, Labels]:
    """Where each training and each test picture stands in CIFAR-10: ``(2000,)`` and ``(1000,)``.

    Raises:
        DataError: As ``ten_classes``.
    """
    index = json.loads(verified(folder, INDEX, checksums(folder)))
    train, test = (np.array(index[part]["cifar10_positions"], np.int64) for part in ("train", "test"))
    return train, test
