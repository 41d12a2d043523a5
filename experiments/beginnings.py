"""What a trained beginning is worth on few pictures: one network from scratch and from the shipped weights.

    python -m experiments.beginnings --work FOLDER --out assets/experiments/beginnings.json

Trains on 385 pictures of the starter set, drawn by the seed, as many as the study note's own set has; three
ways, five seeds, some ten minutes on two cores. After a break the same command begins with the first training
that has no result. The rate from scratch is the best of three on validation pictures, with a seed of its own;
the trained network learns on with a tenth of the first of them, which nobody chose. So nothing is chosen by
the 2,000 test pictures, which are looked at after several epochs. The shipped network has never seen those;
it has learned from all training pictures of the starter set, with their names, among 48,000 of ten classes.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import mean, stdev
from typing import Any

from alexnet.home import write_text
from alexnet.recipes import Recipe
from alexnet.runs.beginning import learning
from alexnet.runs.config import Config, new
from alexnet.runs.trained_beginning import SHIPPED, source, weights

WAYS = ("scratch", "all", "frozen")
SEEDS = (0, 1, 2, 3, 4)
PICTURES = 385
LOOKS = (1, 2, 5, 10, 30)
"""After so many epochs the test pictures are looked at; the last is the end."""

RATES = (0.02, 0.01, 0.005)
"""From scratch; the first is that of the app's two minutes."""

CHOOSING_SEED = 100

RECIPE = Recipe("few", (LOOKS[-1],), batch=32, rate=RATES[0], warmup=2.0, precision="fastest")


def config(way: str, seed: int, pictures: int = PICTURES, recipe: Recipe = RECIPE) -> Config:
    """The settings of one training."""
    begin = source(SHIPPED)
    # Prepared alike, whatever it starts from; from scratch the rate is the recipe's own.
    fitted = begin.fitted(recipe)
    scratch = replace(fitted, rate=recipe.rate)
    made = new("", begin.known, scratch if way == "scratch" else fitted, seed=seed, limit=pictures)
    if way == "scratch":
        return made
    return replace(made, beginning=begin.beginning(made.rows, frozen=way == "frozen"))


def train(
    settings: Config, looks: tuple[int, ...] = LOOKS, tests: int | None = None, *, choosing: bool = False
) -> dict[str, Any]:
    """Train one and look at test pictures after some epochs.

    Args:
        settings: Of the training.
        looks: After which epochs; the last is the end.
        tests: So many test pictures only.
        choosing: Look at validation pictures instead.
    """
    import keras

    from alexnet.data.pipeline import training_batches
    from alexnet.runs.splits import to_learn, to_test
    from alexnet.training.learner import Learner

    keras.backend.clear_session()
    recipe = settings.recipe
    part, _ = to_learn(settings)
    test = to_learn(replace(settings, limit=None))[1] if choosing else to_test(replace(settings, limit=tests))
    learner = Learner(settings)
    if settings.beginning is not None:
        learner.begin_from(weights(settings), settings.beginning.anew)
    begun, accuracy = time.monotonic(), {}
    for epoch in range(looks[-1]):
        batches = training_batches(
            part.images,
            part.labels,
            size=settings.rows.size,
            batch=recipe.batch,
            seed=settings.seed,
            epoch=epoch,
            augment=recipe.augment,
            preparation=settings.preparation,
        )
        for step, (images, labels) in enumerate(batches):
            learner.step(images, labels, recipe.rate_at(epoch + step / settings.steps_per_epoch))
        if epoch + 1 in looks:
            accuracy[str(epoch + 1)] = round(learner.evaluate(test).accuracy, 4)
    return {
        "seed": settings.seed,
        "test_accuracy": accuracy,
        "seconds": round(time.monotonic() - begun, 1),
        "learning": learning(settings.rows, settings.beginning),
    }


def kept(path: Path, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What a file holds, which is made where there is none."""
    if not path.exists():
        write_text(path, json.dumps(make()) + "\n")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    print(path.stem, json.dumps(found), flush=True)
    return found


def chosen_rate(work: Path) -> float:
    """The rate from scratch that comes furthest on validation pictures."""

    def reached(rate: float) -> float:
        settings = config("scratch", CHOOSING_SEED, recipe=replace(RECIPE, rate=rate))
        made = kept(work / f"rate-{rate:g}.json", lambda: train(settings, looks=(LOOKS[-1],), choosing=True))
        return float(made["test_accuracy"][str(LOOKS[-1])])

    return max(RATES, key=reached)


def summary(results: dict[str, list[dict[str, Any]]], rate: float = RATES[0]) -> dict[str, Any]:
    """What the file says: the settings, each way's mean and deviation at the end, and every training."""
    last = str(LOOKS[-1])
    ends = {way: [one["test_accuracy"][last] for one in found] for way, found in results.items()}
    return {
        "command": "python -m experiments.beginnings --work FOLDER --out assets/experiments/beginnings.json",
        "network": SHIPPED,
        "pictures": PICTURES,
        "test_images": 2_000,
        "epochs": LOOKS[-1],
        "batch": RECIPE.batch,
        "rates": {way: rate if way == "scratch" else config(way, 0).recipe.rate for way in results},
        "precision": config("scratch", 0).recipe.precision,
        "ways": {
            way: {
                "mean": round(mean(values), 4),
                "deviation": round(stdev(values), 4) if len(values) > 1 else None,
                "trainings": results[way],
            }
            for way, values in ends.items()
            if values
        },
    }


def main() -> None:
    """Measure every way with every seed and write what came of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, required=True, help="keeps the results between calls")
    parser.add_argument("--out", type=Path, required=True, help="the file of results")
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    os.environ["ALEXNET_HOME"] = str(arguments.work.resolve())
    rate = chosen_rate(arguments.work)
    results: dict[str, list[dict[str, Any]]] = {way: [] for way in WAYS}
    for seed in arguments.seeds:
        for way in WAYS:
            recipe = replace(RECIPE, rate=rate) if way == "scratch" else RECIPE
            settings = config(way, seed, recipe=recipe)
            results[way].append(kept(arguments.work / f"{way}-{seed}.json", partial(train, settings)))
        write_text(arguments.out, json.dumps(summary(results, rate), indent=1) + "\n")


if __name__ == "__main__":
    main()
