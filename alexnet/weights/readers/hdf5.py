"""Keras's ``.weights.h5``, its older ``.h5`` and the weights within a ``.keras`` file, with h5py alone.

Keras's own loaders are never called: they would make the layers that the file names. Of an HDF5 file only
plain arrays are read that lie in it: links to other files, arrays stored in other files, virtual ones and
filters from elsewhere end the reading. Arrays get the names of their layers where the file has them; files of
Keras before 3.6 count the layers of each kind (``conv2d_1``), and so do these arrays then.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import h5py
import numpy as np
from numpy.typing import NDArray

from alexnet.errors import DataError
from alexnet.weights.expected import NORMALIZING, WEIGHTED
from alexnet.weights.readers.limits import MOST_BYTES, check_count, check_shape, damaged, too_large

MOST_LINKS = 4000
"""Groups and arrays of a file: a training's state included, our largest has a tenth of it."""

_MAGIC = b"\x89HDF\r\n\x1a\n"
_CONFIG = "model_config"
_MOST_TEXT = 4 * 2**20
_DEPTH = 8
_OTHERS = re.compile(r"optimizer|optimizer_weights|metrics|.*seed_generator.*")
_FILTERS = {h5py.h5z.FILTER_DEFLATE, h5py.h5z.FILTER_SHUFFLE, h5py.h5z.FILTER_FLETCHER32}


def read(paths: Sequence[Path]) -> dict[str, NDArray[np.float32]]:
    """``conv1_tower1/kernel`` and so on, in Keras's order.

    Raises:
        DataError: weights_missing, foreign_too_large, foreign_too_many, foreign_code, foreign_elsewhere or
            foreign_damaged.
    """
    (path,) = paths
    try:
        with path.open("rb") as file:
            head = file.read(8)
        if path.stat().st_size > MOST_BYTES:
            raise too_large(path)
        if head[:4] == b"PK\x03\x04":
            return _of_zip(path)
        if head != _MAGIC:
            raise damaged(path, "HDF5")
        return _of_file(path, path)
    except FileNotFoundError:
        raise DataError("weights_missing", file=path.name) from None
    except (OSError, RuntimeError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        # h5py raises what its library does with a damaged file
        raise damaged(path, f"{type(error).__name__}: {error}") from None


def _of_zip(path: Path) -> dict[str, NDArray[np.float32]]:
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: info for info in archive.infolist()}
        check_count(path, len(members))
        for name, most in (("config.json", _MOST_TEXT), ("model.weights.h5", MOST_BYTES)):
            if name not in members:
                raise damaged(path, name)
            if members[name].file_size > most:
                raise too_large(path)
        with archive.open("config.json") as file:
            _no_code(path, file.read(_MOST_TEXT))
        with archive.open("model.weights.h5") as file:
            return _of_file(path, io.BytesIO(file.read(members["model.weights.h5"].file_size)))


def _no_code(path: Path, config: bytes | str) -> None:
    """Refuse a network with a layer that is code.

    Raises:
        DataError: foreign_code or foreign_damaged.
    """
    try:
        parts = [json.loads(config)]
    except (ValueError, RecursionError) as error:
        raise damaged(path, str(error)) from None
    while parts:
        part = parts.pop()
        if isinstance(part, dict):
            if part.get("class_name") in ("Lambda", "__lambda__"):
                raise DataError("foreign_code", file=path.name, name="Lambda")
            parts += part.values()
        elif isinstance(part, list):
            parts += part


def _of_file(path: Path, source: Path | io.BytesIO) -> dict[str, NDArray[np.float32]]:
    with h5py.File(source, "r") as file:
        if _CONFIG in file.attrs:
            if file.attrs.get_id(_CONFIG).get_storage_size() > _MOST_TEXT:
                raise too_large(path)
            config = file.attrs[_CONFIG]
            _no_code(path, config if isinstance(config, str | bytes) else "")
        names: dict[str, str] = {}
        arrays: dict[str, h5py.Dataset] = {}
        for at, one in _every(path, file):
            if isinstance(one, h5py.Dataset):
                arrays[at] = one
                check_count(path, sum(not _OTHERS.match(at.split("/")[0]) for at in arrays))
            elif isinstance(name := one.attrs.get("name") if "name" in one.attrs else None, str):
                names[at] = name
        total, found = 0, {}
        for at, one in arrays.items():
            if any(_OTHERS.fullmatch(part) for part in at.split("/")):
                continue  # of the training: it is no part of the network
            _plain(path, at, one)
            total += one.size * one.dtype.itemsize
            if total > MOST_BYTES:
                raise too_large(path)
            name = _name(path, at, names)
            if name in found:
                raise damaged(path, f"{name}, twice")
            found[name] = np.asarray(one[()], np.float32)
        if not found:
            raise damaged(path, "vars")
        return found


def _every(path: Path, file: h5py.File) -> Iterator[tuple[str, h5py.Group | h5py.Dataset]]:
    """All groups and arrays, each once however often it is linked; no link is followed out of the file."""
    waiting: list[tuple[str, h5py.Group]] = [("", file)]
    seen, count = set(), 0
    while waiting:
        where, group = waiting.pop(0)
        for name in group:
            count += 1
            at = f"{where}/{name}".lstrip("/")
            if count > MOST_LINKS:
                raise DataError("foreign_too_many", file=path.name, most=MOST_LINKS)
            if at.count("/") >= _DEPTH:
                raise damaged(path, at[:80])
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                raise DataError("foreign_elsewhere", file=path.name, name=at[:80])
            one = group[name]
            if not isinstance(one, h5py.Group | h5py.Dataset):
                raise damaged(path, at[:80])
            token = h5py.h5o.get_info(one.id)
            if (token.fileno, token.addr) in seen:
                raise damaged(path, at[:80])
            seen.add((token.fileno, token.addr))
            yield at, one
            if isinstance(one, h5py.Group):
                waiting.append((at, one))


def _plain(path: Path, at: str, one: h5py.Dataset) -> None:
    """Refuse an array that is not simply numbers in this file.

    Raises:
        DataError: foreign_elsewhere, foreign_too_large or foreign_damaged.
    """
    made = one.id.get_create_plist()
    if made.get_layout() == h5py.h5d.VIRTUAL or made.get_external_count():
        raise DataError("foreign_elsewhere", file=path.name, name=at[:80])
    if one.shape is None or one.dtype.kind not in "f" or one.dtype.itemsize not in (2, 4, 8):
        raise damaged(path, f"{at[:80]}: {one.dtype}")
    check_shape(path, one.shape, one.dtype.itemsize)
    if any(made.get_filter(place)[0] not in _FILTERS for place in range(made.get_nfilters())):
        raise damaged(path, f"{at[:80]}: filter")


_NUMBERED = re.compile(r"(?:.*/)?(?P<layer>[^/]+)/vars/(?P<number>[0-9]{1,2})")


def _name(path: Path, at: str, names: dict[str, str]) -> str:
    numbered = _NUMBERED.fullmatch(at)
    if numbered is None:  # the older form has names: conv1/conv1/kernel:0
        layer, *_, part = at.removeprefix("model_weights/").split("/")
        return f"{layer[:80]}/{part.removesuffix(':0')[:80]}"
    layer, number = numbered["layer"], int(numbered["number"])
    parts = NORMALIZING if "normalization" in layer else WEIGHTED
    if number >= len(parts):
        raise damaged(path, at[:80])
    return f"{names.get(at.rpartition('/')[0], layer)[:80]}/{parts[number]}"
