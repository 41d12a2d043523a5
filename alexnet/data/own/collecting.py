"""A set in the making: each file is decoded once, by the reader of uploads, and written down or named."""

from __future__ import annotations

import hashlib
import secrets
import shutil
import weakref
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from alexnet.data import headers, preprocess, uploads
from alexnet.data.own import store
from alexnet.data.own.archive import Entry
from alexnet.data.own.arranging import Part, Place, arrange
from alexnet.data.own.naming import harmless
from alexnet.data.own.record import Broken, Index, Item, OwnSet
from alexnet.data.own.splitting import TRAIN, split
from alexnet.errors import ImageError, InputError, LimitError
from alexnet.home import folder

FEWEST, MOST = 2, 100
"""Classes of a set."""

MOST_SLOW = 5
"""Files that use up the time for one; with more of them the whole is refused, as others wait."""

_QUALITY = 95  # of JPEG, with full colour: the mean difference from the pixels is below one of 256 levels
_AT_ONCE = 2  # files that are decoded at a time
_SAVED = 2**24  # bytes between two looks at the quota

Progress = Callable[[int, int], None]
"""Told how many files are done, of how many."""


class Source(Protocol):
    """An archive, a folder, or files that somebody has dropped."""

    name: str
    entries: list[Entry]

    def read(self, entry: Entry) -> bytes:
        """A file's content."""


@dataclass(frozen=True, eq=False)
class _Prepared:
    """A file that became a picture; its JPEG until that is written."""

    jpeg: bytes
    thumb: NDArray[np.uint8]
    sums: NDArray[np.float64]
    size: tuple[int, int]
    digest: str


class Collector:
    """Takes files, and makes a set of them at the end; ``discard`` forgets all of it.

    Args:
        viewer: Whose the set will be.
        limited: Is there a limit on what this viewer's sets take?

    Raises:
        DataError: The data folder cannot be used.
        LimitError: See ``store.check_room``.
    """

    def __init__(self, viewer: str, *, limited: bool = True) -> None:
        store.sweep()
        self.viewer, self.limited = viewer, limited
        self._before = store.taken()
        store.check_room(viewer, 1, self._before, limited=limited)
        self.folder = folder("datasets") / f"{store.MAKING}{secrets.token_hex(6)}"
        self.folder.mkdir()
        self._file = (self.folder / "pictures.bin").open("wb")
        self._items: list[tuple[str, Place, tuple[int, int], _Prepared]] = []
        self._broken: list[Broken] = []
        self._written, self._looked, self._slow = 0, 0, 0
        # One that belongs to a browser's tab goes with it.
        self._forget = weakref.finalize(self, _forget, self._file, self.folder)

    @property
    def counts(self) -> dict[str, int]:
        """Pictures of each class so far."""
        found: dict[str, int] = {}
        for _, where, _, _ in self._items:
            found[where.label] = found.get(where.label, 0) + 1
        return found

    @property
    def broken(self) -> tuple[Broken, ...]:
        """Files that became no picture so far."""
        return tuple(self._broken)

    def latest(self, label: str, count: int) -> NDArray[np.uint8]:
        """The latest pictures of a class at 32 pixels, the newest first: ``(at most count, 32, 32, 3)``."""
        found = [made.thumb for _, where, _, made in reversed(self._items) if where.label == label]
        return np.stack(found[:count])

    def undo(self) -> None:
        """Take the latest picture out, if there is one."""
        if self._items:
            self._items.pop()

    def take_all(self, source: Source, progress: Progress = lambda done, all: None) -> None:
        """Every file of a source, where its folders say.

        Raises:
            InputError: set_empty, or what the source raises.
            LimitError: See ``take``.
        """
        entries = source.entries
        places = arrange([entry.path for entry in entries]) if entries else []
        if not entries:
            raise InputError("set_empty", name=source.name)
        check_classes({where.label for where in places if where is not None})
        outside = [entry for entry, where in zip(entries, places, strict=True) if where is None]
        for entry in outside:
            self._broken.append(Broken(entry.name, "file_without_class", {}))
        wanted = [(entry, where) for entry, where in zip(entries, places, strict=True) if where is not None]
        done = len(outside)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for first in range(0, len(wanted), _AT_ONCE):
                some = wanted[first : first + _AT_ONCE]
                # Files are read one after another, as a zip is one file; only decoding is done side by side.
                read = [(entry, where, source.read(entry)) for entry, where in some]
                found = list(pool.map(lambda one: _prepared(one[2], one[0].path[-1]), read))
                for (entry, where, _), made in zip(read, found, strict=True):
                    self._keep(entry.name, where, made)
                done += len(some)
                progress(done, len(entries))

    def take(self, data: bytes, name: str, label: str, part: Part | None = None) -> bool:
        """One file, for a class that somebody names; True where it became a picture.

        Raises:
            LimitError: sets_full_viewer, sets_full_server or set_too_slow.
        """
        before = len(self._items)
        self._keep(uploads.shown_name(name), Place(label, part), _prepared(data, name))
        return len(self._items) > before

    def _keep(self, name: str, where: Place, made: _Prepared | ImageError) -> None:
        if isinstance(made, ImageError):
            plain = {
                key: value if isinstance(value, int | float) else str(value)
                for key, value in made.values.items()
            }
            self._broken.append(Broken(name, made.id, plain))
            self._slow += made.id == "image_too_slow"
            if self._slow > MOST_SLOW:
                raise LimitError("set_too_slow", count=self._slow)
            return
        self._items.append((name, where, (self._written, len(made.jpeg)), replace(made, jpeg=b"")))
        self._file.write(made.jpeg)
        self._written += len(made.jpeg)
        if self._written - self._looked > _SAVED:
            self._looked = self._written
            store.check_room(self.viewer, self._written, self._before, limited=self.limited)

    def finish(self, name: str, *, seed: int = 0, origin: str = "") -> OwnSet:
        """Draw the parts, and make the set; where that is refused, more can be taken.

        Args:
            name: What its owner calls it.
            seed: Draws the parts.
            origin: See ``OwnSet``.

        Raises:
            InputError: set_class_few, or those of ``split``.
            LimitError: Those of ``check_classes`` and ``store.check_room``.
        """
        self._file.flush()
        store.check_room(self.viewer, self._written, self._before, limited=self.limited)
        classes = sorted({where.label for _, where, _, _ in self._items}, key=str.casefold)
        check_classes(classes)
        labels = [where.label for _, where, _, _ in self._items]
        digests = [made.digest for *_, made in self._items]
        parts = split(labels, [where.part for _, where, _, _ in self._items], digests, seed)
        items = tuple(
            Item(file, classes.index(where.label), int(part), *lies, *made.size, made.digest)
            for (file, where, lies, made), part in zip(self._items, parts, strict=True)
        )
        sums = np.stack([made.sums for *_, made in self._items])[parts == TRAIN].mean(axis=0)
        mean, deviation = sums[0], np.sqrt(np.maximum(sums[1] - sums[0] ** 2, 1.0))
        now = datetime.now(UTC)
        counts = np.bincount(parts, minlength=3)
        one = OwnSet(
            id=f"set-{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}",
            viewer=self.viewer,
            name=harmless(name) or " ".join(classes)[:40],
            created=now.isoformat(timespec="seconds"),
            classes=tuple(classes),
            seed=seed,
            mean=_colour(mean),
            deviation=_colour(deviation),
            train=int(counts[0]),
            validation=int(counts[1]),
            test=int(counts[2]),
            origin=origin,
        )
        self._file.close()
        np.save(self.folder / "thumbs.npy", np.stack([made.thumb for *_, made in self._items]))
        store.write_record(self.folder, Index(items, self.broken))
        store.write_record(self.folder, one)
        self.folder.rename(self.folder.with_name(one.id))
        return one

    def discard(self) -> None:
        """Forget everything; after ``finish`` there is nothing to forget."""
        self._forget()


