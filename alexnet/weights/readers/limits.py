"""What a file may hold, before memory is taken for it."""

from __future__ import annotations

import os
from math import prod
from pathlib import Path

from alexnet.errors import DataError

MOST_BYTES = 600 * 2**20
"""Of a file and of its arrays: AlexNet's 61 million numbers of four bytes are 233 MiB."""

MOST_ARRAYS = 400


def content(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file.

    Raises:
        DataError: weights_missing, or foreign_too_large.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > most:
                raise too_large(path)
            return file.read(size)  # for a number beyond its size Python would take that much memory
    except OSError:
        raise DataError("weights_missing", file=path.name) from None


def check_shape(path: Path, shape: tuple[int, ...], item: int = 4) -> None:
    """Hold a declared shape against ``MOST_BYTES``.

    Raises:
        DataError: foreign_too_large, or foreign_damaged.
    """
    lengths: tuple[object, ...] = shape  # a file may say anything
    if len(shape) > 8 or any(type(length) is not int or length < 0 for length in lengths):
        raise damaged(path, "shape")
    if prod(shape) * item > MOST_BYTES:
        raise too_large(path)


def check_count(path: Path, count: int) -> None:
    """Hold the number of arrays against ``MOST_ARRAYS``.

    Raises:
        DataError: foreign_too_many.
    """
    if count > MOST_ARRAYS:
        raise DataError("foreign_too_many", file=path.name, most=MOST_ARRAYS)


def too_large(path: Path) -> DataError:
    """The error of a file beyond ``MOST_BYTES``."""
    return DataError("foreign_too_large", file=path.name, most=MOST_BYTES // 2**20)


def damaged(path: Path, reason: str) -> DataError:
    """The error of a file that is cut off, or not what its name says."""
    return DataError("foreign_damaged", file=path.name, reason=reason[:200])
