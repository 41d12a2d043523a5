"""Uploaded pictures, which may be anything: checked first, then decoded, always to plain RGB.

Nothing here reads a file's name to learn what it is, or has a picture decoded whose size is not checked.
"""

from __future__ import annotations

import math
import re
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from alexnet.data import apart, decoding, headers
from alexnet.data.decoding import Pixels
from alexnet.errors import ImageError
from alexnet.language import Language, text

MAX_BYTES = 32 * 1024 * 1024
"""Bytes of one file. A photograph of 50 megapixels has 10 to 25 MB."""

MAX_PIXELS = 25_000_000
"""Width times height. As RGB in memory that is 75 MB, and decoding needs a few times as much."""

MAX_PHOTOGRAPH = 50_000_000
"""The same for the kinds that cameras and telephones write. One of 48 megapixels, the largest of them, takes
up to 480 MB while it is decoded; a WebP would take 800 MB, so the common limit holds for it.
"""

MAX_SCANS = 100
"""How often a JPEG may go over its picture. Progressive ones of cameras and programs do so about 10 times."""

_PHOTOGRAPHS = ("JPEG", "HEIC", "AVIF")

_SMALL_PIXELS, _SMALL_BYTES, _SMALL_METADATA = 4_000_000, 2**19, 2**16
"""What is decoded in this process: with few pixels and few bytes, no file of the kinds that go over their
pixels once takes more than about a second, whatever it holds; an ordinary one takes a tenth of that."""

_AT_ONCE = threading.BoundedSemaphore(2)
"""A whole class uploads at once. Larger ones have a queue of their own, so that small ones do not wait."""

MAX_NAME = 80
"""Characters of a name that are shown."""

_ESCAPES = {"%22": '"', "%0D": "\r", "%0A": "\n"}
_EMOJI = "[\u2190-\u2bff\U0001f000-\U0001faff]"
_JOINERS = re.compile(f"(?<={_EMOJI}|\ufe0f)\u200d(?={_EMOJI})")
"""The joiner between two emoji, the first of which a variation selector may follow (Unicode UTS #51)."""


@dataclass(frozen=True)
class Note:
    """Something that was done to a picture and that its owner may want to know.

    ``id`` is one of first_frame, alpha_on_white, sixteen_bit, cmyk, turned, irregular; ``values`` fill its
    text's gaps.
    """

    id: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Picture:
    """A decoded picture.

    Attributes:
        pixels: ``(height, width, 3)``, RGB, 0 to 255, upright, on white where it was transparent.
        name: Its file's name, made fit to be shown as text; never to be used as a path or as Markdown.
        notes: What was done to it.
    """

    pixels: Pixels
    name: str
    notes: tuple[Note, ...] = ()


def explain_note(note: Note, language: Language) -> str:
    """The sentence for a note."""
    return text(f"uploads.{note.id}", language, **note.values)


def decode(data: bytes, name: str) -> Picture:
    """The picture in an uploaded file.

    JPEG, PNG, WebP, GIF, BMP, HEIC and AVIF are read, each by what it contains. Of an animation the first
    frame is taken. A picture of more than 4 megapixels is reduced to at most as many. Small pictures are
    decoded here, at most two at once; others in a process of their own, as they may take long or much memory.

    Args:
        data: The file, whole.
        name: As the browser gave it.

    Raises:
        ImageError: image_empty, image_bytes_too_many, image_svg, image_format_unsupported,
            not_an_image, image_too_large (in pixels), image_scans_too_many, or those of ``apart.decode``.
    """
    name = shown_name(name)
    kind = _checked_kind(data, name)
    jpeg = headers.jpeg(data) if kind == "JPEG" else None
    declared = headers.size(data) if jpeg is None else jpeg.size
    if declared is None or 0 in declared:
        raise ImageError("image_truncated", name=name, format=kind)
    most = MAX_PHOTOGRAPH if kind in _PHOTOGRAPHS else MAX_PIXELS
    if math.prod(declared) > most:
        raise decoding.too_large(name, declared, most)
    if jpeg is not None and jpeg.scans > MAX_SCANS:
        raise ImageError("image_scans_too_many", name=name, scans=jpeg.scans, limit=MAX_SCANS)
    if _small(data, kind, declared, jpeg):
        with _AT_ONCE:
            pixels, notes = decoding.decode(data, kind, most, name)
    else:
        pixels, notes = apart.decode(data, kind, most, name)
    if jpeg is not None and jpeg.strays and "irregular" not in notes:
        notes = (*notes, "irregular")
    return Picture(pixels, name, tuple(Note(id) for id in notes))


def _small(data: bytes, kind: str, size: tuple[int, int], jpeg: headers.Jpeg | None) -> bool:
    """Whether the file's time and memory are bounded well enough for this process."""
    if kind in ("HEIC", "AVIF") or len(data) > _SMALL_BYTES or math.prod(size) > _SMALL_PIXELS:
        return False
    return jpeg is None or (jpeg.scans == 1 and jpeg.metadata <= _SMALL_METADATA)


def shown_name(name: str) -> str:
    """A file's name as text: its last part, composed, without control characters.

    macOS sends Hangul in pieces, which are put together. Characters that turn the direction of text are
    dropped, since with them ``gpj.exe`` can read as ``exe.jpg``; of all that are invisible only the joiner
    between two emoji stays, which makes one of them. Browsers escape three characters of a name, and no other
    (WHATWG HTML, "Multipart form data").
    """
    for escape, character in _ESCAPES.items():
        name = name.replace(escape, character)
    last = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    kept = {match.start() for match in _JOINERS.finditer(last)}
    visible = "".join(
        character
        for place, character in enumerate(last)
        if place in kept or unicodedata.category(character)[0] != "C"
    ).strip()
    return visible if len(visible) <= MAX_NAME else visible[: MAX_NAME - 1] + "…"


def _checked_kind(data: bytes, name: str) -> str:
    if not data:
        raise ImageError("image_empty", name=name)
    if len(data) > MAX_BYTES:
        megabytes = math.ceil(len(data) / 2**20 * 10) / 10  # upwards, or 32.01 would be 32 and "at most 32"
        limit = MAX_BYTES / 2**20
        raise ImageError("image_bytes_too_many", name=name, megabytes=megabytes, limit=limit)
    kind = headers.kind(data)
    if kind is None:
        raise ImageError("not_an_image", name=name)
    if kind == "SVG":
        raise ImageError("image_svg", name=name)
    if kind not in headers.READABLE:
        raise ImageError("image_format_unsupported", name=name, format=kind)
    return kind
