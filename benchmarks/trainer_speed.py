"""Images a second of the trainer against a bare Keras ``fit`` of the same network on the same batches.

    python -m benchmarks.trainer_speed [--images 9000] [--rounds 2]

The trainer's figure covers all that it does within an epoch: the look at the control file, the rate, the
check of the loss, the lines of the curve, the beating heart. Rounds alternate, and the medians are compared;
the first round of each, which includes the compilation, does not count. Fewer images than an epoch has
would mostly time the making of its batches, which only the trainer's side includes.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from dataclasses import replace

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras

from alexnet.data.pipeline import training_batches
from alexnet.network.build import build
from alexnet.recipes import recipe
from alexnet.runs import run
from alexnet.runs.config import new
from alexnet.runs.splits import to_learn
from alexnet.runs.status import Control
from alexnet.training.loop import Loop
from alexnet.training.recorder import ControlFile, Recorder


def main() -> None:
    """Train both ways and time them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--images", type=int, default=9000)
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["ALEXNET_HOME"] = home
        chosen = replace(recipe("five_minutes"), cycles=(arguments.rounds + 1,))
        one = run.create(new("benchmark", "classroom", chosen, limit=arguments.images))
        config = one.config()
        training, _ = to_learn(config)
        model = build(config.rows)
        optimizer = keras.optimizers.SGD(0.01, momentum=0.9, nesterov=True, weight_decay=5e-4)
        model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"], jit_compile=False)
        seconds: dict[str, list[float]] = {"fit": [], "trainer": []}
        with Recorder(one.path, one.status()) as recorder:
            control = ControlFile(one.path / "control.json", one.control)
            loop = Loop(one, recorder, lambda: control.read() or Control())
            for trainer in loop.trainers:
                trainer.begin(anew=True)
            for epoch in range(arguments.rounds + 1):
                batches = training_batches(
                    training.images,
                    training.labels,
                    size=config.rows.size,
                    batch=chosen.batch,
                    seed=0,
                    epoch=epoch,
                    preparation=config.preparation,
                )
                begun = time.perf_counter()
                model.fit(batches, verbose=0, shuffle=False)
                seconds["fit"].append(time.perf_counter() - begun)
                begun = time.perf_counter()
                loop.learn(training)
                seconds["trainer"].append(time.perf_counter() - begun)
                loop.place.epoch, loop.place.batch = epoch + 1, 0
            recorder.end("stopped")
            for trainer in loop.trainers:
                trainer.close()
    images = config.steps_per_epoch * chosen.batch
    speed = {name: images / statistics.median(times[1:]) for name, times in seconds.items()}
    report = {f"{name}_images_per_second": round(value, 1) for name, value in speed.items()}
    print(json.dumps(report | {"share": round(speed["trainer"] / speed["fit"], 3)}))


if __name__ == "__main__":
    main()
