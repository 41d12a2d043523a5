"""The recorded race of the Initializers page: four ways to begin, side by side on the same batches.

    python -m experiments.record_race --work FOLDER

trains it by the app's own trainer in a data folder of its own below ``--work``, goes on after a break, and
writes settings, status, metrics and a README to ``assets/runs/race/``; no weights, no kernels. The network is
the classroom network, which has no batch normalization that would mend what the first weights spoil.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from alexnet.home import write_text
from alexnet.recipes import RACING
from alexnet.runs import queue, run
from alexnet.runs.config import new, with_choices
from alexnet.runs.lane import Lane
from alexnet.runs.metrics_log import Curves, thinned
from alexnet.runs.recorded import FOLDER, RACE
from alexnet.runs.run import Run
from experiments.record_runs import _json, _short

SEED = 0
STEPS = 120
"""Lines of the step curve of each lane that are published at most."""
COMMAND = "python -m experiments.record_race --work FOLDER"
RECIPE = with_choices(RACING, epochs=5)
LANES = (Lane("zeros"), Lane("random_normal", 0.01), Lane("glorot_uniform"), Lane("he_normal"))


def train(work: Path) -> Run:
    """Train the race to its end, or go on with the one that ``work`` holds."""
    os.environ["ALEXNET_HOME"] = str(work.resolve())
    if not run.runs():
        run.create(new("", "classroom", RECIPE, seed=SEED, lanes=LANES))
    one = run.runs()[0]
    if one.state().state in ("stopped", "lost"):
        run.write_status(one.path, run.waiting(one.config(), one.state()))
    if one.state().state == "queued":
        child = queue.launch(one)
        child.wait()
        queue.after(one, child.pid, child.returncode)
    if (end := one.state()).state != "finished":
        raise SystemExit(f"{one.path}: {end.state}, {end.reason}; see trainer.log")
    return one


def publish(one: Run) -> None:
    """Write what the app shows of it."""
    folder = FOLDER / RACE
    write_text(folder / "config.json", _json(replace(one.config(), viewer="").to_json()))
    write_text(folder / "status.json", (one.path / "status.json").read_text(encoding="utf-8"))
    found = one.metrics().lines
    steps = [line for line in found if line["kind"] == "step"]
    by_lane = [[line for line in steps if line["lane"] == lane] for lane in range(1, len(LANES) + 1)]
    kept = {id(line) for lane in by_lane for line in thinned(lane, STEPS)}
    shown = [line for line in found if line["kind"] != "step" or id(line) in kept]
    lines = [json.dumps(_short(line)) + "\n" for line in shown]
    write_text(folder / "metrics.jsonl", "".join(lines))
    write_text(folder / "README.md", readme(one))


def readme(one: Run) -> str:
    """How the race was made, and what came of each lane."""
    config = one.config()
    rows = [
        ("command", f"`{COMMAND}`"),
        ("network", f"{config.network}, {config.rows.size}x{config.rows.size} pixels"),
        ("data", f"starter data: {config.images:,} training and {config.validation:,} validation images"),
        ("recipe", f"{RECIPE.epochs} epochs, batch {RECIPE.batch}, highest rate {RECIPE.rate:g}"),
        ("seed", str(config.seed)),
        ("date", config.created[:10]),
        (
            "machine",
            f"{platform.system()} {platform.machine()}, {os.cpu_count()} processor cores, with other work "
            f"beside it, TensorFlow {version('tensorflow')}, Keras {version('keras')}",
        ),
    ]
    curves = Curves(one.metrics_file)
    curves.update()
    for number, lane in enumerate(config.lanes, start=1):
        test = curves.lane(number).test
        name = lane.initializer if lane.std is None else f"{lane.initializer} {lane.std:g}"
        accuracy = "-" if test is None else f"{test['test_accuracy']:.1%} of the test images"
        rows.append((f"lane {number}", f"{name}: {accuracy}"))
    table = "".join(f"| {name} | {value} |\n" for name, value in rows)
    return f"# Recorded race: four ways to begin\n\n| | |\n|---|---|\n{table}"


def main() -> None:
    """Train and publish."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, required=True, help="keeps the training between calls")
    one = train(parser.parse_args().work)
    publish(one)
    print(readme(one), flush=True)


if __name__ == "__main__":
    main()
