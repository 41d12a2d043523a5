"""How long the Signal view takes: one batch through the paper's network at its start, forward and backward.

    python -m benchmarks.signal_depth --rules he_normal orthogonal

prints, for each initializer, the seconds of each measurement; the first one of all also loads TensorFlow's
kernels. The page keeps what was measured, so a second viewer waits for none of it.
"""

from __future__ import annotations

import argparse
import json
import time

import psutil

from alexnet.architecture import PAPER_2012
from alexnet.data.catalogue import STARTER
from alexnet.data.preprocess import input_of
from alexnet.numerics.initializers import INITIALIZERS, initializer
from alexnet.trained.signal import measure


def main() -> None:
    """Measure and print one JSON object a rule."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--rules", nargs="+", choices=[one.id for one in INITIALIZERS], default=["he_normal", "orthogonal"]
    )
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    data = STARTER.load()
    images = input_of(data.test_images[: arguments.batch], PAPER_2012.size, STARTER.preparation())
    labels = data.test_labels[: arguments.batch]
    for rule in arguments.rules:
        seconds = []
        for seed in range(1, arguments.rounds + 1):
            begun = time.perf_counter()
            measure(PAPER_2012, images, labels, initializer(rule), seed)
            seconds.append(round(time.perf_counter() - begun, 2))
        load = round(psutil.getloadavg()[0], 1)
        print(json.dumps({"rule": rule, "seconds": seconds, "load": load}), flush=True)


if __name__ == "__main__":
    main()
