"""A set from a path, a zip or dropped files: what a page, a terminal and a notebook ask for."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from alexnet.data.own import collecting, store
from alexnet.data.own.archive import Archive, Entry, is_archive
from alexnet.data.own.arranging import ignored
from alexnet.data.own.collecting import Progress, Source
from alexnet.data.own.folder import Folder
from alexnet.data.own.record import OwnSet
from alexnet.errors import InputError
from alexnet.home import folder


def from_path(
    path: Path,
    viewer: str,
    name: str = "",
    *,
    seed: int = 0,
    limited: bool = False,
    progress: Progress = lambda done, all: None,
) -> OwnSet:
    """The set of a folder of class folders, or of a zip, on this computer.

    A folder that has not changed since this viewer made a set of it with that seed gives that set again.

    Raises:
        InputError, LimitError, DataError: See ``collecting.make``, ``Folder`` and ``Archive``.
    """
    path = path.expanduser()
    name = name or path.resolve().stem
    if path.is_file():
        try:
            with path.open("rb") as file:
                if not is_archive(file.read(4)):
                    raise InputError("folder_missing", folder=str(path))
                archive = Archive(file, path.name)
                return collecting.make(archive, viewer, name, seed=seed, limited=limited, progress=progress)
        except OSError as error:
            raise InputError("folder_unreadable", folder=str(path)) from error
    source = Folder(path)
    said = json.dumps([str(path.resolve()), seed, source.signature()])
    origin = hashlib.sha256(said.encode()).hexdigest()[:32]
    for one in store.sets():
        if (one.viewer, one.origin) == (viewer, origin):
            return one
    return collecting.make(source, viewer, name, seed=seed, origin=origin, limited=limited, progress=progress)


class Dropped:
    """Files that somebody has dropped in the browser, with their folders where the browser names these.

    Args:
        files: Name and content of each; folders are parted by strokes.
        kept: Where the contents are kept meanwhile.
    """

    def __init__(self, files: Iterable[tuple[str, bytes]], kept: IO[bytes]) -> None:
        self.name = ""
        self.entries: list[Entry] = []
        self._file = kept
        for name, data in files:
            parts = name.replace("\\", "/").split("/")
            path = tuple(part for part in parts if part not in ("", ".", ".."))
            if path and not ignored(path):
                self.entries.append(Entry(path, (self._file.tell(), len(data))))
                self._file.write(data)

    def read(self, entry: Entry) -> bytes:
        """A file's content."""
        offset, length = entry.key
        self._file.seek(offset)
        return self._file.read(int(length))


def from_files(
    files: list[tuple[str, bytes]],
    viewer: str,
    name: str,
    *,
    seed: int = 0,
    progress: Progress = lambda done, all: None,
) -> OwnSet:
    """The set of what somebody has dropped, by name and content: a zip, or photographs.

    Contents go to the disk first, and out of ``files``: a server has many such uploads in its memory.

    Raises:
        InputError: archive_alone, or those of ``collecting.make`` and ``Archive``.
        LimitError, DataError: Those of ``collecting.make`` and ``Archive``.
    """
    archives = [is_archive(data[:4]) for _, data in files]
    if any(archives) and len(files) > 1:
        raise InputError("archive_alone")
    with tempfile.TemporaryFile(dir=folder("datasets")) as kept:
        source: Source
        if any(archives):
            ((title, data),) = files
            kept.write(data)
            del data
            files.clear()
            source = Archive(kept, title)
        else:
            source = Dropped(files, kept)
            files.clear()
        return collecting.make(source, viewer, name, seed=seed, progress=progress)
