"""Text files of decimal numbers with commas or spaces between them, one array a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alexnet.weights.readers.limits import content, damaged

MOST_BYTES = 8 * 2**20
"""A first layer of 34,848 numbers takes 0.9 MB as text."""


def read(paths: Sequence[Path]) -> dict[str, NDArray[np.float32]]:
    """The numbers of each file, in one row, under the file's name.

    Raises:
        DataError: weights_missing, foreign_too_large or foreign_damaged.
    """
    return {path.name: _numbers(path) for path in paths}


def _numbers(path: Path) -> NDArray[np.float32]:
    try:
        words = content(path, MOST_BYTES).decode("ascii").replace(",", " ").split()
        return np.array([float(word) for word in words], np.float32)
    except (UnicodeDecodeError, ValueError) as error:
        raise damaged(path, str(error)) from None
