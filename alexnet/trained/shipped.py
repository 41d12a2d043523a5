"""The trained networks that ship with the app: their first kernels and their model cards. No TensorFlow.

``assets/models/<id>/`` holds ``weights.safetensors``, whose tensors are named by Keras's variable paths
(``conv1_tower1/kernel``), ``conv1_snapshots.safetensors``, the first layer after each epoch of training, and
``model_card.json``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from alexnet.architecture import SHIPPED, Network
from alexnet.architecture.lessons import TOWERS_APART
from alexnet.errors import DataError
from alexnet.home import ASSETS

FOLDER = ASSETS / "models"
NETWORKS: Mapping[str, Network] = {"shipped": SHIPPED, "towers": TOWERS_APART}
"""The rows of each one, by its id. The first is the one that pages open with."""

DEFAULT = next(iter(NETWORKS))

WEIGHTS = "weights.safetensors"
SNAPSHOTS = "conv1_snapshots.safetensors"
CARD = "model_card.json"

Towers = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Two towers' kernels, each (height, width, 3, kernels): (11, 11, 3, 48) of the app's own network."""


def first_kernels(id: str = DEFAULT) -> Towers:
    """The trained kernels of the first convolution, tower by tower.

    Raises:
        DataError: The file is missing or damaged, or does not hold them.
    """
    row = NETWORKS[id].first_convolution
    first, second = _tensors(id, WEIGHTS, *(f"{row.name}_tower{tower}/kernel" for tower in (1, 2)))
    return first, second


def epochs(id: str = DEFAULT) -> int:
    """After how many epochs the training ended: there is a snapshot of each, and one from before the first.

    Raises:
        DataError: The file is missing or damaged.
    """
    try:
        with safe_open(file(id, SNAPSHOTS), framework="numpy") as opened:
            return max(int(name) for name in opened.keys())  # noqa: SIM118 - the file is no mapping
    except (SafetensorError, OSError, ValueError) as error:
        raise DataError("shipped_file_damaged", file=SNAPSHOTS, folder=id, reason=str(error)) from error


def kernels_after(epoch: int, id: str = DEFAULT) -> Towers:
    """The kernels of the first convolution after so many epochs of training; 0 is before the first.

    Raises:
        DataError: The file is missing or damaged, or holds no such epoch.
    """
    (both,) = _tensors(id, SNAPSHOTS, f"{epoch:03d}")
    first, second = np.split(both, 2, axis=-1)
    return first, second


def card(id: str = DEFAULT) -> Mapping[str, object]:
    """The model card: command, seed, schedule, accuracy on the test images and so on.

    Raises:
        DataError: The file is missing or is not a JSON object.
    """
    try:
        content = json.loads(file(id, CARD).read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise DataError("shipped_file_damaged", file=CARD, folder=id, reason=str(error)) from error
    if not isinstance(content, dict):
        raise DataError("shipped_file_damaged", file=CARD, folder=id, reason="not a JSON object")
    return cast("dict[str, object]", content)


def file(id: str, name: str) -> Path:
    """Where a file of a network lies.

    Raises:
        DataError: shipped_file_missing.
    """
    path = FOLDER / id / name
    if not path.is_file():
        raise DataError("shipped_file_missing", file=name, folder=id)
    return path


def _tensors(id: str, name: str, *keys: str) -> list[NDArray[np.float32]]:
    """Some arrays of a file, without reading the others; the file may hold them in half precision."""
    try:
        with safe_open(file(id, name), framework="numpy") as opened:
            return [opened.get_tensor(key).astype(np.float32) for key in keys]
    except (SafetensorError, OSError) as error:
        raise DataError("shipped_file_damaged", file=name, folder=id, reason=str(error)) from error
