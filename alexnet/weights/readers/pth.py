"""PyTorch's ``.pth`` of a ``state_dict``: a zip of a pickle and of each tensor's bytes. Without PyTorch.

The older form, of ``torch.save`` before version 1.6, is read too: a row of pickles without a zip, and the
tensors' bytes behind them.
"""

from __future__ import annotations

import io
import pickletools
import struct
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alexnet.errors import DataError
from alexnet.weights.readers import pickles
from alexnet.weights.readers.limits import MOST_BYTES, check_count, check_shape, content, damaged, too_large

_MAGIC = 0x1950A86A20F9469CFC6C
_PICKLE = "/data.pkl"  # in the folder that all of a file lies in
_MOST_PICKLE = 4 * 2**20
_TYPES = {"FloatStorage": "<f4", "DoubleStorage": "<f8", "HalfStorage": "<f2", "LongStorage": "<i8"}


@dataclass(frozen=True)
class _Storage:
    key: str
    dtype: str
    numbers: int


@dataclass(frozen=True)
class _Tensor:
    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    stride: tuple[int, ...]


def read(paths: Sequence[Path]) -> dict[str, NDArray[Any]]:
    """The tensors of a ``state_dict`` by name, ``features.0.weight``.

    Raises:
        DataError: weights_missing, foreign_too_large, foreign_too_many, foreign_code or foreign_damaged.
    """
    (path,) = paths
    try:
        with path.open("rb") as file:
            zipped = file.read(4) == b"PK\x03\x04"
    except OSError:
        raise DataError("weights_missing", file=path.name) from None
    try:
        return _of_zip(path) if zipped else _of_row(path)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, struct.error) as error:
        raise damaged(path, str(error)) from None


def _of_zip(path: Path) -> dict[str, NDArray[Any]]:
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: info for info in archive.infolist()}
        check_count(path, len(members))
        if sum(info.file_size for info in members.values()) > MOST_BYTES:
            raise too_large(path)
        (name, *more) = [name for name in members if name.endswith(_PICKLE)] or [""]
        if not name or more:
            raise damaged(path, _PICKLE[1:])
        folder = name.removesuffix(_PICKLE)

        def bytes_of(member: str, most: int) -> bytes:
            if member not in members:
                raise damaged(path, member)
            if members[member].compress_type != zipfile.ZIP_STORED and member != name:
                raise damaged(path, member)  # PyTorch stores; what is packed may unpack to anything
            if members[member].file_size > most:
                raise too_large(path)
            with archive.open(members[member]) as file:
                return file.read(members[member].file_size)

        made = pickles.load(bytes_of(name, _MOST_PICKLE), path, _names(), _storage_of(path))
        return _arrays(path, made, lambda one: bytes_of(f"{folder}/data/{one.key}", MOST_BYTES))


def _of_row(path: Path) -> dict[str, NDArray[Any]]:
    whole = content(path)
    at, parts = 0, []
    for _ in range(5):  # magic number, version, system, the tensors, the keys of the storages
        part, at = _one_pickle(path, whole, at)
        parts.append(part)
    if pickles.load(parts[0], path, {}) != _MAGIC:
        raise damaged(path, "torch.save")
    made = pickles.load(parts[3], path, _names(), _storage_of(path))
    keys = pickles.load(parts[4], path, {})
    wanted = {one.storage.key: one.storage for one in _tensors(path, made).values()}
    if not isinstance(keys, list):
        raise damaged(path, "storages")
    places: dict[str, bytes] = {}
    for key in keys:
        storage = wanted.get(str(key))
        if storage is None or at + 8 > len(whole):
            raise damaged(path, f"storage {key}")
        (numbers,) = struct.unpack_from("<q", whole, at)
        end = at + 8 + storage.numbers * np.dtype(storage.dtype).itemsize
        if numbers != storage.numbers or end > len(whole):
            raise damaged(path, f"storage {key}")
        places[str(key)] = whole[at + 8 : end]
        at = end
    return _arrays(path, made, lambda one: places.get(one.key, b""))


def _one_pickle(path: Path, whole: bytes, at: int) -> tuple[bytes, int]:
    """The pickle that begins at a place, and where it ends."""
    view = io.BytesIO(whole[at : at + _MOST_PICKLE])
    try:
        for step, _ in enumerate(pickletools.genops(view)):
            if step > pickles.MOST_STEPS:
                raise damaged(path, "pickle")
    except ValueError as error:
        raise damaged(path, str(error)) from None
    end = at + view.tell()
    return whole[at:end], end


def _names() -> dict[str, Callable[..., Any]]:
    def tensor(
        storage: _Storage, offset: int, shape: tuple[int, ...], stride: tuple[int, ...], *rest: Any
    ) -> _Tensor:
        return _Tensor(storage, offset, tuple(shape), tuple(stride))

    def parameter(data: _Tensor, *rest: Any) -> _Tensor:
        return data

    names: dict[str, Callable[..., Any]] = {
        "torch._utils._rebuild_tensor_v2": tensor,
        "torch._utils._rebuild_tensor": tensor,
        "torch._utils._rebuild_parameter": parameter,
        "collections.OrderedDict": OrderedDict,
    }
    return names | {f"torch.{name}": _kind(dtype) for name, dtype in _TYPES.items()}


def _kind(dtype: str) -> Callable[..., Any]:
    def storage_type() -> str:
        return dtype

    return storage_type


def _storage_of(path: Path) -> Callable[[Any], _Storage]:
    def storage(id: Any) -> _Storage:
        if not isinstance(id, tuple) or len(id) < 5 or id[0] != "storage" or not callable(id[1]):
            raise damaged(path, "storage")
        numbers = id[4]
        dtype = id[1]()
        if not isinstance(numbers, int) or not isinstance(dtype, str):
            raise damaged(path, "storage")
        check_shape(path, (numbers,), np.dtype(dtype).itemsize)
        return _Storage(str(id[2]), dtype, numbers)

    return storage


def _tensors(path: Path, made: Any) -> dict[str, _Tensor]:
    if not isinstance(made, dict):
        raise damaged(path, "state_dict")
    check_count(path, len(made))
    for name, one in made.items():
        if not isinstance(name, str) or not isinstance(one, _Tensor) or not isinstance(one.storage, _Storage):
            raise damaged(path, f"{name}"[:80])
    return dict(made)


def _arrays(path: Path, made: Any, bytes_of: Callable[[_Storage], bytes]) -> dict[str, NDArray[Any]]:
    found: dict[str, NDArray[Any]] = {}
    for name, one in _tensors(path, made).items():
        check_shape(path, one.shape)
        flat = np.frombuffer(bytes_of(one.storage), one.storage.dtype)
        count = int(np.prod(one.shape, dtype=np.int64))
        rows = tuple(int(np.prod(one.shape[at + 1 :], dtype=np.int64)) for at in range(len(one.shape)))
        if one.stride != rows or not 0 <= one.offset <= len(flat) - count:
            raise damaged(path, name)
        found[name] = flat[one.offset : one.offset + count].reshape(one.shape)
    return found
