"""Uploaded pictures, which may be anything: checked first, then decoded, always to plain RGB.

Nothing here reads a file's name to learn what it is, changes one of Pillow's global limits, or decodes a
picture whose size has not been checked.
"""

from __future__ import annotations

import math
import re
import threading
import unicodedata
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from alexnet.data import headers
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

_PHOTOGRAPHS = ("JPEG", "HEIC", "AVIF")
_ENOUGH = 4_000_000  # pixels that are kept of a picture; no network reads as many
_MANY = 12_000_000  # pixels beyond which pictures are decoded one at a time
_ALONE = threading.Lock()

MAX_NAME = 80
"""Characters of a name that are shown."""

_ESCAPES = {"%22": '"', "%0D": "\r", "%0A": "\n"}
_EMOJI = "[\u2190-\u2bff\U0001f000-\U0001faff]"
_JOINERS = re.compile(f"(?<={_EMOJI}|\ufe0f)\u200d(?={_EMOJI})")
"""The joiner between two emoji, the first of which a variation selector may follow (Unicode UTS #51)."""

_END_OF_IMAGE = b"\xff\xd9"
_FILLING = b"\x55" * 64  # as the code of some pixels, it would draw stripes

_ORIENTATION = 0x0112  # the EXIF tag; the values are those of the EXIF specification, table "Orientation"
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


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

    pixels: NDArray[np.uint8]
    name: str
    notes: tuple[Note, ...] = ()


def explain_note(note: Note, language: Language) -> str:
    """The sentence for a note."""
    return text(f"uploads.{note.id}", language, **note.values)


def decode(data: bytes, name: str) -> Picture:
    """The picture in an uploaded file.

    JPEG, PNG, WebP, GIF, BMP, HEIC and AVIF are read, each by what it contains. Of an animation the first
    frame is taken. A picture of more than 4 megapixels is reduced to at most as many; a baseline JPEG is
    decoded no larger.

    Args:
        data: The file, whole.
        name: As the browser gave it.

    Raises:
        ImageError: image_empty, image_bytes_too_many, image_svg, image_format_unsupported,
            not_an_image, image_too_large (in pixels), image_text_too_large, image_truncated (cut off or
            damaged).
    """
    name = shown_name(name)
    kind = _checked_kind(data, name)
    declared = headers.size(data)
    if declared is None or 0 in declared:
        raise ImageError("image_truncated", name=name, format=kind)
    _check_pixels(*declared, name, kind)
    try:
        # The header was read by us; Pillow warns or raises here only when a later part claims a larger size.
        image = _opened(data, kind, name)
        light = math.prod(declared) <= _MANY or (kind == "JPEG" and "progressive" not in image.info)
        with nullcontext() if light else _ALONE:
            image, mended = _loaded(image, data, kind, name)
            picture = _picture(image, name, sixteen_bit=kind == "PNG" and data[24] == 16)
        if mended or (kind == "JPEG" and headers.strays(data)):
            return replace(picture, notes=(*picture.notes, Note("irregular")))
        return picture
    except ImageError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise ImageError("image_too_large", name=name, **_pixels(*declared, kind)) from error
    except Exception as error:  # Pillow's readers raise nearly anything on damaged files
        id = "image_text_too_large" if "MAX_TEXT" in str(error) else "image_truncated"
        raise ImageError(id, name=name, format=kind) from error


