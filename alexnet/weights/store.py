"""Our weight files: safetensors, one array for each variable, named by the variable's path in the model.

Names and not positions: in a file that only numbers the layers (Keras's ``.weights.h5``), swapping the two
branches of a network swaps its towers and nobody notices.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import safetensors.numpy
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from alexnet.errors import DataError
from alexnet.home import write_bytes

Arrays = Mapping[str, NDArray[Any]]

_AT_ONCE = 2**21  # numbers that are read at a time: 8 MB


def write(path: Path, arrays: Arrays) -> None:
    """Write arrays to ``path``, all or nothing.

    Args:
        path: The file; what was there is replaced.
        arrays: By name, such as ``conv1_tower1/kernel``.
    """
    # safetensors writes the memory as it lies, so a transposed view would come back scrambled.
    # asarray and not ascontiguousarray, which would make a single number a list of one.
    solid = {name: np.asarray(array, order="C") for name, array in arrays.items()}
    write_bytes(path, safetensors.numpy.save(solid))


def read(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of a file.

    Raises:
        DataError: The file is missing or is not whole.
    """
    try:
        return safetensors.numpy.load_file(path)
    except FileNotFoundError:
        raise DataError("weights_missing", file=path.name) from None
    except (SafetensorError, OSError) as error:
        raise DataError("weights_damaged", file=path.name) from error


def of(model: Any) -> dict[str, NDArray[Any]]:
    """The weights of a Keras model by path, the seeds of its dropout left out."""
    return {variable.path: np.asarray(variable) for variable in model.weights}


def assign(model: Any, arrays: Arrays) -> None:
    """Put arrays into a Keras model, every one and nothing else.

    Args:
        model: Its ``weights`` take the arrays of the same path and shape; their type may differ.
        arrays: By path.

    Raises:
        DataError: An array is missing, left over, or of another shape; the model is left as it was.
    """
    expected = _places(model, {name: array.shape for name, array in arrays.items()})
    for path, variable in expected.items():
        variable.assign(arrays[path])


def load(model: Any, path: Path) -> None:
    """The same from a file, one array after the other: the file's numbers are held in the model alone.

    Raises:
        DataError: As ``read`` and ``assign``.
    """
    try:
        with safe_open(path, framework="numpy") as file:
            shapes = {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118
            places = _places(model, shapes)
        for name, variable in places.items():
            for begin, rows in _rows(path, name):
                # TensorFlow's own variable: Keras's assign would hold the whole array twice more.
                variable.value[begin : begin + len(rows)].assign(rows)
    except FileNotFoundError:
        raise DataError("weights_missing", file=path.name) from None
    except (SafetensorError, OSError) as error:
        raise DataError("weights_damaged", file=path.name) from error


def _rows(path: Path, name: str) -> Iterator[tuple[int, NDArray[Any]]]:
    """One array of a file that is whole, some rows at a time, with the number of the first.

    Read and not mapped: what is mapped counts as memory until the end.
    """
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        told = json.loads(file.read(length))[name]
        first, *rest = told["shape"]
        dtype = np.dtype({"F16": "<f2", "F32": "<f4", "F64": "<f8"}[told["dtype"]])
        file.seek(8 + length + told["data_offsets"][0])
        row = int(np.prod(rest, dtype=np.int64))
        step = max(1, _AT_ONCE // row)
        for begin in range(0, first, step):
            count = min(step, first - begin)
            rows = np.fromfile(file, dtype, count * row).reshape([count, *rest])
            yield begin, rows.astype(np.float32, copy=False)


def _places(model: Any, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, Any]:
    """The variables of a model by path, each of which has its array."""
    expected = {variable.path: variable for variable in model.weights}
    missing, extra = sorted(expected.keys() - shapes.keys()), sorted(shapes.keys() - expected.keys())
    if missing or extra:
        raise DataError(
            "weights_do_not_match", missing=", ".join(missing) or "-", extra=", ".join(extra) or "-"
        )
    for path, variable in expected.items():
        if tuple(variable.shape) != shapes[path]:
            raise DataError(
                "weights_of_another_shape",
                name=path,
                expected=tuple(variable.shape),
                received=shapes[path],
            )
    return expected
