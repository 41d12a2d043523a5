"""One picture and 32 through the paper's network, ours against ONNX Runtime, side by side in one run.

    python -m benchmarks.onnx_ratio [--rounds 20]

Random weights; the ONNX file is the app's own, written from the rows. Both answer in turn, so that whatever
else the machine does falls on both. One line of JSON for each number of pictures: medians in milliseconds,
how far the probabilities lie apart, and ``ratio``, ours by ONNX Runtime's, which is what counts. It says how
busy the machine was: run it on an idle one.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from statistics import median
from time import perf_counter, sleep

import numpy as np
import onnxruntime
import psutil

from alexnet.architecture import PAPER_2012
from alexnet.data.imagenet import classes
from alexnet.trained.predictor import Predictor
from alexnet.weights import expected
from alexnet.weights.catalogue import RED_FIRST
from alexnet.weights.writers import onnx as writer

PAUSE = 0.1
"""Seconds before each call: the threads of the one before go on spinning for a while, and hold the cores."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    numbers = np.random.default_rng(0)
    weights = {
        name: numbers.normal(0, (2 / np.prod(shape[:-1] or (200,))) ** 0.5, shape).astype(np.float32)
        for name, shape in expected.shapes(PAPER_2012).items()
    }
    content = writer.model(PAPER_2012, dict(weights)).SerializeToString()
    theirs = onnxruntime.InferenceSession(content)
    ours = Predictor(PAPER_2012, weights, classes(), RED_FIRST)
    for count in (1, 32):
        side = PAPER_2012.size
        pictures = numbers.normal(size=(count, side, side, 3)).astype(np.float32)
        run = {
            "ours": lambda pictures=pictures: ours.softmax(pictures),
            "onnx_runtime": lambda pictures=pictures: theirs.run(None, {writer.INPUT: pictures})[0],
        }
        apart = float(np.abs(run["ours"]() - run["onnx_runtime"]()).max())
        taken: dict[str, list[float]] = {name: [] for name in run}
        for _ in range(rounds):
            for name, call in run.items():
                sleep(PAUSE)
                began = perf_counter()
                call()
                taken[name].append(1000 * (perf_counter() - began))
        middle = {name: median(times) for name, times in taken.items()}
        line = {
            "pictures": count,
            **{f"{name}_ms": round(value, 2) for name, value in middle.items()},
            "ratio": round(middle["ours"] / middle["onnx_runtime"], 3),
            "apart": apart,
            "rounds": rounds,
            "load": psutil.getloadavg()[0],
            "cores": os.cpu_count(),
        }
        sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