def _opened(data: bytes, kind: str, name: str) -> Image.Image:
    """The picture, not yet decoded."""
    if kind == "HEIC":
        _read_heic()
    image = Image.open(BytesIO(data), formats=("HEIF" if kind == "HEIC" else kind,))
    _check_pixels(*image.size, name, kind)
    if kind == "JPEG":
        width, height = image.size
        factor = next((by for by in (1, 2, 4) if width * height <= by * by * _ENOUGH), 8)
        image.draft(None, (max(1, width // factor), max(1, height // factor)))
    return image


@cache
def _read_heic() -> None:
    """Teach Pillow the format, when the first such picture comes."""
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False)


def _loaded(image: Image.Image, data: bytes, kind: str, name: str) -> tuple[Image.Image, bool]:
    """The decoded picture, and whether only its end mark was missing."""
    try:
        image.load()
        return image, False
    except OSError:
        if kind != "JPEG" or data.endswith(_END_OF_IMAGE):
            raise
        # Where all pixels are there, it makes no difference what follows them.
        image = _opened(data + _END_OF_IMAGE, kind, name)
        image.load()
        if _opened(data + _FILLING + _END_OF_IMAGE, kind, name).tobytes() != image.tobytes():
            raise
        return image, True


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
        megabytes, limit = len(data) / 2**20, MAX_BYTES / 2**20
        raise ImageError("image_bytes_too_many", name=name, megabytes=megabytes, limit=limit)
    kind = headers.kind(data)
    if kind is None:
        raise ImageError("not_an_image", name=name)
    if kind == "SVG":
        raise ImageError("image_svg", name=name)
    if kind not in headers.READABLE:
        raise ImageError("image_format_unsupported", name=name, format=kind)
    return kind


def _check_pixels(width: int, height: int, name: str, kind: str) -> None:
    if width * height > _most(kind):
        raise ImageError("image_too_large", name=name, **_pixels(width, height, kind))


def _most(kind: str) -> int:
    return MAX_PHOTOGRAPH if kind in _PHOTOGRAPHS else MAX_PIXELS


def _pixels(width: int, height: int, kind: str) -> dict[str, object]:
    return {
        "width": width,
        "height": height,
        "megapixels": width * height / 1e6,
        "limit": _most(kind) / 1e6,
    }


def _picture(image: Image.Image, name: str, *, sixteen_bit: bool) -> Picture:
    notes = []
    if image.format != "MPO" and getattr(image, "is_animated", False):  # MPO: a photograph with its preview
        notes.append(Note("first_frame"))
        image.seek(0)
    small = _reduced(image)
    upright = _upright(small)
    if upright is not small:
        notes.append(Note("turned"))
    if image.mode == "CMYK":
        notes.append(Note("cmyk"))
    if sixteen_bit:
        notes.append(Note("sixteen_bit"))
    colours, transparent = _rgb(upright)
    if transparent:
        notes.append(Note("alpha_on_white"))
    return Picture(np.array(colours), name, tuple(notes))


def _reduced(image: Image.Image) -> Image.Image:
    """At most ``_ENOUGH`` pixels, where the mode lets them be averaged."""
    factor = math.ceil(math.sqrt(image.width * image.height / _ENOUGH))
    if factor == 1 or image.mode not in ("L", "RGB", "RGBA", "CMYK"):
        return image
    return image.reduce((min(factor, image.width), min(factor, image.height)))


def _upright(image: Image.Image) -> Image.Image:
    try:
        orientation = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - damaged EXIF costs the picture its turn, not its place
        return image
    turn = _TURNS.get(orientation) if isinstance(orientation, int) else None
    return image if turn is None else image.transpose(turn)


def _rgb(image: Image.Image) -> tuple[Image.Image, bool]:
    """RGB, and whether anything was transparent."""
    if image.mode.startswith("I"):
        return _from_sixteen_bits(image)
    if image.mode == "CMYK":
        return _from_cmyk(image), False
    if not image.has_transparency_data:
        return image.convert("RGB"), False
    coloured = image.convert("RGBA")
    lowest, _ = coloured.getchannel("A").getextrema()
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, coloured).convert("RGB"), lowest != 255


def _from_sixteen_bits(image: Image.Image) -> tuple[Image.Image, bool]:
    """Grey levels 0 to 65,535 scaled to 0 to 255; ``convert`` would cut them off at 255."""
    levels = np.asarray(image).astype(np.uint32)
    grey = ((levels * 255 + 32_767) // 65_535).astype(np.uint8)
    transparent = levels == image.info.get("transparency", -1)
    grey[transparent] = 255
    return Image.fromarray(grey).convert("RGB"), bool(transparent.any())


def _from_cmyk(image: Image.Image) -> Image.Image:
    """Printing inks to screen colours, by the ink profile in the file where it holds one that can be used."""
    profile = image.info.get("icc_profile")
    if profile:
        try:
            inks = ImageCms.ImageCmsProfile(BytesIO(profile))
            screen = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, inks, screen, outputMode="RGB")
        except (OSError, ImageCms.PyCMSError):
            converted = None  # not a profile, or not one for four inks
        if converted is not None:
            return converted
    return image.convert("RGB")
