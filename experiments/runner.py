"""Train the points of an experiment, and write down what came of each.

A point trains in a run folder under ``ALEXNET_HOME``, as every run does: what is killed goes on from its last
kept state, bit by bit as if nothing had happened. Its result is one line of a file of results. A result that
stands there already, or whose seed is none of the experiment's, is printed only.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from alexnet.architecture import document
from alexnet.runs import queue, run
from alexnet.runs.config import Config
from alexnet.runs.metrics_log import Curves
from alexnet.runs.process import step_aside
from alexnet.runs.run import Run
from alexnet.studies.points import RESULTS, Point
from alexnet.training.trainer import Trainer

PACKAGES = ("tensorflow", "keras", "numpy")

EPOCH = ("epoch", "loss", "accuracy", "validation_loss", "validation_accuracy")


@dataclass(frozen=True)
class Experiment:
    """A script: its points, in the order in which they are worth having, and where its results go.

    Attributes:
        name: Of the script and of its file of results.
        jobs: Points with their seeds, each a line of the results.
        more: What a result holds beyond the curves, from the finished run.
    """

    name: str
    jobs: Sequence[tuple[Point, int]]
    more: Callable[[Run], dict[str, Any]] = lambda run: {}

    @property
    def results(self) -> Path:
        """One JSON object a line."""
        return RESULTS / f"{self.name}.jsonl"

    def point(self, id: str) -> Point:
        """The point of that id."""
        return {point.id: point for point, _ in self.jobs}[id]

    def done(self) -> set[tuple[str, int]]:
        """The points and seeds that have a result."""
        try:
            lines = self.results.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return set()
        return {(line["point"], line["seed"]) for line in map(json.loads, lines)}

    def missing(self) -> Iterable[tuple[Point, int]]:
        """What has no result yet."""
        done = self.done()
        return ((point, seed) for point, seed in self.jobs if (point.id, seed) not in done)

    def main(self, description: str | None) -> None:
        """Read the command line and train."""
        arguments = _arguments(self, description)
        if not arguments.all:
            if arguments.seed is None or arguments.point is None:
                raise SystemExit("Name --point and --seed, or --all.")
            self._train(self.point(arguments.point), arguments.seed, arguments.limit)
            return
        for point, seed in list(self.missing()):
            if arguments.seed not in (None, seed) or (point.id, seed) in self.done():
                continue
            print(f"{point.id}, seed {seed}", flush=True)
            # A process each: TensorFlow keeps what it once allocated. One that fails leaves the next alone.
            code = subprocess.run(_command(self.name, point.id, seed), check=False).returncode
            if code:
                print(f"{point.id}, seed {seed}: exit status {code}", file=sys.stderr, flush=True)

    def _train(self, point: Point, seed: int, limit: int | None) -> None:
        one = _run_of(point.config(seed, limit=limit))
        if Trainer(one).train() and one.state().reason != "loss_not_finite":
            raise SystemExit(f"{one.path}: {one.state()}")
        result = self._result(point, seed, one)
        line = json.dumps(result, ensure_ascii=False) + "\n"
        if limit is None and (point.id, seed) in {(job.id, seed) for job, seed in self.missing()}:
            self.results.parent.mkdir(exist_ok=True)
            with self.results.open("a", encoding="utf-8", newline="\n") as file:
                file.write(line)  # small enough to go out in one write
        short = {key: value for key, value in result.items() if key not in ("config", "epochs", "colour")}
        print(json.dumps(short), flush=True)
        shutil.rmtree(one.path / "state", ignore_errors=True)  # of no use any more, and the largest part

    def _result(self, point: Point, seed: int, one: Run) -> dict[str, Any]:
        curves = Curves(one.metrics_file)
        curves.update()
        settings = one.config().to_json()
        for name in ("id", "viewer", "created", "name"):
            del settings[name]
        view, test = one.state(), curves.test
        return {
            "point": point.id,
            "seed": seed,
            "state": view.state if view.reason is None else view.reason,
            "config": settings,
            "rows": document.digest(one.config().rows),
            "epochs": [{name: _short(line[name]) for name in EPOCH} for line in curves.epochs],
            "validation_accuracy": _short(curves.epochs[-1]["validation_accuracy"])
            if curves.epochs
            else None,
            "test_accuracy": None if test is None else test["test_accuracy"],
            "confusion": None if test is None else test["confusion"],
            **self.more(one),
            "command": " ".join(["python", *_command(self.name, point.id, seed)[1:]]),
            "versions": {name: version(name) for name in PACKAGES}
            | {"python": platform.python_version(), "machine": platform.machine()},
        }


def _short(value: float) -> float:
    return value if isinstance(value, int) else round(value, 4)


def _command(name: str, point: str, seed: int) -> list[str]:
    return [sys.executable, "-m", f"experiments.{name}", "--point", point, "--seed", str(seed)]


def _run_of(config: Config) -> Run:
    """The run of these settings, waiting: one that was broken off, or a new one."""
    for one in run.runs():
        found = one.config()
        if replace(found, id=config.id, created=config.created) != config:
            continue
        view = one.state()
        if view.state in ("queued", "finished") or view.reason == "loss_not_finite":
            return one
        queue.settle()
        run.control(one, "run")
        run.write_status(one.path, run.waiting(found, one.state()))
        return one
    return run.create(config, one_each=False)


def _arguments(experiment: Experiment, description: str | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ids = list(dict.fromkeys(point.id for point, _ in experiment.jobs))
    parser.add_argument("--point", choices=ids)
    parser.add_argument("--seed", type=int, help="with --all: of this seed only")
    parser.add_argument("--all", action="store_true", help="train what has no result, one after another")
    parser.add_argument("--limit", type=int, help="for trying out: so many images, and no line of results")
    parser.add_argument("--work", type=Path, help="keeps the runs between calls; else ALEXNET_HOME")
    arguments = parser.parse_args()
    if arguments.work is not None:
        os.environ["ALEXNET_HOME"] = str(arguments.work.resolve())
    step_aside()
    return arguments
