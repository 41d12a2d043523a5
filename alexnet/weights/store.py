"""Our weight files: safetensors, one array for each variable, named by the variable's path in the model.

Names and not positions: in a file that only numbers the layers (Keras's ``.weights.h5``), swapping the two
branches of a network swaps its towers and nobody notices.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import safetensors.numpy
from numpy.typing import NDArray
from safetensors import SafetensorError

from alexnet.errors import DataError
from alexnet.home import write_bytes

Arrays = Mapping[str, NDArray[Any]]


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
    expected = {variable.path: variable for variable in model.weights}
    missing, extra = sorted(expected.keys() - arrays.keys()), sorted(arrays.keys() - expected.keys())
    if missing or extra:
        raise DataError(
            "weights_do_not_match", missing=", ".join(missing) or "-", extra=", ".join(extra) or "-"
        )
    for path, variable in expected.items():
        if tuple(variable.shape) != arrays[path].shape:
            raise DataError(
                "weights_of_another_shape",
                name=path,
                expected=tuple(variable.shape),
                received=arrays[path].shape,
            )
    for path, variable in expected.items():
        variable.assign(arrays[path])
