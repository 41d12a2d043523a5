"""Build assets/samples from two packages that carry photographs free of copyright.

    apt-get download gcompris-qt-data            # Debian 12, version 3.1-2
    dpkg -x gcompris-qt-data_3.1-2_all.deb gcompris
    pip download --no-deps scikit-image          # version 0.26.0; a wheel is a zip file
    python -m experiments.build_samples --gcompris gcompris/usr/share/gcompris-qt/rcc --skimage skimage/data

Each photograph is reduced to at most 800 pixels along its longer side and saved as WebP, otherwise unchanged.
"""

from __future__ import annotations

import argparse
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image

from alexnet.data.samples import FOLDER, SAMPLES

LONGER_SIDE, QUALITY = 800, 82

FROM_SKIMAGE = {"cat_face": "chelsea.png", "coffee": "coffee.png"}
FROM_GCOMPRIS = {
    "kitten": ("explore_farm_animals", "cat.webp"),
    "shepherd_dog": ("explore_farm_animals", "dog.webp"),
    "horses": ("explore_farm_animals", "horse.webp"),
    "kingfisher": ("erase", "kingfisher.webp"),
    "duck": ("explore_farm_animals", "duck.webp"),
    "moose": ("explore_world_animals", "moose.webp"),
    "cow": ("explore_farm_animals", "cow.webp"),
}

_FOLDER, _ZLIB, _OTHER_COMPRESSION = 2, 1, 4  # flags of a node


def resources(path: Path) -> Iterator[tuple[str, bytes]]:
    """The names and contents of the files in a binary resource file of Qt (``.rcc``).

    Source: Qt's ``qresource.cpp``. A header of five 32-bit numbers (magic, version, offsets of tree, contents
    and names), then a tree of 22-byte nodes; names are UTF-16, contents carry their length.
    """
    data = path.read_bytes()
    magic, _, tree, contents, names = struct.unpack_from(">4sIIII", data)
    if magic != b"qres":
        raise SystemExit(f"{path} is no Qt resource file")
    nodes = [0]
    while nodes:
        at = tree + 22 * nodes.pop()
        name_at, flags = struct.unpack_from(">IH", data, at)
        if flags & _FOLDER:
            count, first = struct.unpack_from(">II", data, at + 6)
            nodes.extend(range(first, first + count))
            continue
        (length,) = struct.unpack_from(">H", data, names + name_at)
        start = names + name_at + 6
        name = data[start : start + 2 * length].decode("utf-16-be")
        (content_at,) = struct.unpack_from(">I", data, at + 10)
        (size,) = struct.unpack_from(">I", data, contents + content_at)
        content = data[contents + content_at + 4 :][:size]
        if flags & _ZLIB:
            content = zlib.decompress(content[4:])
        if not flags & _OTHER_COMPRESSION:  # photographs are stored as they are
            yield name, content


def main() -> None:
    """Read both packages and write every sample."""
    parser = argparse.ArgumentParser(description="Build the sample photographs.")
    parser.add_argument("--gcompris", type=Path, required=True, help="the folder of .rcc files")
    parser.add_argument("--skimage", type=Path, required=True, help="the folder with chelsea.png")
    arguments = parser.parse_args()

    FOLDER.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES:
        if sample.id in FROM_SKIMAGE:
            content = (arguments.skimage / FROM_SKIMAGE[sample.id]).read_bytes()
        else:
            package, name = FROM_GCOMPRIS[sample.id]
            content = dict(resources(arguments.gcompris / f"{package}.rcc"))[name]
        image = Image.open(BytesIO(content)).convert("RGB")
        image.thumbnail((LONGER_SIDE, LONGER_SIDE), Image.Resampling.LANCZOS)
        path = FOLDER / sample.file
        image.save(path, "WEBP", quality=QUALITY, method=6)
        print(f"{sample.file}: {image.width}x{image.height}, {path.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
