"""Enlarging a batch of pictures for training: two matrix products against ``tf.image.resize``, side by side.

    python -m benchmarks.enlarging [--rounds 20] [--sizes 64 100 227]

Batches of 128 pictures of 32 pixels, scaled and enlarged in turn by either. Prints one line of JSON a size;
``ratio`` is what counts.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import tensorflow as tf

from alexnet.data.catalogue import CIFAR_10
from alexnet.data.pipeline import input_of
from alexnet.data.preprocess import shift_and_unit

BATCH, SIDE = 128, 32
PREPARATION = CIFAR_10.preparation()


def main() -> None:
    """Time both in turn and print the medians and their ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--sizes", type=int, nargs="+", default=[64, 100, 227])
    given = parser.parse_args()
    draw = np.random.default_rng(0)
    pictures = tf.constant(draw.integers(0, 256, (BATCH, SIDE, SIDE, 3), np.uint8))
    shift, unit = shift_and_unit(PREPARATION)
    for size in given.sizes:
        ways = {
            "products": tf.function(lambda batch, size=size: input_of(batch, size, PREPARATION)),
            "resize": tf.function(
                lambda batch, size=size: (tf.image.resize(batch, (size, size)) - shift) / unit
            ),
        }
        spent: dict[str, list[float]] = {name: [] for name in ways}
        for round_ in range(given.rounds + 1):
            for name, way in ways.items():
                begun = time.perf_counter()
                way(pictures).numpy()
                if round_:  # the first one traces
                    spent[name].append(time.perf_counter() - begun)
        medians = {name: statistics.median(times) for name, times in spent.items()}
        line = {f"{name}_images_per_second": round(BATCH / seconds) for name, seconds in medians.items()}
        ratio = round(medians["resize"] / medians["products"], 2)
        print(json.dumps({"size": size} | line | {"ratio": ratio}))


if __name__ == "__main__":
    main()
