"""A folder of class folders on this computer, read like an archive: links are not followed."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from alexnet.data.own.archive import MOST_FILES, Entry
from alexnet.data.own.arranging import ignored
from alexnet.data.uploads import MAX_BYTES
from alexnet.errors import InputError, LimitError


class Folder:
    """The files in a folder and its folders.

    Args:
        path: The folder.

    Raises:
        InputError: folder_missing, folder_unreadable.
        LimitError: folder_crowded.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser()
        self.name = self.path.name
        if not self.path.is_dir():
            raise InputError("folder_missing", folder=str(self.path))
        self.entries: list[Entry] = []

        def failed(error: OSError) -> None:
            raise InputError("folder_unreadable", folder=str(error.filename or self.path)) from error

        for place, folders, names in os.walk(self.path, onerror=failed):
            folders.sort()
            for name in sorted(names):
                file = Path(place, name)
                parts = tuple(
                    unicodedata.normalize("NFC", part) for part in file.relative_to(self.path).parts
                )
                if ignored(parts) or file.is_symlink() or not file.is_file():
                    continue
                if len(self.entries) == MOST_FILES:
                    raise LimitError("folder_crowded", folder=str(self.path), most=MOST_FILES)
                self.entries.append(Entry(parts, file))

    def read(self, entry: Entry) -> bytes:
        """A file's content; of one that is larger than a picture may be, so much that this is seen."""
        try:
            with Path(entry.key).open("rb") as file:
                return file.read(MAX_BYTES + 1)
        except OSError as error:
            raise InputError("folder_unreadable", folder=str(entry.key)) from error

    def signature(self) -> list[tuple[str, int, int]]:
        """What tells whether it has changed: each file's path, bytes and time of its last change."""
        found = []
        for entry in self.entries:
            known = Path(entry.key).stat()
            found.append(("/".join(entry.path), known.st_size, known.st_mtime_ns))
        return found

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)
