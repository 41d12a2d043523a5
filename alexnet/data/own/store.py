"""Sets of own pictures as folders: ``<ALEXNET_HOME>/datasets/<set id>/``.

    set.json       the record; it stays when the pictures are deleted and trainings still name the set
    index.json     the pictures and the files that are none, see ``alexnet.data.own.record``
    pictures.bin   each picture's centre square, at most 256 pixels, upright, as a JPEG, one after another;
                   nothing of a file's metadata is in it
    thumbs.npy     the same at 32 pixels: (n, 32, 32, 3), uint8

A folder appears in one step when it is whole, see ``alexnet.data.own.collecting``.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydantic import TypeAdapter

from alexnet.data import preprocess
from alexnet.data.classes import Class
from alexnet.data.dataset import DataSet, Images, Pictures
from alexnet.data.own.record import SET_ID, Index, OwnSet
from alexnet.data.own.splitting import TEST, TRAIN, VALIDATION
from alexnet.errors import DataError, InputError, LimitError
from alexnet.home import allowance, place, write_text
from alexnet.language import LANGUAGES

SIDE = 256
"""Pixels along each side of what is kept of a picture, at most."""

SMALLEST = 32
"""Pixels along each side of what a network learns from, at least."""

VIEWER = ("ALEXNET_VIEWER_DATA_GB", 0.5)
"""The setting for what one viewer's sets may take, and what it is where it is not set."""

SERVER = ("ALEXNET_DATA_GB", 10.0)
"""The same for the sets of all viewers."""

MAKING = ".making-"
"""Begins the name of a folder that is not yet a set."""

_OLD = 24 * 3600.0  # seconds after which such a folder is nobody's any more
_AT_ONCE = 2  # threads that decode
_Record = TypeVar("_Record", OwnSet, Index)


def sets() -> list[OwnSet]:
    """Every set that has its pictures, the newest first; one that cannot be read is left out."""
    try:
        ids = sorted((path.name for path in place("datasets").iterdir()), reverse=True)
    except OSError:  # there is none
        return []
    found = []
    for id in ids:
        try:
            one = find(id)
        except (InputError, DataError):
            continue
        if not one.deleted:
            found.append(one)
    return found


def find(id: str) -> OwnSet:
    """The set of that id; its pictures may be deleted.

    Raises:
        InputError: data_unknown; nothing typed ever becomes a path.
        DataError: set_damaged.
    """
    path = _path(id) / "set.json" if SET_ID.fullmatch(id) else None
    try:
        changed = None if path is None else path.stat().st_mtime_ns
    except OSError:
        changed = None
    if path is None or changed is None:
        raise InputError("data_unknown", id=id[:40], known="-")
    return _found(path, changed)


@lru_cache(maxsize=512)
def _found(path: Path, _changed: int) -> OwnSet:
    one = _read(OwnSet, path)
    if one.id != path.parent.name:
        raise DataError("set_damaged", id=path.parent.name)
    return one


