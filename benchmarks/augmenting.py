"""Changing pictures for training against learning from them, in turns: pictures a second.

python -m benchmarks.augmenting
"""

from __future__ import annotations

import time
from statistics import median

import numpy as np

from alexnet.data.augmentation import NOTE, Augmentation, Augmenter, components, draws
from alexnet.data.catalogue import STARTER
from alexnet.recipes import recipe
from alexnet.runs.config import new
from alexnet.training.learner import Learner

BATCH, ROUNDS = 128, 15
EVERYTHING = Augmentation(15.0, 0.1, 0.1, 10.0, 0.1, True, True, "reflect", 4, 32, 0.1, 8)


def main() -> None:
    """Print the speed of each and how many times as fast as learning it is."""
    pictures = STARTER.load().train_images[:BATCH]
    measured = components(pictures)
    config = new("", "classroom", recipe("two_minutes"))
    learner = Learner(config)
    size = config.rows.size
    inputs = np.zeros((BATCH, size, size, 3), np.float32)
    labels = np.zeros(BATCH, np.int64)
    learner.step(inputs, labels, 0.0)  # which traces it
    changers = {
        "the note's": Augmenter(NOTE, STARTER.mean),
        "every knob": Augmenter(EVERYTHING, STARTER.mean, measured),
    }
    times: dict[str, list[float]] = {name: [] for name in ("learning", *changers)}
    for epoch in range(ROUNDS):
        begun = time.perf_counter()
        learner.step(inputs, labels, 0.0)
        times["learning"].append(time.perf_counter() - begun)
        for name, change in changers.items():
            drawn = draws(0, epoch, BATCH)
            begun = time.perf_counter()
            change(pictures, drawn)
            times[name].append(time.perf_counter() - begun)
    learning = median(times["learning"])
    for name, seconds in times.items():
        speed, ratio = BATCH / median(seconds), learning / median(seconds)
        print(f"{name}: {speed:,.0f} pictures/s, {ratio:.1f} times learning")


if __name__ == "__main__":
    main()
