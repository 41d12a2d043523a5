"""The kernels of a network's first convolution, read from a file of weights without reading the rest."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from alexnet.architecture import Network
from alexnet.architecture.rows import tower_names
from alexnet.errors import DataError

Towers = tuple[NDArray[np.float32], ...]
"""The kernels of each tower, or of the only one, (height, width, channels, kernels); or biases."""


def names(network: Network) -> tuple[str, ...]:
    """The arrays' names in a file: ``conv1_tower1/kernel``, or ``conv1/kernel`` of a single tower."""
    row = network.first_convolution
    return tuple(f"{name}/kernel" for name in tower_names(row.name, row.towers))


def shape(network: Network) -> tuple[int, int, int, int]:
    """The shape of one tower's kernels."""
    row = network.first_convolution
    return row.kernel, row.kernel, network.channels, row.maps // row.towers


def kernels(path: Path, network: Network) -> Towers:
    """The first kernels of a file; it is refused if it is not whole or these are not the network's.

    Args:
        path: A file of ``alexnet.weights.store``.
        network: Whose weights it should hold.

    Raises:
        DataError: weights_missing, weights_damaged, weights_do_not_match, weights_of_another_shape, or
            weights_not_finite.
    """
    return _read(path, names(network), shape(network))


def biases(path: Path, network: Network) -> Towers:
    """The biases of these kernels, tower by tower: (kernels,).

    Raises:
        DataError: As ``kernels``.
    """
    wanted = tuple(name.replace("/kernel", "/bias") for name in names(network))
    return _read(path, wanted, shape(network)[-1:])


def _read(path: Path, wanted: tuple[str, ...], shape: tuple[int, ...]) -> Towers:
    try:
        with safe_open(path, framework="numpy") as file:  # which compares the file's length with its header
            present = set(file.keys())
            if missing := [name for name in wanted if name not in present]:
                raise DataError("weights_do_not_match", missing=", ".join(missing), extra="-")
            found = [file.get_tensor(name) for name in wanted]
    except FileNotFoundError:
        raise DataError("weights_missing", file=path.name) from None
    except (SafetensorError, OSError) as error:
        raise DataError("weights_damaged", file=path.name) from error
    for name, array in zip(wanted, found, strict=True):
        if array.shape != shape:
            raise DataError("weights_of_another_shape", name=name, expected=shape, received=array.shape)
    if bad := sum(int(np.count_nonzero(~np.isfinite(array))) for array in found):
        total = sum(array.size for array in found)
        raise DataError("weights_not_finite", file=path.name, count=bad, total=total)
    return tuple(array.astype(np.float32) for array in found)


def divided(kernels: NDArray[np.float32], towers: int) -> Towers:
    """All kernels, as a snapshot holds them (one tower's after the other's), tower by tower."""
    return tuple(np.split(kernels, towers, axis=-1))