def index(one: OwnSet) -> Index:
    """What a set holds, picture by picture.

    Raises:
        DataError: set_deleted or set_damaged.
    """
    if one.deleted:
        raise DataError("set_deleted", name=one.name)
    path = _path(one.id) / "index.json"
    try:
        return _indexed(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise DataError("set_damaged", id=one.id) from error


@lru_cache(maxsize=16)
def _indexed(path: Path, _changed: int) -> Index:
    return _read(Index, path)


def _read(kind: type[_Record], path: Path) -> _Record:
    try:
        return TypeAdapter(kind).validate_json(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DataError("set_damaged", id=path.parent.name) from error


def data_set(one: OwnSet, resolution: int = SIDE) -> DataSet:
    """A set as networks learn from it, at a resolution; its pictures are read when they are asked for.

    A class's name is its owner's in every language, and its id counts: ``class_01``.
    """
    resolution = max(SMALLEST, min(resolution, SIDE))
    return DataSet(
        one.id,
        tuple(
            Class(f"class_{number:02}", dict.fromkeys(LANGUAGES, name))
            for number, name in enumerate(one.classes, start=1)
        ),
        resolution=resolution,
        mean=one.mean,
        deviation=one.deviation,
        train=one.train + one.validation,
        test=one.test,
        validation=one.validation,
        load=partial(load, one, resolution),
        names=dict.fromkeys(LANGUAGES, one.name),
        finer=partial(data_set, one),
    )


def load(one: OwnSet, resolution: int) -> Pictures:
    """A set's pictures at a resolution, decoded.

    Raises:
        DataError: set_deleted or set_damaged.
    """
    items = index(one).items
    learned = [number for number, item in enumerate(items) if item.part != TEST]
    tested = [number for number, item in enumerate(items) if item.part == TEST]
    labels = np.array([item.label for item in items], np.int64)
    parts = np.array([item.part for item in items], np.int64)
    return Pictures(
        pictures(one, learned, resolution),
        labels[learned],
        pictures(one, tested, resolution),
        labels[tested],
        np.flatnonzero(parts[learned] == VALIDATION),
    )


def pictures(one: OwnSet, numbers: list[int], resolution: int) -> Images:
    """Some pictures of a set by their places in its index: ``(n, resolution, resolution, 3)``.

    Raises:
        DataError: set_deleted or set_damaged.
    """
    items = index(one).items
    found = np.empty((len(numbers), resolution, resolution, 3), np.uint8)
    try:
        content = np.memmap(_path(one.id) / "pictures.bin", np.uint8, "r")

        def decode(at: int) -> None:
            item = items[numbers[at]]
            data = content[item.offset : item.offset + item.length].tobytes()
            with Image.open(BytesIO(data), formats=("JPEG",)) as image:
                found[at] = preprocess.reduce(np.asarray(image.convert("RGB")), resolution)

        with ThreadPoolExecutor(_AT_ONCE) as pool:  # Pillow lets go of the interpreter while it decodes
            list(pool.map(decode, range(len(numbers))))
    except (OSError, ValueError, IndexError) as error:
        raise DataError("set_damaged", id=one.id) from error
    return found


def thumbs(one: OwnSet) -> NDArray[np.uint8]:
    """All pictures of a set at 32 pixels, ``(n, 32, 32, 3)``, in the order of its index.

    Raises:
        DataError: set_deleted or set_damaged.
    """
    count = len(index(one).items)
    try:
        found = np.load(_path(one.id) / "thumbs.npy", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise DataError("set_damaged", id=one.id) from error
    if found.shape != (count, SMALLEST, SMALLEST, 3) or found.dtype != np.uint8:
        raise DataError("set_damaged", id=one.id)
    return cast(NDArray[np.uint8], found)


def training_part(one: OwnSet) -> NDArray[np.bool_]:
    """Which pictures of the index are learned from."""
    return np.array([item.part == TRAIN for item in index(one).items])


def size(one: OwnSet) -> int:
    """Bytes of a set's files."""
    return _size(_path(one.id))


def taken() -> dict[str, int]:
    """Bytes of all sets by viewer; what is being made is nobody's, under ``""``."""
    found: dict[str, int] = {}
    for one in sets():
        found[one.viewer] = found.get(one.viewer, 0) + size(one)
    for path in _being_made():
        found[""] = found.get("", 0) + _size(path)
    return found


def check_room(viewer: str, more: int, now: dict[str, int], *, limited: bool = True) -> None:
    """May a viewer's sets take so many bytes more?

    Args:
        viewer: Whose.
        more: Bytes.
        now: What is taken already, see ``taken``.
        limited: False for who works at the server itself.

    Raises:
        LimitError: sets_full_viewer or sets_full_server.
    """
    if not limited:
        return
    own, most = now.get(viewer, 0), allowance(*VIEWER)
    if own + more > most:
        raise LimitError("sets_full_viewer", taken=own / 1e6, most=most / 1e6)
    if sum(now.values()) + more > (most := allowance(*SERVER)):
        raise LimitError("sets_full_server", most=most / 1e9)


def may_change(one: OwnSet, viewer: str, *, teacher: bool = False) -> bool:
    """May this viewer see all of the set, and delete it? Its owner may, and a teacher."""
    return teacher or one.viewer == viewer


def delete(one: OwnSet, *, keep_record: bool = False) -> None:
    """Remove a set's pictures.

    Args:
        one: Which.
        keep_record: Trainings have learned from it: its name, its classes and its numbers stay.
    """
    path = _path(one.id)
    if keep_record:
        write_record(path, replace(one, deleted=True))
        for name in ("index.json", "thumbs.npy", "pictures.bin"):
            (path / name).unlink(missing_ok=True)
        return
    gone = path.with_name(f".deleted-{one.id}")
    path.rename(gone)  # in one step: nobody sees half a set
    shutil.rmtree(gone, ignore_errors=True)


def write_record(folder: Path, one: OwnSet | Index) -> None:
    """Put a record into its folder, in one step."""
    name = "set.json" if isinstance(one, OwnSet) else "index.json"
    write_text(folder / name, json.dumps(asdict(cast(Any, one)), ensure_ascii=False) + "\n")


def sweep() -> None:
    """Remove what was begun and never finished: the app may have ended meanwhile."""
    for path in _being_made():
        try:
            old = time.time() - path.stat().st_mtime > _OLD
        except OSError:
            continue
        if old:
            shutil.rmtree(path, ignore_errors=True)


def _being_made() -> list[Path]:
    try:
        return list(place("datasets").glob(f"{MAKING}*"))
    except OSError:
        return []


def _path(id: str) -> Path:
    return place("datasets") / id


def _size(path: Path) -> int:
    total = 0
    for folder, _, names in os.walk(path):
        for name in names:
            try:
                total += Path(folder, name).stat().st_size
            except OSError:  # it is being deleted at this moment
                continue
    return total
