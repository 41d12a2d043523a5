"""The bytes of a picture become plain RGB, by Pillow. ``alexnet.data.uploads`` decides which bytes come here.

Nothing here changes one of Pillow's global limits.
"""

from __future__ import annotations

import math
import re
import warnings
from functools import cache
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from alexnet.errors import ImageError

Pixels = NDArray[np.uint8]

_ENOUGH = 4_000_000  # pixels that are kept of a picture; no network reads as many

_EXIF = 2**16
"""Bytes of metadata that are looked through. A JPEG's segment has no more, and entries may point at the same
bytes again and again, so that Pillow's memory for them grows with the square."""

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

_REFUSED = re.compile(r"\((\d+) pixels\)")  # in the words of Pillow's own limit

# What Pillow finds odd in a file it says as a warning, one for each entry of its metadata: 65,000 different
# ones in one small file. The terminal, with the PIN in it, is not the place for them.
warnings.filterwarnings("ignore", module=r"PIL\.")


def decode(data: bytes, kind: str, most: int, name: str) -> tuple[Pixels, tuple[str, ...]]:
    """The picture, upright, on white where it was transparent, and what was done to it.

    Of an animation the first frame is taken. Of more than 4 megapixels at most as many are kept, by
    averaging; a baseline JPEG is decoded no larger.

    Args:
        data: The file, whole.
        kind: One of ``headers.READABLE``, by what the file contains.
        most: Pixels that it may have, whatever its header declared.
        name: The file's, for errors.

    Returns:
        ``(height, width, 3)``, RGB, 0 to 255; and the ids of notes, see ``uploads.Note``.

    Raises:
        ImageError: image_too_large or image_pixels_hidden (by what a later part of the file says; of the
            latter only the number of pixels is known), image_text_too_large, image_memory, image_truncated
            (cut off or damaged).
    """
    try:
        image, mended = _loaded(_opened(data, kind, most, name), data, kind, most, name)
        pixels, notes = _picture(image, sixteen_bit=kind == "PNG" and data[24] == 16)
        return pixels, (*notes, "irregular") if mended else notes
    except ImageError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        found = _REFUSED.search(str(error))
        came = int(found[1]) if found else most + 1
        raise ImageError("image_pixels_hidden", name=name, pixels=came, limit=most) from error
    except MemoryError as error:
        raise ImageError("image_memory", name=name) from error
    except Exception as error:  # Pillow's readers raise nearly anything on damaged files
        id = "image_text_too_large" if "MAX_TEXT" in str(error) else "image_truncated"
        raise ImageError(id, name=name, format=kind) from error


def too_large(name: str, size: tuple[int, int], most: int) -> ImageError:
    """The refusal of a picture of that width and height."""
    width, height = size
    return ImageError(
        "image_too_large", name=name, width=width, height=height, pixels=width * height, limit=most
    )


def _opened(data: bytes, kind: str, most: int, name: str) -> Image.Image:
    """The picture, not yet decoded."""
    if kind == "HEIC":
        _read_heic()
    image = Image.open(BytesIO(data), formats=("HEIF" if kind == "HEIC" else kind,))
    width, height = image.size
    if width * height > most:  # a later part of the file than its header said so
        raise too_large(name, image.size, most)
    if kind == "JPEG":
        factor = next((by for by in (1, 2, 4) if width * height <= by * by * _ENOUGH), 8)
        image.draft(None, (max(1, width // factor), max(1, height // factor)))
    return image


@cache
def _read_heic() -> None:
    """Teach Pillow the format, when the first such picture comes."""
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False)


def _loaded(image: Image.Image, data: bytes, kind: str, most: int, name: str) -> tuple[Image.Image, bool]:
    """The decoded picture, and whether only its end mark was missing."""
    try:
        image.load()
        return image, False
    except OSError:
        if kind != "JPEG" or data.endswith(_END_OF_IMAGE):
            raise
        # Where all pixels are there, it makes no difference what follows them.
        image = _opened(data + _END_OF_IMAGE, kind, most, name)
        image.load()
        if _opened(data + _FILLING + _END_OF_IMAGE, kind, most, name).tobytes() != image.tobytes():
            raise
        return image, True


def _picture(image: Image.Image, *, sixteen_bit: bool) -> tuple[Pixels, tuple[str, ...]]:
    notes = []
    if image.format != "MPO" and getattr(image, "is_animated", False):  # MPO: a photograph with its preview
        notes.append("first_frame")
        image.seek(0)
    small = _reduced(image)
    upright = _upright(small)
    if upright is not small:
        notes.append("turned")
    if image.mode == "CMYK":
        notes.append("cmyk")
    if sixteen_bit:
        notes.append("sixteen_bit")
    colours, transparent = _rgb(upright)
    if transparent:
        notes.append("alpha_on_white")
    return np.array(colours), tuple(notes)


def _reduced(image: Image.Image) -> Image.Image:
    """At most ``_ENOUGH`` pixels, where the mode lets them be averaged."""
    factor = math.ceil(math.sqrt(image.width * image.height / _ENOUGH))
    if factor == 1 or image.mode not in ("L", "RGB", "RGBA", "CMYK"):
        return image
    return image.reduce((min(factor, image.width), min(factor, image.height)))


def _upright(image: Image.Image) -> Image.Image:
    hexadecimal = image.info.get("Raw profile type exif") or ""  # as ImageMagick writes it into a PNG
    if len(image.info.get("exif") or b"") + len(hexadecimal) // 2 > _EXIF:
        return image
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
