"""The half-minute recipe with five seeds: its accuracy, and the time from its start to its last epoch.

    python -m experiments.half_minute --work FOLDER --out FILE.json

Trains on the starter data, one seed after another, each in a process of its own; three minutes or so where
nothing else runs. After a break the same command begins with the first seed that has no result. The recipe
was chosen by validation images; the test images are read once for each seed, at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import mean
from typing import Any

from alexnet.home import write_text
from alexnet.recipes import NETWORKS, recipe
from alexnet.runs import run
from alexnet.runs.config import new
from alexnet.runs.metrics_log import Curves
from alexnet.runs.run import Run
from alexnet.runs.slot import free

SEEDS = (0, 1, 2, 3, 4)
RECIPE = recipe("half_minute")


def measure(work: Path, seed: int) -> dict[str, Any]:
    """Train one seed to its end, or read what it came to before."""
    kept = work / f"{seed}.json"
    if kept.exists():
        found: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
        return found
    while not free():  # a trainer outlives this script when it is broken off
        time.sleep(1)
    one = run.create(new("", NETWORKS[RECIPE.id], RECIPE, seed=seed), one_each=False)
    begun = time.time()  # the process's own start and TensorFlow's import count
    subprocess.run([sys.executable, "-m", "alexnet.training.trainer", str(one.path)], check=True)
    result = _result(one, seed, begun)
    write_text(kept, json.dumps(result) + "\n")
    return result


def _result(one: Run, seed: int, begun: float) -> dict[str, Any]:
    curves = Curves(one.metrics_file)
    curves.update()
    if curves.test is None:
        raise SystemExit(f"{one.path}: {one.state()}")
    speeds = [line["images_per_second"] for line in curves.steps if line["images_per_second"] > 0]
    return {
        "seed": seed,
        "test_accuracy": curves.test["test_accuracy"],
        "validation_accuracy": [line["validation_accuracy"] for line in curves.epochs],
        "seconds_to_first_step": round(curves.steps[0]["time"] - begun, 1),
        "seconds_to_last_epoch": round(curves.epochs[-1]["time"] - begun, 1),
        "images_per_second": round(sorted(speeds)[len(speeds) // 2]),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "precision": one.config().recipe.precision,
    }


def main() -> None:
    """Measure every seed and write what came of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, required=True, help="keeps the trainings between calls")
    parser.add_argument("--out", type=Path, required=True, help="the file of results")
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    os.environ["ALEXNET_HOME"] = str(arguments.work.resolve())
    results: list[dict[str, Any]] = []
    summary: dict[str, Any] = {}
    for seed in arguments.seeds:
        results.append(measure(arguments.work.resolve(), seed))
        summary = {
            "command": "python -m experiments.half_minute --work FOLDER --out FILE.json",
            "cores": os.cpu_count(),
            "test_accuracy_mean": round(mean(one["test_accuracy"] for one in results), 4),
            "seconds_mean": round(mean(one["seconds_to_last_epoch"] for one in results), 1),
            "images_per_second_mean": round(mean(one["images_per_second"] for one in results)),
            "seeds": results,
        }
        write_text(arguments.out, json.dumps(summary, indent=2) + "\n")
        print(json.dumps(results[-1]), flush=True)
    print(json.dumps({name: value for name, value in summary.items() if name != "seeds"}), flush=True)


if __name__ == "__main__":
    main()
