"""A header and arrays as one row of bytes, for a component that computes in the browser.

Streamlit sends top-level bytes as they are; inside a dictionary they would silently become text. Four bytes,
little-endian, say how long the header is; the header, JSON, says where each array begins and of what type and
how long it is; ``assets/components/convolution/core.js`` reads it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

TYPES = ("float32", "uint8")
_ALIGNED = 8


def pack(header: Mapping[str, object], arrays: Mapping[str, NDArray[np.generic]]) -> bytes:
    """Pack them.

    Args:
        header: JSON-serializable; ``arrays`` is added to it.
        arrays: By name, each of one of ``TYPES``; their shapes are the header's business.

    Returns:
        The bytes; each array begins at a multiple of eight.
    """
    # The places depend on the header's length and stand in it: they count from its end on.
    places: dict[str, dict[str, object]] = {}
    parts: list[bytes] = []
    length = 0
    for name, array in arrays.items():
        if array.dtype.name not in TYPES:
            raise TypeError(f"{name} is {array.dtype}, not one of {TYPES}")
        solid = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).tobytes()
        places[name] = {"dtype": array.dtype.name, "offset": length, "count": array.size}
        parts.append(_filled(solid))
        length += len(parts[-1])
    written = json.dumps({**header, "arrays": places}, ensure_ascii=False).encode("utf-8")
    written += b" " * (-(len(written) + 4) % _ALIGNED)
    return len(written).to_bytes(4, "little") + written + b"".join(parts)


def _filled(data: bytes) -> bytes:
    return data + bytes(-len(data) % _ALIGNED)
