"""Picture files as they are uploaded, good and bad, made from numbers when they are asked for.

``GOOD`` and ``BAD`` map a file's name to the function that makes its bytes. Most good ones show the same
scene, so that a test of any format can ask what colour stands where: upper half red, lower half blue, and a
green square in the upper left corner.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Callable
from io import BytesIO

import numpy as np
import pillow_heif
from PIL import Image

WIDTH, HEIGHT, CORNER = 96, 64, 16
RED, GREEN, BLUE = (220, 30, 40), (30, 190, 60), (40, 60, 210)


def scene() -> np.ndarray:
    """The scene, uint8 (64, 96, 3)."""
    pixels = np.empty((HEIGHT, WIDTH, 3), np.uint8)
    pixels[: HEIGHT // 2], pixels[HEIGHT // 2 :] = RED, BLUE
    pixels[:CORNER, :CORNER] = GREEN
    return pixels


def saved(image: Image.Image, format: str, **options: object) -> bytes:
    """The file that Pillow writes."""
    if format == "HEIC":
        pillow_heif.register_heif_opener()
        format = "HEIF"
    file = BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


Chunk = tuple[bytes, bytes]


def png(
    width: int, height: int, depth: int, colour: int, lines: bytes, extra: tuple[Chunk, ...] = ()
) -> bytes:
    """A PNG written by hand, for what Pillow does not write.

    Args:
        width, height: What the header declares, true or not.
        depth: Bits a channel.
        colour: The specification's colour type: 0 grey, 2 RGB.
        lines: Each line of pixels after its filter byte.
        extra: Further chunks, name and content, before the pixels.
    """

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    body = b"".join(chunk(*pair) for pair in extra)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + body
        + chunk(b"IDAT", zlib.compress(lines))
        + chunk(b"IEND", b"")
    )


def photograph() -> bytes:
    """An ordinary JPEG."""
    return saved(Image.fromarray(scene()), "JPEG", quality=95, subsampling=0)


def sixteen_bit_grey() -> bytes:
    """A 16-bit grey PNG that runs from black at the left to white at the right."""
    levels = np.linspace(0, 65_535, WIDTH).round().astype(">u2")
    return png(WIDTH, HEIGHT, 16, 0, (b"\0" + levels.tobytes()) * HEIGHT)


def sixteen_bit_rgb() -> bytes:
    """The scene as a 16-bit RGB PNG."""
    levels = scene().astype(">u2") * 257
    return png(WIDTH, HEIGHT, 16, 2, b"".join(b"\0" + line.astype(">u2").tobytes() for line in levels))


def cmyk() -> bytes:
    """The scene as a CMYK JPEG without an ink profile."""
    return saved(Image.fromarray(scene()).convert("CMYK"), "JPEG", quality=95, subsampling=0)


def exif_turned() -> bytes:
    """The scene as a camera held upright writes it: lying on its side, EXIF orientation 6."""
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = Image.fromarray(scene()).transpose(Image.Transpose.ROTATE_90)
    return saved(lying, "JPEG", quality=95, subsampling=0, exif=exif)


def animation() -> bytes:
    """A GIF of three frames, the scene first."""
    later = [Image.new("RGB", (WIDTH, HEIGHT), colour) for colour in ("black", "white")]
    return saved(Image.fromarray(scene()), "GIF", save_all=True, append_images=later, duration=200)


def transparent() -> bytes:
    """The scene as a PNG whose lower half is transparent."""
    image = Image.fromarray(scene()).convert("RGBA")
    image.paste((0, 0, 0, 0), (0, HEIGHT // 2, WIDTH, HEIGHT))
    return saved(image, "PNG")


def transparent_palette() -> bytes:
    """The scene as a PNG with a palette whose blue is transparent."""
    indexed = np.zeros((HEIGHT, WIDTH), np.uint8)
    indexed[HEIGHT // 2 :] = 1
    indexed[:CORNER, :CORNER] = 2
    image = Image.fromarray(indexed)
    image.putpalette(bytes((*RED, *BLUE, *GREEN)))
    return saved(image, "PNG", transparency=1)


def greyscale() -> bytes:
    """The scene as a greyscale JPEG."""
    return saved(Image.fromarray(scene()).convert("L"), "JPEG", quality=95)


def black_and_white() -> bytes:
    """A PNG of one bit a pixel, black above and white below."""
    pixels = np.zeros((HEIGHT, WIDTH), np.uint8)
    pixels[HEIGHT // 2 :] = 255
    return saved(Image.fromarray(pixels).convert("1"), "PNG")


def one_pixel() -> bytes:
    """The smallest picture."""
    return saved(Image.new("RGB", (1, 1), RED), "PNG")


def huge() -> bytes:
    """A PNG of 20,000x20,000 black pixels in 50 KB."""
    side = 20_000
    return png(side, side, 1, 0, bytes(side * (1 + side // 8)))


def text_bomb() -> bytes:
    """A small PNG with a text that unpacks to 100 MB."""
    packed = zlib.compress(bytes(100_000_000))
    return png(1, 1, 8, 0, b"\0\0", ((b"zTXt", b"Comment\0\0" + packed),))


def heic() -> bytes:
    """The first boxes of a HEIC file, as an iPhone writes them."""
    return struct.pack(">I", 24) + b"ftypheic\0\0\0\0mif1heic" + struct.pack(">I", 8) + b"mdat"


def svg() -> bytes:
    """A drawing that would run a script where it is shown as SVG."""
    return (
        b'<?xml version="1.0"?>\n<!-- drawn by hand -->\n'
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><circle r="9"/></svg>'
    )


Maker = Callable[[], bytes]

HANGUL_DECOMPOSED = unicodedata.normalize("NFD", "우리집 고양이.jpg")
"""A Hangul name as macOS sends it, every syllable in pieces."""

GOOD: dict[str, Maker] = {
    "photograph.jpg": photograph,
    "sixteen_bit_grey.png": sixteen_bit_grey,
    "sixteen_bit_rgb.png": sixteen_bit_rgb,
    "cmyk.jpg": cmyk,
    "turned.jpg": exif_turned,
    "animation.gif": animation,
    "transparent.png": transparent,
    "transparent_palette.png": transparent_palette,
    "greyscale.jpg": greyscale,
    "black_and_white.png": black_and_white,
    "one_pixel.png": one_pixel,
    "picture.webp": lambda: saved(Image.fromarray(scene()), "WEBP", lossless=True),
    "picture.heic": lambda: saved(Image.fromarray(scene()), "HEIC", quality=95),
    "picture.avif": lambda: saved(Image.fromarray(scene()), "AVIF", quality=95),
    "picture.bmp": lambda: saved(Image.fromarray(scene()), "BMP"),
    HANGUL_DECOMPOSED: photograph,
}

BAD: dict[str, tuple[Maker, str]] = {
    "letter.jpg": (lambda: "고양이 사진이 아닙니다.\n".encode(), "not_an_image"),
    "cut_off.jpg": (lambda: photograph()[: len(photograph()) // 2], "image_truncated"),
    "cut_off_in_header.png": (lambda: one_pixel()[:20], "image_truncated"),
    "huge.png": (huge, "image_too_large"),
    "text_bomb.png": (text_bomb, "image_text_too_large"),
    "empty.png": (lambda: b"", "image_empty"),
    "drawing.svg": (svg, "image_svg"),
    "drawing_named.png": (svg, "image_svg"),
    "iphone.heic": (heic, "image_truncated"),
    "scan.tif": (lambda: saved(Image.fromarray(scene()), "TIFF"), "image_format_unsupported"),
    "document.pdf": (lambda: b"%PDF-1.7\n", "image_format_unsupported"),
}
"""Name, maker, and the id of the error that must come."""
