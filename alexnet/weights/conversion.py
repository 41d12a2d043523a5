"""Arrays of a published file to arrays by variable path, with every array and every shape accounted for.

Nothing may be missing, nothing left over, and each wrong shape is named with what was expected and what came.
``store_published`` does the whole way from files to a file of ours; it is run in a limited process, because
the files are somebody's.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alexnet.architecture import Dense, Flatten, Network
from alexnet.architecture.rows import tower_names
from alexnet.architecture.shapes import LayerShape, trace
from alexnet.errors import DataError
from alexnet.weights import checksum, store
from alexnet.weights.catalogue import Layout, Published, published


@dataclass(frozen=True)
class Report:
    """What was read.

    Attributes:
        arrays, numbers: How many.
        not_finite: How many of the numbers are none: a network with such weights answers nothing.
        genuine: Whether the files are the published ones, by their checksums; None where none was published.
    """

    arrays: int
    numbers: int
    not_finite: int
    genuine: bool | None = None


def store_published(id: str, paths: Sequence[Path], target: Path) -> Report:
    """Read a published network's files and write them as a file of ours.

    Args:
        id: Of ``alexnet.weights.catalogue``.
        paths: Its files, in the order of the entry.
        target: The file to write.

    Raises:
        DataError: As the reader, or as ``converted``.
    """
    entry = published(id)
    arrays = read(entry, paths)
    store.write(target, arrays)
    bad = sum(int(np.count_nonzero(~np.isfinite(array))) for array in arrays.values())
    numbers = sum(array.size for array in arrays.values())
    return Report(len(arrays), numbers, bad, _genuine(entry, paths))


def read(entry: Published, paths: Sequence[Path]) -> dict[str, NDArray[np.float32]]:
    """The arrays of an entry's files by the variables' paths in our model.

    Raises:
        DataError: As its reader, or as ``converted``.
    """
    reader = importlib.import_module(f"alexnet.weights.readers.{entry.format}")
    return converted(reader.read(paths), entry)


def _genuine(entry: Published, paths: Sequence[Path]) -> bool | None:
    pairs = [(file, path) for file, path in zip(entry.files, paths, strict=True) if file.checksum]
    return all(checksum.fits(file.checksum, path) for file, path in pairs) if pairs else None


def converted(found: dict[str, NDArray[Any]], entry: Published) -> dict[str, NDArray[np.float32]]:
    """The arrays of a published file, see ``arranged``."""
    return arranged(found, entry.network, entry.names, entry.layout, counted=entry.format == "numbers")


def arranged(
    found: dict[str, NDArray[Any]],
    network: Network,
    names: Mapping[str, tuple[str, str]],
    layout: Layout,
    *,
    counted: bool = False,
) -> dict[str, NDArray[np.float32]]:
    """The arrays of a file by the variables' paths in our model, in Keras's order.

    Args:
        found: By the file's names; emptied on the way, so that 244 MB are there once.
        network: Whose.
        names: What the file calls the weights and the biases of each row.
        layout: In which order they lie.
        counted: The file knows no shapes, only how many numbers there are.

    Raises:
        DataError: weights_do_not_match, or foreign_shapes.
    """
    layers = {layer.row.name: layer for layer in trace(network)}
    wanted = {name for pair in names.values() for name in pair}
    missing, extra = sorted(wanted - found.keys()), sorted(found.keys() - wanted)
    if missing or extra:
        raise DataError(
            "weights_do_not_match",
            missing=", ".join(missing)[:400] or "-",
            extra=", ".join(extra)[:400] or "-",
        )
    wrong: list[str] = []
    for row, pair in names.items():
        layer = layers[row]
        shape = _shape(layer, layout)
        for name, expected in zip(pair, (shape, (shape[_order(layer, layout).index("o")],)), strict=True):
            if counted and found[name].size == np.prod(expected):
                found[name] = found[name].reshape(expected)
            if found[name].shape != expected:
                wrong.append(f"{name}: {expected} ≠ {found[name].shape}")
    if wrong:
        raise DataError("foreign_shapes", wrong="; ".join(wrong)[:1000])
    before = _row_before(network)
    made: dict[str, NDArray[np.float32]] = {}
    for row, (weight, bias) in names.items():
        made |= _towers(layers[row], layout, found.pop(weight), found.pop(bias), before.get(row))
    return made


def _order(layer: LayerShape, layout: Layout) -> str:
    return layout.dense if isinstance(layer.row, Dense) else layout.convolution


def _shape(layer: LayerShape, layout: Layout) -> tuple[int, ...]:
    """What a file must hold of a row: all towers' output side by side, of what one of them reads."""
    assert layer.kernel_shape is not None
    towers = getattr(layer.row, "towers", 1)
    *window, reads, maps = layer.kernel_shape
    lengths = dict(zip("hw", window, strict=False)) | {"i": reads, "o": maps * towers}
    return tuple(lengths[axis] for axis in _order(layer, layout))


def _row_before(network: Network) -> dict[str, tuple[int, ...]]:
    """The maps, (height, width, maps), that the first dense layer reads as one row of numbers."""
    flat: tuple[int, ...] | None = None
    for layer in trace(network):
        if isinstance(layer.row, Flatten):
            flat = layer.input
        elif isinstance(layer.row, Dense) and flat is not None:
            return {layer.row.name: flat}
    return {}


def _towers(
    layer: LayerShape,
    layout: Layout,
    weight: NDArray[Any],
    bias: NDArray[Any],
    maps: tuple[int, ...] | None,
) -> dict[str, NDArray[np.float32]]:
    """One row's variables: a published file's groups are the first and the second half of its outputs."""
    order = _order(layer, layout)
    target = "io" if isinstance(layer.row, Dense) else "hwio"
    kernel = weight.transpose([order.index(axis) for axis in target])
    if maps is not None and layout.rows != "hwi":
        lengths = dict(zip("hwi", maps, strict=True))
        rows = kernel.reshape([*(lengths[axis] for axis in layout.rows), kernel.shape[-1]])
        axes = [layout.rows.index(axis) for axis in "hwi"]
        kernel = rows.transpose([*axes, 3]).reshape(kernel.shape)
    towers = getattr(layer.row, "towers", 1)
    made: dict[str, NDArray[np.float32]] = {}
    parts = zip(
        tower_names(layer.row.name, towers),
        np.split(kernel, towers, axis=-1),
        np.split(bias, towers),
        strict=True,
    )
    for name, weights, biases in parts:
        made[f"{name}/kernel"] = np.ascontiguousarray(weights, np.float32)
        made[f"{name}/bias"] = np.ascontiguousarray(biases, np.float32)
    return made
