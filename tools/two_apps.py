"""Two apps over one data folder, each with its worker, and runs for both: they never train two at once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise

import psutil

from alexnet.runs import queue, run
from alexnet.runs.run import Run
from tools import kills


@dataclass(frozen=True)
class Sharing:
    """What was seen.

    Attributes:
        runs: How many were trained.
        workers: How many processes waited for them.
        most_at_once: Most runs that were at work in one look.
        problems: What should not be, in words; empty when all is well.
    """

    runs: int
    workers: int
    most_at_once: int
    problems: tuple[str, ...]


def share(count: int = 2, *, epochs: int = 2) -> Sharing:
    """Start two apps on this process's data folder and have them train some runs of different viewers.

    Args:
        count: Runs.
        epochs: Of each.
    """
    problems: list[str] = []
    with ExitStack() as stack:
        hosts = [stack.enter_context(kills.hosting(app=True))[0] for _ in range(2)]
        if not kills.until(lambda: all(workers(host) for host in hosts), 90):
            problems.append("an app has no worker")
        found = sum(len(workers(host)) for host in hosts)
        ones = [queue.submit(kills.short(f"viewer {index}", epochs=epochs)) for index in range(count)]
        most, end = 0, time.monotonic() + kills.PATIENCE
        while any(one.state().active for one in ones) and time.monotonic() < end:
            most = max(most, len([one for one in run.runs() if one.state().has_process]))
            time.sleep(0.02)
        problems += [f"{one.id} is {one.state()}" for one in ones if one.state().state != "finished"]
        problems += overlaps(ones)
        if most != 1:
            problems.append(f"{most} at once")
    return Sharing(count, found, most, tuple(problems))


def workers(app: psutil.Process) -> list[psutil.Process]:
    """The workers of an app."""
    return [child for child in app.children(recursive=True) if kills.is_worker(child)]


def overlaps(ones: Sequence[Run]) -> list[str]:
    """Runs that began to learn before another one's last word, by the clock in their metrics."""
    spans = []
    for one in ones:
        times = [line["time"] for line in one.metrics().lines]
        if times:
            spans.append((min(times), max(times), one.id))
    spans.sort()
    return [
        f"{later[2]} began before {earlier[2]} had ended"
        for earlier, later in pairwise(spans)
        if later[0] < earlier[1]
    ]
