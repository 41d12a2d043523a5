"""From the start of a training to its first step: a trainer that waited against one that is started for it.

    python -m benchmarks.warm_trainer [--times 5]

Half-minute trainings in a data folder of their own, in turns: one by a trainer that has imported TensorFlow
before, one by a fresh process. Each is stopped after its first step.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time

from alexnet.recipes import NETWORKS, recipe
from alexnet.runs import queue, run
from alexnet.runs.config import new
from alexnet.runs.metrics_log import Curves
from alexnet.runs.warm import WARM

_RECIPE = recipe("half_minute")
_IMPORTING = 20.0  # seconds that the one that waits has had to import
_GLANCE = 0.02


def first_step(*, warm: bool) -> float:
    """Seconds until the first step is written down."""
    one = run.create(new("", NETWORKS[_RECIPE.id], _RECIPE), one_each=False)
    if warm:
        WARM.prepare()
        time.sleep(_IMPORTING)
    began = time.monotonic()
    child = queue.launch(one)
    curves = Curves(one.metrics_file)
    while not curves.steps and child.poll() is None:
        time.sleep(_GLANCE)
        curves.update()
    seconds = time.monotonic() - began
    run.control(one, "stop")
    child.wait()
    if not curves.steps:
        raise SystemExit(f"{one.path}: {one.state()}")
    return seconds


def main() -> int:
    """Measure both in turns, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    WARM.allowed = True
    with tempfile.TemporaryDirectory(prefix="alexnet-warm-", ignore_cleanup_errors=True) as home:
        os.environ["ALEXNET_HOME"] = home
        pairs = [(first_step(warm=True), first_step(warm=False)) for _ in range(times)]
        WARM.end()
    waited, fresh = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(cold / warm for warm, cold in pairs)
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{os.cpu_count()} cores{load}")
    print(f"to the first step: waiting trainer {waited:.1f} s, fresh one {fresh:.1f} s, {ratio:.1f} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
