"""Arrays and other values as one row of bytes, for a component that computes in the browser.

Streamlit sends top-level bytes as they are; inside a dictionary they would silently become text. The bytes
are a safetensors file: the arrays are its tensors, and the values stand as JSON in its metadata, which holds
texts only. ``assets/components/shared/arrays.js`` reads it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

TYPES = ("float32", "uint8")
"""Those that the browser's side reads."""


def as_bytes(values: Mapping[str, object], arrays: Mapping[str, NDArray[np.generic]]) -> bytes:
    """The file's bytes.

    Args:
        values: JSON-serializable.
        arrays: By name, of any shape, each of one of ``TYPES``.

    Raises:
        TypeError: An array is of another type.
    """
    for name, array in arrays.items():
        if array.dtype.name not in TYPES:
            raise TypeError(f"{name} is {array.dtype}, not one of {TYPES}")
    # safetensors writes memory as it lies, a turned array in its old order.
    tensors = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    return save(tensors, {"values": json.dumps(values, ensure_ascii=False)})
