"""A zip that somebody has uploaded, read without trust: nothing is unpacked, nothing becomes a path.

What is refused, is refused as a whole and with its reason: a zip with one entry like these was not made by
packing photographs, and whoever packs it anew has it right at once.
"""

from __future__ import annotations

import io
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from alexnet.data.own.arranging import ignored
from alexnet.data.uploads import MAX_BYTES, shown_name
from alexnet.errors import InputError, LimitError

MOST_FILES = 10_000
"""Entries of a zip, folders included, and files of a folder."""

MOST_UNPACKED = 2 * 2**30
"""Bytes of all entries together, counted while they are read: what a zip says of itself may be a lie."""

_DIRECTORY = 4 * 2**20
"""Bytes of the list of entries; 10,000 with long names have 2 MB."""

_ENCODINGS = ("utf-8", "cp949", "cp437")
"""Of names without a mark, in the order in which they are tried: macOS writes the first, Windows in Korea the
second, and the third is the standard's (APPNOTE.TXT, appendix D), which reads anything."""

_UTF8, _ENCRYPTED = 0x800, 0x1  # bits of an entry's flags
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # LZMA would take the memory that the file asks for
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_CHUNK = 2**16


@dataclass(frozen=True)
class Entry:
    """A file in an archive or a folder: its folders and its name, from the outside in, as they came."""

    path: tuple[str, ...]
    key: Any

    @property
    def name(self) -> str:
        """The same as text to be shown."""
        return " / ".join(shown for part in self.path if (shown := shown_name(part)))


class Archive:
    """The files in a zip.

    Args:
        file: Open for reading, at any place.
        name: The zip's own, for errors.

    Raises:
        InputError: archive_damaged, archive_encrypted, archive_link, archive_method, archive_outside.
        LimitError: archive_crowded.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        self.name = shown_name(name)
        try:
            self._zip = zipfile.ZipFile(_Careful(file))
        except _TooMuchError:
            raise LimitError("archive_crowded", name=self.name, most=MOST_FILES) from None
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise InputError("archive_damaged", name=self.name) from error
        found = self._zip.infolist()
        if len(found) > MOST_FILES:
            raise LimitError("archive_crowded", name=self.name, most=MOST_FILES)
        self._unpacked = 0
        self.entries = []
        for raw, info in zip(_decoded(found), found, strict=True):
            path = self._path(raw)
            if raw.endswith(("/", "\\")) or not path or ignored(path):
                continue
            self._check(info)
            self.entries.append(Entry(path, info))

    def _path(self, raw: str) -> tuple[str, ...]:
        parts = raw.replace("\\", "/").split("/")
        if raw[:1] in ("/", "\\") or ".." in parts or parts[0][1:2] == ":":
            raise InputError("archive_outside", name=self.name, entry=shown_name(raw) or "..")
        return tuple(unicodedata.normalize("NFC", part) for part in parts if part not in ("", "."))

    def _check(self, info: zipfile.ZipInfo) -> None:
        if info.flag_bits & _ENCRYPTED:
            raise InputError("archive_encrypted", name=self.name)
        if stat.S_ISLNK(info.external_attr >> 16):
            raise InputError("archive_link", name=self.name, entry=shown_name(info.filename))
        if info.compress_type not in _PLAIN:
            raise InputError("archive_method", name=self.name)

    def read(self, entry: Entry) -> bytes:
        """A file's content; of one that is larger than a picture may be, so much that this is seen.

        Raises:
            InputError: archive_damaged or archive_nested.
            LimitError: archive_bomb.
        """
        content = io.BytesIO()
        try:
            with self._zip.open(entry.key) as member:
                while content.tell() <= MAX_BYTES and (chunk := member.read(_CHUNK)):
                    self._unpacked += len(chunk)
                    if self._unpacked > MOST_UNPACKED:
                        raise LimitError("archive_bomb", name=self.name, most=MOST_UNPACKED / 2**30)
                    content.write(chunk)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise InputError("archive_damaged", name=self.name) from error
        data = content.getvalue()
        if data.startswith(_ARCHIVES):
            raise InputError("archive_nested", name=self.name, entry=entry.name)
        return data

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)


def is_archive(start: bytes) -> bool:
    """Whether a file that begins so is a zip."""
    return start.startswith(_ARCHIVES[:2])


def _decoded(found: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The entries' names, all unmarked ones in the one encoding that reads all of them."""
    raw = [info.orig_filename.encode("cp437") for info in found if not info.flag_bits & _UTF8]
    for encoding in _ENCODINGS:
        try:
            unmarked = iter([name.decode(encoding) for name in raw])
            break
        except UnicodeDecodeError:
            continue
    return [info.orig_filename if info.flag_bits & _UTF8 else next(unmarked) for info in found]


class _TooMuchError(Exception):
    """More would be read at once than a list of so many entries has."""


class _Careful:
    """A file that hands out no more at once: zipfile reads the whole list of entries in one piece.

    A list that the size of the file allows, millions of entries, would take gigabytes.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        if size > _DIRECTORY:
            raise _TooMuchError
        return self._file.read(_DIRECTORY if size < 0 else size)

    def seekable(self) -> bool:
        return True
