"""The starter data: all 12,000 cats and dogs of CIFAR-10, so that a first training needs no network.

Written by ``experiments/build_starter_data.py``; the folder's README.md says whose the pictures are.
"""

from __future__ import annotations

import hashlib
import json
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from alexnet.data.dataset import Images, Labels, Pictures
from alexnet.errors import DataError
from alexnet.home import ASSETS

FOLDER = ASSETS / "datasets" / "cats_and_dogs"
INDEX = "index.json"
SUMS = "SHA256SUMS"
ROWS, COLUMNS = 25, 40
PER_SHEET = ROWS * COLUMNS
SIDE = 32
TRAIN, TEST = 10_000, 2_000


def sheet_name(part: str, number: int) -> str:
    """The file of one sheet: ``train_00.webp`` holds the first 1,000 training pictures."""
    return f"{part}_{number:02d}.webp"


def starter(folder: Path = FOLDER) -> Pictures:
    """Cats and dogs: 10,000 pictures to train on and 2,000 to test on, half of each kind.

    They stand in CIFAR-10's order, and training and test pictures are apart as they are there.

    Returns:
        ``train_images`` ``(10000, 32, 32, 3)``, ``test_images`` ``(2000, 32, 32, 3)``; labels 0 cat, 1 dog.

    Raises:
        DataError: starter_missing or starter_damaged, with the file's name.
    """
    sums = checksums(folder)
    index = json.loads(verified(folder, INDEX, sums))
    return Pictures(
        sheets(folder, "train", TRAIN, sums),
        _labels(index["train"]["labels"]),
        sheets(folder, "test", TEST, sums),
        _labels(index["test"]["labels"]),
    )


def cifar10_positions(folder: Path = FOLDER) -> tuple[Labels, Labels]:
    """Where each training and each test picture stands in CIFAR-10: ``(10000,)`` and ``(2000,)``.

    Raises:
        DataError: As ``starter``.
    """
    index = json.loads(verified(folder, INDEX, checksums(folder)))
    train, test = (np.array(index[part]["cifar10_positions"], np.int64) for part in ("train", "test"))
    return train, test


def checksums(folder: Path) -> dict[str, str]:
    """Each file's SHA-256, as ``sha256sum`` writes them.

    Raises:
        DataError: starter_missing or starter_damaged.
    """
    path = folder / SUMS
    if not path.is_file():
        raise DataError("starter_missing", name=SUMS)
    pairs = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    try:
        return {name: checksum for checksum, name in pairs}
    except ValueError as error:
        raise DataError("starter_damaged", name=SUMS) from error


def verified(folder: Path, name: str, sums: dict[str, str]) -> bytes:
    """A file's content, which is as it was published.

    Raises:
        DataError: starter_missing or starter_damaged.
    """
    path = folder / name
    if not path.is_file():
        raise DataError("starter_missing", name=name)
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sums.get(name):
        raise DataError("starter_damaged", name=name)
    return content


def sheets(folder: Path, part: str, count: int, sums: dict[str, str]) -> Images:
    """The pictures of a part, (count, 32, 32, 3); ``count`` is a multiple of ``PER_SHEET``.

    Raises:
        DataError: starter_missing or starter_damaged.
    """
    read = np.empty((count // PER_SHEET, ROWS, COLUMNS, SIDE, SIDE, 3), np.uint8)
    for number, sheet in enumerate(read):
        content = verified(folder, sheet_name(part, number), sums)
        with Image.open(BytesIO(content), formats=("WEBP",)) as image:
            pixels = np.asarray(image.convert("RGB"))
        sheet[...] = pixels.reshape(ROWS, SIDE, COLUMNS, SIDE, 3).swapaxes(1, 2)
    return read.reshape(count, SIDE, SIDE, 3)


def _labels(digits: str) -> Labels:
    return np.array([int(digit) for digit in digits], np.int64)
