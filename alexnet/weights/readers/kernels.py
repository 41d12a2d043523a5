"""First-layer kernels alone: NumPy's ``.npy`` or ``.npz`` of plain numbers, or a text of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alexnet.errors import DataError
from alexnet.weights.readers import numbers
from alexnet.weights.readers.limits import check_count, check_shape, content, damaged, too_large

MOST_BYTES = 32 * 2**20
"""The real AlexNet's 34,848 numbers take 0.3 MB in double precision."""

MOST_HEADER = 4096


def read(paths: Sequence[Path]) -> dict[str, NDArray[np.float32]]:
    """The file's arrays under its names; that of a ``.npy`` or a text under the file's.

    Raises:
        DataError: weights_missing, foreign_too_large, foreign_too_many, foreign_code or foreign_damaged.
    """
    (path,) = paths
    whole = content(path, MOST_BYTES)
    if whole[:6] == b"\x93NUMPY":
        return {path.name: _array(path, whole)}
    if whole[:4] != b"PK\x03\x04":
        return numbers.read(paths)
    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            members = archive.infolist()
            check_count(path, len(members))
            if sum(member.file_size for member in members) > MOST_BYTES:
                raise too_large(path)
            found = {}
            for member in members:
                with archive.open(member) as file:
                    part = file.read(member.file_size + 1)
                found[member.filename.removesuffix(".npy")[:80]] = _array(path, part)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise damaged(path, str(error)) from None
    if not found:
        raise damaged(path, "npz")
    return found


def _array(path: Path, whole: bytes) -> NDArray[np.float32]:
    file = io.BytesIO(whole)
    try:
        version = np.lib.format.read_magic(file)
        header = {
            (1, 0): np.lib.format.read_array_header_1_0,
            (2, 0): np.lib.format.read_array_header_2_0,
        }[version]
        shape, columns_first, dtype = header(file, max_header_size=MOST_HEADER)
    except (ValueError, KeyError, SyntaxError, TypeError, RecursionError, MemoryError) as error:
        raise damaged(path, str(error)) from None
    if dtype.hasobject:
        raise DataError("foreign_code", file=path.name, name="pickle")
    if dtype.kind != "f" or dtype.itemsize not in (2, 4, 8):
        raise damaged(path, str(dtype))
    check_shape(path, shape, dtype.itemsize)
    rest = whole[file.tell() :]
    if len(rest) != dtype.itemsize * int(np.prod(shape, dtype=np.int64)):
        raise damaged(path, f"{len(rest)} bytes, {shape}")
    array = np.frombuffer(rest, dtype).reshape(shape, order="F" if columns_first else "C")
    return array.astype(np.float32)
