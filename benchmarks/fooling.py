"""Server time of one step on Prediction's view "Fool it": a slider has moved, the bars follow.

    python -m benchmarks.fooling [--steps 60] [--network shipped]

A step is what the server does for it: disturb the picture, ask, the gradient-sign step, ask again, both
pictures as PNG and the chart as JSON. Prints one line of JSON: wall and processor time in
milliseconds. The first steps build the graphs and are left out.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence

from alexnet.data.disturbance import Disturbance
from alexnet.data.samples import sample
from alexnet.figures.guesses import compared
from alexnet.figures.kernels import png
from alexnet.figures.photographs import pixelated
from alexnet.trained import catalogue, predictor
from benchmarks.layer_table import summary
from pages.prediction import fool

WARM = 3


def main(words: Sequence[str] | None = None) -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Time one step of fooling a network.")
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--network", default=catalogue.DEFAULT)
    asked = parser.parse_args(words)
    model = catalogue.trained(asked.network)
    network = predictor.load(model)
    start = fool.base(network, model, sample("kitten").pixels)
    names = [one.id for one in model.classes]
    wall, processor = [], []
    for step in range(asked.steps + WARM):
        began, worked = time.perf_counter(), time.process_time()
        how = Disturbance(rotate=step % 90, blur=1.0, hue=step % 60, grey=20, noise=step % 30, cover=20)
        found = fool.fool(network, model, start, how, 2.0)
        png(found.picture)
        png(pixelated(found.seen))
        order = (-found.after).argsort()[:5]
        pair = [(name, [float(row[at]) for at in order]) for name, row in zip("ab", found[2:], strict=True)]
        compared([names[at] for at in order], pair, "p").to_json()
        if step >= WARM:
            wall.append(1000 * (time.perf_counter() - began))
            processor.append(1000 * (time.process_time() - worked))
    print(json.dumps({"network": model.id, "wall_ms": summary(wall), "processor_ms": summary(processor)}))


if __name__ == "__main__":
    main()
