"""One epoch of the classroom network on the starter data's 10,000 pictures, in seconds.

    python -m benchmarks.classroom_epoch [--epochs 2]

The first epoch includes the compilation of the step; the figure is the median of the later ones.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras

from alexnet.architecture import CLASSROOM
from alexnet.data.catalogue import STARTER
from alexnet.data.pipeline import training_batches
from alexnet.network import build


def main() -> None:
    """Train and time."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--epochs", type=int, default=2)
    arguments = parser.parse_args()
    data = STARTER.load()
    model = build(CLASSROOM)
    model.compile(
        keras.optimizers.SGD(0.01, momentum=0.9), "sparse_categorical_crossentropy", jit_compile=False
    )
    seconds = []
    for epoch in range(arguments.epochs + 1):
        batches = training_batches(
            data.train_images,
            data.train_labels,
            size=CLASSROOM.size,
            batch=128,
            seed=0,
            epoch=epoch,
            preparation=STARTER.preparation(),
        )
        begun = time.perf_counter()
        model.fit(batches, verbose=0, shuffle=False)
        seconds.append(time.perf_counter() - begun)
    print(
        json.dumps(
            {"images": len(data.train_images), "seconds_per_epoch": round(statistics.median(seconds[1:]), 1)}
        )
    )


if __name__ == "__main__":
    main()