def _forget(file: IO[bytes], folder: Path) -> None:
    file.close()
    shutil.rmtree(folder, ignore_errors=True)


def make(
    source: Source,
    viewer: str,
    name: str,
    *,
    seed: int = 0,
    origin: str = "",
    limited: bool = True,
    progress: Progress = lambda done, all: None,
) -> OwnSet:
    """A set of all pictures of a source.

    Raises:
        InputError, LimitError, DataError: Of the source, of ``Collector`` and of its methods.
    """
    collector = Collector(viewer, limited=limited)
    try:
        collector.take_all(source, progress)
        return collector.finish(name, seed=seed, origin=origin)
    finally:
        collector.discard()


def check_classes(labels: Iterable[str]) -> None:
    """May a set have these classes?

    Raises:
        InputError: set_classes_few.
        LimitError: set_classes_many.
    """
    found = sorted(set(labels))
    if len(found) < FEWEST:
        raise InputError("set_classes_few", count=len(found), classes=", ".join(found) or "-")
    check_most(found)


def check_most(labels: Collection[str]) -> None:
    """May a set have so many classes?

    Raises:
        LimitError: set_classes_many.
    """
    if len(labels) > MOST:
        raise LimitError("set_classes_many", count=len(labels), most=MOST)


def _prepared(data: bytes, name: str) -> _Prepared | ImageError:
    try:
        picture = uploads.decode(data, name)
    except ImageError as error:
        # Without its traceback, which would keep the file in memory.
        return ImageError(error.id, **error.values)
    square = preprocess.square(picture.pixels, store.SIDE)
    target = BytesIO()
    Image.fromarray(square).save(target, "JPEG", quality=_QUALITY, subsampling=0)
    levels = square.reshape(-1, 3).astype(np.float64)
    return _Prepared(
        target.getvalue(),
        preprocess.reduce(square, store.SMALLEST),
        np.stack([levels.mean(axis=0), (levels**2).mean(axis=0)]),
        _photographed(data, picture),
        hashlib.sha256(f"{square.shape}".encode() + square.tobytes()).hexdigest()[:16],
    )


def _photographed(data: bytes, picture: uploads.Picture) -> tuple[int, int]:
    """The photograph's own width and height, upright; more may have been decoded to less."""
    jpeg = headers.jpeg(data) if headers.kind(data) == "JPEG" else None
    width, height = (headers.size(data) if jpeg is None else jpeg.size) or (0, 0)
    rows, columns, _ = picture.pixels.shape
    return (height, width) if (width > height) != (columns > rows) else (width, height)


def _colour(values: NDArray[np.float64]) -> tuple[float, float, float]:
    red, green, blue = (round(float(value), 4) for value in values)
    return red, green, blue
