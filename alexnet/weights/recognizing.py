"""A weight file that somebody brings: which of the app's networks it belongs to, and its arrays by our names.

A file says which numbers it holds, not which network they make. So it is held against networks that are
given, in their order, and belongs to the first that it fits whole: nothing missing, nothing left over, every
shape right. Kernels alone need only the first layer's shape. ``store_recognized`` runs in a limited process.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from alexnet.architecture import BatchNormalization, Convolution, Network
from alexnet.architecture.rows import Weighted, tower_names
from alexnet.architecture.shapes import trace
from alexnet.errors import AlexNetError, DataError
from alexnet.weights import expected, store
from alexnet.weights.catalogue import Layout, counted
from alexnet.weights.conversion import Report, arranged

Arrays = dict[str, NDArray[Any]]

READERS: Mapping[str, str] = {
    ".safetensors": "safetensors",
    ".h5": "hdf5",
    ".keras": "hdf5",
    ".onnx": "onnx",
    ".npy": "kernels",
    ".npz": "kernels",
    ".txt": "kernels",
}
"""Which module of ``alexnet.weights.readers`` reads a file with this ending."""


class Candidate(NamedTuple):
    """A network that a file may belong to; ``name`` is for messages."""

    id: str
    network: Network
    name: str = ""


class Said(NamedTuple):
    """What a file of kernels alone does not tell: whether width stands before height, and blue before red."""

    width_first: bool = False
    blue_first: bool = False


_PLAIN = Said()


@dataclass(frozen=True)
class Recognized:
    """What a file was.

    Attributes:
        candidate: Id of the network.
        first_only: It holds the first layer's kernels alone.
        biases: Whether their biases were there; else they are zeros.
        report: What was read.
    """

    candidate: str
    first_only: bool
    biases: bool
    report: Report


def ending(name: str) -> str:
    """The ending that says how a file is read, ``.h5`` of ``a.weights.h5``; empty for any other."""
    found = Path(name).suffix.lower()
    return found if found in READERS else ""


def store_recognized(
    path: Path, name: str, candidates: Sequence[Candidate], target: Path, said: Said = _PLAIN
) -> Recognized:
    """Read a file and write it as a file of ours.

    Args:
        path: The file.
        name: What it was called; its ending says how it is read.
        candidates: The networks that it may belong to, the likeliest first.
        target: The file to write.
        said: Of kernels alone.

    Raises:
        DataError: foreign_ending, foreign_no_network, foreign_no_kernels, foreign_not_finite, or as its
            reader.
    """
    if not ending(name):
        raise DataError("foreign_ending", file=name, known=", ".join(READERS))
    reader = READERS[ending(name)]
    found: Arrays = importlib.import_module(f"alexnet.weights.readers.{reader}").read([path])
    biases = True
    if reader == "kernels":
        candidate, arrays, biases = _kernels(found, candidates, said)
    else:
        candidate, arrays = _whole(found, candidates)
    bad = sum(int(np.count_nonzero(~np.isfinite(array))) for array in arrays.values())
    if bad and reader == "kernels":  # a whole network may still have a healthy first layer
        raise DataError("foreign_not_finite", file=name, count=bad)
    store.write(target, arrays)
    report = Report(len(arrays), sum(array.size for array in arrays.values()), bad)
    return Recognized(candidate.id, reader == "kernels", biases, report)


def _whole(found: Arrays, candidates: Sequence[Candidate]) -> tuple[Candidate, Arrays]:
    why: dict[str, AlexNetError] = {}
    for candidate in candidates:
        try:
            return candidate, fitted(found, candidate.network)
        except DataError as error:
            why[candidate.id] = error
    candidate = min(candidates, key=lambda one: _away(found, one.network))
    said = {"missing": "-", "extra": "-", "wrong": "-"} | dict(why[candidate.id].values)
    raise DataError("foreign_no_network", network=candidate.name or candidate.id, **said)


def fitted(found: Mapping[str, NDArray[Any]], network: Network) -> dict[str, NDArray[np.float32]]:
    """A file's arrays as the network's, every one and nothing else.

    Args:
        found: By the variables' paths in Keras's order, or as ``readers.onnx`` names them; left as it is.
        network: Whose they may be.

    Raises:
        DataError: weights_do_not_match, or foreign_shapes.
    """
    if any(name.endswith("/weight") for name in found):
        if not any(name.startswith(("conv.", "dense.", "norm.")) for name in found):
            return _exact(_turned(found), network)
        return arranged(dict(found), network, counted(network), Layout())
    return _exact(_in_order(found, network), network)


def _exact(found: Mapping[str, NDArray[Any]], network: Network) -> dict[str, NDArray[np.float32]]:
    wanted = expected.shapes(network)
    missing, extra = sorted(wanted.keys() - found.keys()), sorted(found.keys() - wanted.keys())
    if missing or extra:
        raise DataError(
            "weights_do_not_match",
            missing=", ".join(missing)[:400] or "-",
            extra=", ".join(extra)[:400] or "-",
        )
    wrong = [
        f"{name}: {shape} ≠ {found[name].shape}"
        for name, shape in wanted.items()
        if found[name].shape != shape
    ]
    if wrong:
        raise DataError("foreign_shapes", wrong="; ".join(wrong)[:1000])
    return {name: np.ascontiguousarray(found[name], np.float32) for name in wanted}


def _turned(found: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Our own ONNX file's arrays, in Keras's order again."""
    made = {}
    for name, array in found.items():
        if not name.endswith("/weight"):
            made[name] = array
        else:
            turned = array.transpose(2, 3, 1, 0) if array.ndim == 4 else array.T
            made[name.replace("/weight", "/kernel")] = turned
    return made


