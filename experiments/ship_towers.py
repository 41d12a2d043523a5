"""Ship one network of the towers' experiment as a model of the app: the one whose towers divide colour most.

    python -m experiments.ship_towers --work FOLDER

``FOLDER`` is where ``experiments.tower_split`` has trained it. It is chosen by the colour of its
first kernels (the AUC furthest from 0.5), never by its accuracy.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import asdict, replace
from pathlib import Path

from alexnet.runs import run
from alexnet.runs.metrics_log import Curves
from alexnet.runs.run import Run
from alexnet.studies.points import Result, of, results
from alexnet.studies.tower_division import APART
from alexnet.weights import store
from experiments.publishing import publish

ID = "towers"


def clearest() -> Result:
    """The training of towers apart after which colour tells the towers apart best."""
    return max(candidates(), key=lambda result: abs(result.colour[-1]["auc"] - 0.5))


def candidates() -> list[Result]:
    """The recorded trainings of towers apart, by seed."""
    return of(APART, results("tower_split"))


def trained(chosen: Result) -> Run:
    """Its run folder: of the settings that the point has today."""
    asked = APART.config(chosen.seed)
    for one in run.runs():
        config = one.config()
        if replace(config, id=asked.id, created=asked.created) == asked and one.state().state == "finished":
            return one
    raise SystemExit(f"First train it there: {chosen.command} --work FOLDER")


def main() -> None:
    """Choose, measure, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, required=True, help="as given to experiments.tower_split")
    os.environ["ALEXNET_HOME"] = str(parser.parse_args().work.resolve())
    chosen = clearest()
    one = trained(chosen)
    config, curves = one.config(), Curves(one.metrics_file)
    curves.update()
    publish(
        ID,
        store.read(one.weights("last")),
        {f"{epoch:03d}": one.kernels(epoch) for epoch in one.snapshots()},
        config.data_set,
        {
            "data": "CIFAR-10 (Krizhevsky, 2009): 49,000 training, 1,000 validation, 10,000 test images",
            "command": f"{chosen.command} --work FOLDER, "
            "then python -m experiments.ship_towers --work FOLDER",
            "chosen_among": len(candidates()),
            "seed": chosen.seed,
            "recipe": asdict(config.recipe),
            "epochs": config.recipe.epochs,
            "log": [
                {
                    name: round(line[name], 4) if name != "epoch" else line[name]
                    for name in ("epoch", "loss", "accuracy", "validation_accuracy")
                }
                for line in curves.epochs
            ],
        },
    )


if __name__ == "__main__":
    main()
