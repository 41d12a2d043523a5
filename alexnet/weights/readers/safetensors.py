"""Our own ``.safetensors``: arrays by the variables' paths in Keras, in Keras's order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from alexnet.errors import DataError
from alexnet.weights.readers.limits import MOST_BYTES, check_count, check_shape, damaged, too_large

_TYPES = {"F16": 2, "F32": 4, "F64": 8}


def read(paths: Sequence[Path]) -> dict[str, NDArray[np.float32]]:
    """``conv1_tower1/kernel`` and so on.

    Raises:
        DataError: weights_missing, foreign_too_large, foreign_too_many or foreign_damaged.
    """
    (path,) = paths
    try:
        if path.stat().st_size > MOST_BYTES:
            raise too_large(path)
        with safe_open(path, framework="numpy") as file:  # which holds the header against the file's length
            names = list(file.keys())
            check_count(path, len(names))
            return {name: _array(path, name, file) for name in names}
    except FileNotFoundError:
        raise DataError("weights_missing", file=path.name) from None
    except (SafetensorError, OSError) as error:
        raise damaged(path, str(error)) from None


def _array(path: Path, name: str, file: Any) -> NDArray[np.float32]:
    part = file.get_slice(name)
    kind = part.get_dtype()
    if kind not in _TYPES:
        raise damaged(path, f"{name[:80]}: {kind}")
    check_shape(path, tuple(part.get_shape()), _TYPES[kind])
    return np.asarray(file.get_tensor(name), np.float32)