_NUMBERED = re.compile(
    r"(?P<kind>(?:.*_)?conv2d|dense|(?:.*_)?batch_normalization)(?:_(?P<number>\d+))?/(?P<part>\w+)"
)


def _in_order(found: Mapping[str, NDArray[Any]], network: Network) -> Mapping[str, NDArray[Any]]:
    """Layers that have Keras's own names, ``conv2d_3``, by their order; others as they are."""
    matched = {name: _NUMBERED.fullmatch(name) for name in found}
    if not matched or not all(matched.values()):
        return found
    places: dict[str, set[int]] = {}
    for match in matched.values():
        assert match is not None
        places.setdefault(_kind(match["kind"]), set()).add(int(match["number"] or 0))
    layers: dict[str, list[str]] = {"conv": [], "dense": [], "norm": []}
    for layer in trace(network):
        row = layer.row
        if isinstance(row, Weighted):
            layers["conv" if isinstance(row, Convolution) else "dense"] += tower_names(row.name, row.towers)
        elif isinstance(row, BatchNormalization):
            layers["norm"] += tower_names(row.name, layer.streams)
    made: dict[str, NDArray[Any]] = {}
    for name, match in matched.items():
        assert match is not None
        kind = _kind(match["kind"])
        place = sorted(places[kind]).index(int(match["number"] or 0))
        known = layers[kind]
        made[f"{known[place]}/{match['part']}" if place < len(known) else name] = found[name]
    return made


def _kind(name: str) -> str:
    return "conv" if name.endswith("conv2d") else "norm" if "normalization" in name else "dense"


def _away(found: Mapping[str, NDArray[Any]], network: Network) -> int:
    """How many arrays of the file, by their shapes alone, the network has no place for, or lacks."""
    have = sorted(tuple(sorted(array.shape)) for array in found.values())
    want = sorted(tuple(sorted(shape)) for shape in expected.shapes(network).values())
    common = 0
    for shape in {*have}:
        common += min(have.count(shape), want.count(shape))
    return len(have) + len(want) - 2 * common


def _kernels(found: Arrays, candidates: Sequence[Candidate], said: Said) -> tuple[Candidate, Arrays, bool]:
    """Kernels alone, and their biases where the file has them."""
    axes = "whoi" if said.width_first else "hwoi"
    asked: list[tuple[int, ...]] = []
    for candidate in candidates:
        row = candidate.network.first_convolution
        sizes = {"o": row.maps, "i": candidate.network.channels, "h": row.kernel, "w": row.kernel}
        asked.append((row.maps, sizes["i"], row.kernel, row.kernel))
        kernels = [
            (name, turned)
            for name, array in found.items()
            if (turned := _ordered(array, sizes, axes)) is not None
        ]
        biases = [name for name, array in found.items() if array.shape == (row.maps,)]
        if len(kernels) != 1 or len(found) != 1 + len(biases) or len(biases) > 1:
            continue
        ((_, kernel),) = kernels
        if said.blue_first:
            kernel = kernel[:, :, ::-1]
        bias = found[biases[0]] if biases else np.zeros(row.maps, np.float32)
        return candidate, _towers(row, kernel, bias), bool(biases)
    received = "; ".join(f"{name}: {array.shape}" for name, array in found.items())[:400]
    shapes = ", ".join(f"{o}×{h}×{w}×{i}" for o, i, h, w in dict.fromkeys(asked)) or "-"
    raise DataError("foreign_no_kernels", expected=shapes[:400], received=received)


def _ordered(array: NDArray[Any], sizes: Mapping[str, int], axes: str) -> NDArray[Any] | None:
    """An array as height, width, in and out, if its shape is right; a text has one row, out first."""
    lengths = array.shape
    order: tuple[str, ...]
    if array.ndim == 1 and array.size == np.prod([*sizes.values()]) and array.size > sizes["o"]:
        order = tuple("oiwh" if axes.index("w") < axes.index("h") else "oihw")
        return array.reshape([sizes[axis] for axis in order]).transpose(
            [order.index(axis) for axis in "hwio"]
        )
    for order in permutations("oihw"):
        in_turn = order.index("h") < order.index("w")
        if in_turn == (axes.index("h") < axes.index("w")) and lengths == tuple(sizes[axis] for axis in order):
            return array.transpose([order.index(axis) for axis in "hwio"])
    return None


def _towers(row: Convolution, kernel: NDArray[Any], bias: NDArray[Any]) -> Arrays:
    made: Arrays = {}
    for name, weights, biases in zip(
        tower_names(row.name, row.towers),
        np.split(kernel, row.towers, axis=-1),
        np.split(bias, row.towers),
        strict=True,
    ):
        made[f"{name}/kernel"] = np.ascontiguousarray(weights, np.float32)
        made[f"{name}/bias"] = np.ascontiguousarray(biases, np.float32)
    return made
