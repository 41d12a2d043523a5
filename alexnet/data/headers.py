"""What the first bytes of a file say: its kind, and a picture's size before anything decodes it.

The name of an upload decides nothing. Sources: the PNG specification (W3C), ITU-T T.81 (JPEG), the GIF89a
specification, the WebP container specification (RFC 9649), Microsoft's BITMAPINFOHEADER, and ISO/IEC 14496-12
and 23008-12 for the boxes of HEIC and AVIF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

READABLE = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "HEIC", "AVIF")
"""The kinds that are decoded, by Pillow's names, but for HEIC, which is its HEIF."""

_BOXES = 4096  # looked at in a row; a picture of many tiles has some hundreds
_SEGMENTS = 4096  # of a JPEG; the largest profiles and previews take some hundreds
_FILL = 2**16  # bytes between a JPEG's segments that belong to none; a camera writes none at all

_BRANDS = {
    b"heic": "HEIC",
    b"heix": "HEIC",
    b"hevc": "HEIC",
    b"hevx": "HEIC",
    b"heim": "HEIC",
    b"heis": "HEIC",
    b"mif1": "HEIC",
    b"msf1": "HEIC",
    b"avif": "AVIF",
    b"avis": "AVIF",
}
_SIGNATURES = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
    (b"8BPS", "Photoshop"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"%PDF-", "PDF"),
)
_SVG_BEGINNINGS = (b"<svg", b"<?xml", b"<!--", b"<!doctype svg")
_NEXT = re.compile(rb"\xff[^\x00\xff]")
"""A JPEG's next marker."""
_NEXT_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""The next one after pixels, which may hold marks to restart at."""
_SCAN, _END = 0xDA, 0xD9
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def kind(data: bytes) -> str | None:
    """The kind of picture that the bytes begin: one of ``READABLE``, another known kind, or None."""
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        major = data[8:12]
        if major in (b"mif1", b"msf1") and b"avif" in data[16 : int.from_bytes(data[:4], "big")][:256]:
            return "AVIF"
        return _BRANDS.get(major)
    if data[:2] == b"BM" and data[6:10] == bytes(4):  # "BM" alone also begins ordinary words
        return "BMP"
    beginning = data[:4096].removeprefix(_BYTE_ORDER_MARK).lstrip().lower()
    return "SVG" if beginning.startswith(_SVG_BEGINNINGS) and b"<svg" in beginning else None


def size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as the header of a readable kind declares them; None when it is cut off."""
    readers = {
        "PNG": _png,
        "JPEG": lambda data: jpeg(data).size,
        "WEBP": _webp,
        "GIF": _gif,
        "BMP": _bmp,
        "HEIC": _heif,
        "AVIF": _heif,
    }
    reader = readers.get(kind(data) or "")
    return reader(data) if reader else None


@dataclass(frozen=True)
class Jpeg:
    """What the segments of a JPEG say.

    Attributes:
        size: Width and height; None where no frame is declared, where no pixels follow, or where more than
            64 KB before them belong to no segment.
        strays: Whether such bytes stand before the frame at all, filling ones apart; decoders pass over them.
        metadata: Bytes before the first scan.
        scans: How often the file goes over the picture: 1 for a plain photograph, about 10 for a progressive
            one. Each costs as much time as the whole picture and may be ten bytes long.
    """

    size: tuple[int, int] | None
    strays: bool
    metadata: int
    scans: int


def jpeg(data: bytes) -> Jpeg:
    """Go through a JPEG's segments up to its end mark; what comes after it, as a phone's film, is not read.

    The bytes are searched by regular expressions without repetition, in time proportional to their number,
    and Python itself takes a step only for each of at most 4,096 segments. Where there are more, ``scans``
    counts every pair of bytes that could begin one.
    """
    at, size, strays, metadata, scans = 2, None, False, 0, 0
    fill = _FILL
    for _ in range(_SEGMENTS):
        found = _NEXT_IN_SCAN.search(data, at) if scans else _NEXT.search(data, at, at + fill + 2)
        if found is None:
            break
        marker = data[found.start() + 1]
        if not scans:
            fill -= found.start() - at
            strays = strays or (size is None and data[at : found.start()].strip(b"\xff") != b"")
        at = found.end()
        if marker == _END:
            break
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:  # these stand alone
            continue
        if marker == _SCAN:
            metadata = metadata or at
            scans += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC) and len(data) >= at + 7:
            height, width = (int.from_bytes(data[at + place : at + place + 2], "big") for place in (3, 5))
            size = size or (width, height)
        at += int.from_bytes(data[at : at + 2], "big")
    else:
        scans = max(scans, data.count(b"\xff\xda", 2))
    return Jpeg(size if scans else None, strays, metadata or len(data), scans)


def _png(data: bytes) -> tuple[int, int] | None:
    if len(data) < 24 or data[12:16] != b"IHDR":
        return None
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _gif(data: bytes) -> tuple[int, int] | None:
    if len(data) < 10:
        return None
    return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")


def _bmp(data: bytes) -> tuple[int, int] | None:
    if len(data) < 26:
        return None
    if int.from_bytes(data[14:18], "little") == 12:  # the header of OS/2
        return int.from_bytes(data[18:20], "little"), int.from_bytes(data[20:22], "little")
    width = int.from_bytes(data[18:22], "little", signed=True)
    height = int.from_bytes(data[22:26], "little", signed=True)  # negative: the first line is the top one
    return abs(width), abs(height)


def _webp(data: bytes) -> tuple[int, int] | None:
    if len(data) < 30:
        return None
    chunk = data[12:16]
    if chunk == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if chunk == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 ":
        return (
            int.from_bytes(data[26:28], "little") & 0x3FFF,
            int.from_bytes(data[28:30], "little") & 0x3FFF,
        )
    return None


def _heif(data: bytes) -> tuple[int, int] | None:
    """The largest extent of any picture in the file: that of tiles and previews is smaller."""
    found = []
    for start, end in _boxes(data, 0, len(data), b"meta"):
        for properties in _boxes(data, start + 4, end, b"iprp"):
            for container in _boxes(data, *properties, b"ipco"):
                for at, _ in _boxes(data, *container, b"ispe"):
                    sides = data[at + 4 : at + 8], data[at + 8 : at + 12]
                    found.append((int.from_bytes(sides[0], "big"), int.from_bytes(sides[1], "big")))
    return max(found, key=lambda size: size[0] * size[1], default=None)


def _boxes(data: bytes, start: int, end: int, wanted: bytes) -> Iterator[tuple[int, int]]:
    """Where the contents of boxes of a kind begin and end."""
    at = start
    for _ in range(_BOXES):
        if at + 8 > end:
            return
        length, head = int.from_bytes(data[at : at + 4], "big"), 8
        if length == 1:
            length, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif length == 0:  # up to the end
            length = end - at
        if length < head:
            return
        if data[at + 4 : at + 8] == wanted:
            yield at + head, min(at + length, end)
        at += length
