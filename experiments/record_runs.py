"""Make the recorded trainings that ship with the app, in assets/runs.

    python -m experiments.record_runs --work FOLDER --run overfitting
    python -m experiments.record_runs --work FOLDER

All train the classroom network on the starter data with the same seed:

    learning_well     the five-minute recipe in 12 epochs
    overfitting       1,000 images instead of 9,000, no augmentation, and 40 epochs in batches of 32
    stuck_at_chance   every layer starts from Keras's RandomUniform, between -0.05 and 0.05; a rate of 0.001
    diverging         as the first, but with a learning rate 50 times as high

What else was tried with that seed, and is not shown:

    without augmentation    all 9,000 images, 12 epochs: no overfitting yet (84 % of the training, 76 % of the
                            validation images; validation loss level at its end)
    RandomUniform, 0.02     the recipe's rate: left chance after all, in the seventh of 12 epochs, or the
                            fifth of 6
    He's rule, 0.001        the small rate alone: broken off after two of 12 epochs, when 55.9 % of the
                            validation images were right (validation loss 0.686; guessing costs 0.693)
    rates 0.06 to 0.25      3,000 images, 4 epochs: learned little (53 to 59 %), but did not diverge
    a rate of 0.5           3,000 images, half an epoch of warm-up: diverged in the first epoch

and 19 trials of some steps each, in search of a rate that diverges.

The margin by which ``alexnet.studies.diagnosis`` tells guessing was widened after stuck_at_chance had been
recorded, whose second epoch happened to be right 53.3 % of the time; there it says why.

A run is trained by the app's own trainer, in a process and a data folder of its own below ``--work``; the
same command goes on after a break, and leaves a run alone that has ended. What the app shows of it is then
written to ``assets/runs/<run>/``: settings, status, metrics, first-layer kernels and a README; no weights.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from alexnet.home import write_text
from alexnet.recipes import Recipe, recipe
from alexnet.runs import queue, run
from alexnet.runs.config import new, with_choices
from alexnet.runs.metrics_log import Curves
from alexnet.runs.recorded import FOLDER, KERNELS
from alexnet.runs.run import Run
from alexnet.studies.diagnosis import diagnose
from alexnet.studies.guessing import guessing
from alexnet.weights import store

SEED = 0
RECIPE = recipe("two_minutes")
COMMAND = "python -m experiments.record_runs"
DIGITS = 6
"""Significant digits of a published number."""


@dataclass(frozen=True)
class Plan:
    """What one run is asked for, and what sets it apart, in words."""

    change: str
    recipe: Recipe = RECIPE
    initializer: str | None = None
    limit: int | None = None


PLANS: Mapping[str, Plan] = {
    "learning_well": Plan("nothing: it is the one to compare the others with"),
    "overfitting": Plan(
        "1,000 images, shown 40 times without augmentation in batches of 32",
        with_choices(RECIPE, epochs=40, batch=32, augment=False),
        limit=1000,
    ),
    "stuck_at_chance": Plan(
        "all weights are drawn between -0.05 and 0.05, whatever the layer's fan-in; a rate of 0.001",
        with_choices(RECIPE, rate=0.001),
        initializer="random_uniform",
    ),
    "diverging": Plan("a learning rate 50 times as high", with_choices(RECIPE, rate=50 * RECIPE.rate)),
}

SNAPSHOTS = 20
"""Epochs of a run of which the kernels are published at most, evenly spaced, always with the last."""


def train(plan: Plan, work: Path) -> Run:
    """Train a run to its end, or go on with the one that ``work`` holds."""
    os.environ["ALEXNET_HOME"] = str(work.resolve())
    found = run.runs()
    if not found:
        run.create(
            new("", "classroom", plan.recipe, seed=SEED, initializer_id=plan.initializer, limit=plan.limit)
        )
        found = run.runs()
    one = found[0]
    before = one.state()
    if before.state in ("stopped", "lost"):
        run.control(one, "run")
        run.write_status(one.path, run.waiting(one.config(), before))
    if one.state().state == "queued":
        child = queue.launch(one)
        child.wait()
        queue.after(one, child.pid, child.returncode)
    if (end := one.state()).state != "finished" and end.reason != "loss_not_finite":
        raise SystemExit(f"{one.path}: {end.state}, {end.reason}; see trainer.log")
    return one


def publish(one: Run, id: str) -> None:
    """Write what the app shows of a run to ``assets/runs/<id>/``."""
    folder = FOLDER / id
    write_text(folder / "config.json", _json(replace(one.config(), viewer="").to_json()))
    write_text(folder / "status.json", (one.path / "status.json").read_text(encoding="utf-8"))
    lines = [json.dumps(_short(line)) + "\n" for line in one.metrics().lines]
    write_text(folder / "metrics.jsonl", "".join(lines))
    every = math.ceil((len(one.snapshots()) - 1) / SNAPSHOTS)
    halves = {f"{epoch:03d}": one.kernels(epoch).astype("float16") for epoch in one.snapshots()[::every]}
    store.write(folder / KERNELS, halves)
    write_text(folder / "README.md", readme(one, id))


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, indent=2) + "\n"


def _short(line: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if name == "time" else _rounded(value) for name, value in line.items()}


def _rounded(value: object) -> object:
    if not isinstance(value, float) or value == 0:
        return value
    return round(value, DIGITS - 1 - math.floor(math.log10(abs(value))))


def readme(one: Run, id: str) -> str:
    """How the run was made, and what came of it."""
    config, status = one.config(), one.state()
    recipe = config.recipe
    curves = Curves(one.metrics_file)
    curves.update()
    findings = diagnose(curves.epochs, guessing(config), reason=status.reason)
    found = ", ".join(finding.id for finding in findings)
    lines = {
        "changed": PLANS[id].change,
        "command": f"`{COMMAND} --work FOLDER --run {id}`",
        "network": f"{config.network}, {config.rows.size}x{config.rows.size} pixels",
        "data": f"starter data: {config.images:,} training and {config.validation:,} validation images",
        "recipe": f"{recipe.optimizer}, {recipe.epochs} epochs, batch {recipe.batch}, "
        f"highest rate {recipe.rate:g}, {recipe.schedule}, warm-up {recipe.warmup:g} epochs, "
        f"momentum {recipe.momentum:g}, weight decay {recipe.weight_decay:g}, "
        f"{'' if recipe.augment else 'no '}augmentation",
        "initializer": config.initializer or "the network's own (He's rule)",
        "seed": str(config.seed),
        "date": config.created[:10],
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} processor cores, with other "
        f"work beside it, TensorFlow {version('tensorflow')}, Keras {version('keras')}",
        "end": status.state if status.reason is None else f"{status.state} ({status.reason})",
        "diagnosis": found,
    }
    if curves.epochs:
        last = curves.epochs[-1]
        lines["last epoch"] = (
            f"{last['epoch']}: accuracy {last['accuracy']:.1%}, validation {last['validation_accuracy']:.1%}"
        )
    if curves.test is not None:
        lines["test"] = f"accuracy {curves.test['test_accuracy']:.1%} on {curves.test['images']:,} images"
    table = "".join(f"| {name} | {value} |\n" for name, value in lines.items())
    return (
        f"# Recorded training: {id.replace('_', ' ')}\n\n| | |\n|---|---|\n{table}\n"
        f"`config.json`, `status.json` and `metrics.jsonl` are those of a run folder, the last one to\n"
        f"{DIGITS} digits. `{KERNELS}` holds the first layer after an epoch in half precision, named by\n"
        "the epoch; `000` is before training.\n"
    )


def main() -> None:
    """Train and publish one run, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, required=True, help="keeps the trainings between calls")
    parser.add_argument("--run", choices=PLANS, help="only this one")
    arguments = parser.parse_args()
    for id in [arguments.run] if arguments.run else PLANS:
        one = train(PLANS[id], arguments.work / id)
        publish(one, id)
        print(readme(one, id), flush=True)


if __name__ == "__main__":
    main()
