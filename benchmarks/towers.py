"""Two towers as branches against Keras's ``groups=2``: training steps of the paper's network, side by side.

    python -m benchmarks.towers [--steps 5] [--batch 32]

Both models come from the same rows, have the same 60,965,224 parameters and take their steps in turn on the
same random images, so whatever else the machine does meets both. Prints one line of JSON; ``ratio`` is what
counts.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np

from alexnet.architecture import PAPER_2012, Convolution, Dense, Dropout, Flatten, Network, Pooling
from alexnet.network import LocalResponseNormalization, build


def grouped(network: Network) -> keras.Model:
    """The same network with both towers in one layer, their convolutions split by ``groups``."""
    image = outputs = keras.Input((network.size, network.size, network.channels))
    for row in network.rows:
        if isinstance(row, Convolution):
            padding = "same" if row.padding else "valid"  # the paper's padded rows have stride 1
            groups = row.towers if row.reads == "own" else 1
            outputs = keras.layers.Conv2D(
                row.maps, row.kernel, row.stride, padding, groups=groups, activation=row.activation
            )(outputs)
        elif isinstance(row, Pooling):
            outputs = keras.layers.MaxPooling2D(row.size, row.stride)(outputs)
        elif isinstance(row, Dense):
            outputs = keras.layers.Dense(row.units, activation=row.activation)(outputs)
        elif isinstance(row, Flatten):
            outputs = keras.layers.Flatten()(outputs)
        elif isinstance(row, Dropout):
            outputs = keras.layers.Dropout(row.rate)(outputs)
        else:
            outputs = LocalResponseNormalization()(outputs)
    return keras.Model(image, outputs)


def main() -> None:
    """Time the steps in turn and print the medians and their ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--batch", type=int, default=32)
    arguments = parser.parse_args()
    models = {"branches": build(PAPER_2012), "groups": grouped(PAPER_2012)}
    side = PAPER_2012.size
    random = np.random.default_rng(0)
    images = random.standard_normal((arguments.batch, side, side, 3), np.float32)
    labels = random.integers(0, PAPER_2012.classes, arguments.batch)
    seconds: dict[str, list[float]] = {name: [] for name in models}
    for model in models.values():
        assert model.count_params() == 60_965_224
        model.compile(
            keras.optimizers.SGD(0.01, momentum=0.9), "sparse_categorical_crossentropy", jit_compile=False
        )
    for step in range(-2, arguments.steps):  # two steps to warm up
        for name, model in models.items():
            begun = time.perf_counter()
            model.train_on_batch(images, labels)
            if step >= 0:
                seconds[name].append(time.perf_counter() - begun)
    result: dict[str, Any] = {
        f"{name}_images_per_second": round(arguments.batch / statistics.median(times), 1)
        for name, times in seconds.items()
    }
    result["ratio"] = round(statistics.median(seconds["groups"]) / statistics.median(seconds["branches"]), 2)
    print(json.dumps({"batch": arguments.batch, "steps": arguments.steps, **result}))


if __name__ == "__main__":
    main()
