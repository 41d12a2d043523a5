"""From chance to the best network of a five-minute lesson, one change a rung, with the rate that it needs.

    python -m experiments.ladder --point note --seed 0 --work FOLDER      # one point
    python -m experiments.ladder --all --work FOLDER                      # all that have no result yet

Each rung is the one below with one change, and as many epochs as five minutes of training on two processor
cores allow. What is chosen is chosen on 1,000 of the 10,000 training images, drawn by the seed and kept out;
each rung then reads the 2,000 test images once for each of its seeds.
"""

from __future__ import annotations

from alexnet.studies.ladder import RUNGS, SEEDS, TRIALS
from experiments.runner import Experiment

EXPERIMENT = Experiment(
    "ladder",
    [(point, SEEDS[0]) for point, _ in TRIALS] + [(point, seed) for seed in SEEDS for point in RUNGS],
)

if __name__ == "__main__":
    EXPERIMENT.main(__doc__)
