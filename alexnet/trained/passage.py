"""A photograph's passage through a trained network in few bytes: each layer's strongest maps, in 8 bits.

What ships in ``assets/passages`` and what is computed for somebody's own photograph have the same form. No
TensorFlow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from alexnet.errors import DataError
from alexnet.home import ASSETS

FOLDER = ASSETS / "passages"
STRONGEST = 8
"""Maps or units of each tower whose number and strongest response are kept."""

LEVELS = 255
"""Steps between no response and the strongest one."""

Pixels = NDArray[np.uint8]
Floats = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Layer:
    """What one layer made of the photograph.

    Attributes:
        values: Of a convolution its strongest maps, (towers, n, side, side), each in 255ths of its own
            strongest response; of a dense layer all units in their order, (towers, units), in 255ths of the
            layer's strongest response. Responses below 0 are 0.
        numbers: Of the strongest maps or units, the strongest first, (towers, n); counted from 1 in each
            tower.
        peaks: Their strongest responses, (towers, n).
    """

    values: Pixels
    numbers: NDArray[np.uint16]
    peaks: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Passage:
    """All of one photograph's passage.

    Attributes:
        photograph: As the network reads it, (size, size, 3), red first.
        layers: By name, in their order, but for the last one.
        probabilities: Of the classes: the last layer's outputs.
    """

    photograph: Pixels
    layers: Mapping[str, Layer]
    probabilities: NDArray[np.float32]


def of(photograph: Pixels, responses: Mapping[str, Sequence[Floats]]) -> Passage:
    """A passage of all responses.

    Args:
        photograph: As the network reads it, (size, size, 3).
        responses: By layer, in order, each tower's (side, side, maps) or (units,); the last layer's are the
            probabilities.
    """
    *layers, last = responses
    return Passage(
        photograph,
        {name: _layer(responses[name]) for name in layers},
        np.concatenate(responses[last]).astype(np.float32),
    )


def _layer(towers: Sequence[Floats]) -> Layer:
    peaks = [tower.max(axis=tuple(range(tower.ndim - 1))) for tower in towers]
    orders = [np.argsort(-peak, kind="stable")[:STRONGEST] for peak in peaks]
    strongest = np.stack([peak[order] for peak, order in zip(peaks, orders, strict=True)])
    if towers[0].ndim == 1:
        values = np.stack(list(towers))
        limits = np.full((len(towers), 1), strongest.max())
    else:
        values = np.stack(
            [np.moveaxis(tower[..., order], -1, 0) for tower, order in zip(towers, orders, strict=True)]
        )
        limits = strongest[..., None, None]
    shares = np.clip(values / np.where(limits > 0, limits, np.inf), 0, 1)
    return Layer(
        np.rint(LEVELS * shares).astype(np.uint8),
        np.stack(orders).astype(np.uint16) + np.uint16(1),
        strongest.astype(np.float32),
    )


def write(path: Path, passages: Mapping[str, Passage], weights: str) -> None:
    """Write passages as a safetensors file.

    Args:
        path: Of the file.
        passages: By the photographs' ids.
        weights: SHA-256 of the network's file of weights, by which a reader knows what they were made with.
    """
    arrays: dict[str, NDArray[np.generic]] = {}
    for id, passage in passages.items():
        arrays |= {f"{id}/photograph": passage.photograph, f"{id}/probabilities": passage.probabilities}
        for name, layer in passage.layers.items():
            arrays |= {f"{id}/layers/{name}/{part}": array for part, array in vars(layer).items()}
    # safetensors writes memory as it lies, a turned array in its old order.
    save_file(
        {name: np.ascontiguousarray(array) for name, array in arrays.items()}, path, {"weights": weights}
    )


@cache
def shipped(network: str) -> Mapping[str, Passage]:
    """What ships of a network, by the sample photographs' ids. Not to be changed.

    Raises:
        DataError: The file is missing or damaged.
    """
    return read(FOLDER / f"{network}.safetensors")


def read(path: Path) -> dict[str, Passage]:
    """The passages of a file, by the photographs' ids.

    Raises:
        DataError: The file is missing or damaged.
    """
    try:
        with safe_open(path, framework="numpy") as file:
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no mapping
    except (SafetensorError, OSError) as error:
        raise DataError(
            "shipped_file_damaged", file=path.name, folder=path.parent.name, reason=str(error)
        ) from error
    found = {}
    for id in sorted({name.partition("/")[0] for name in arrays}):
        before = f"{id}/layers/"
        names = sorted({name.split("/")[2] for name in arrays if name.startswith(before)})
        layers = {
            name: Layer(*(arrays[f"{before}{name}/{part}"] for part in ("values", "numbers", "peaks")))
            for name in names  # conv1 to conv5, then fc6, fc7: the alphabet's order is the network's
        }
        found[id] = Passage(arrays[f"{id}/photograph"], layers, arrays[f"{id}/probabilities"])
    return found
