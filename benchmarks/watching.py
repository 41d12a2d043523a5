"""What viewers wait while a training runs on the same machine: the app's reruns over real websockets.

    python -m benchmarks.watching [--viewers 10] [--visitors 2] [--thinking 1] [--seconds 60] [--lines 500]

An app of its own trains the classroom network by its five-minute recipe, for as long as the watching takes,
in the trainer's process, as a click on the Training page would have it. Viewers look at that training, whose
fragment their browsers run again every second; visitors go through the other pages and change what they
show, each on a page of their own at first, with ``--thinking`` seconds on average between an answer and
the next click. A rerun counts from its sending until its last message is here: the server's time, and the
waiting for whatever else the server and the trainer do. The charts are as large as they become: ``--lines``
of the curve are there before anybody watches.

Each page is visited once before anything counts, for its caches and TensorFlow. The exit code is 1 when a
95th percentile is not below ``LIMIT``, a page shows an error, or a rerun is not answered.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil

from alexnet.recipes import recipe
from alexnet.runs import queue, run
from alexnet.runs.config import new
from alexnet.runs.metrics_log import Curves
from alexnet.runs.run import Run
from benchmarks.sessions import Rerun, Session, session
from tools.browsing import running_app

LIMIT = 300.0
"""Milliseconds that the 95th percentile must stay below."""

_PATIENCE = 120.0  # seconds until a training has begun
_WATCHING = "training, watched"
_PAGES = ("", "layers", "kernels", "initializers", "prediction", "training")


@dataclass
class Seen:
    """What was measured.

    Attributes:
        reruns: By what was rerun.
        unanswered: Reruns without an end.
        broken_off: Runs of the fragment that the next one overtook.
        problems: What a page showed as an error.
    """

    reruns: dict[str, list[Rerun]] = field(default_factory=lambda: defaultdict(list))
    unanswered: int = 0
    broken_off: int = 0
    problems: set[str] = field(default_factory=set)


async def watch(tab: Session, seen: Seen, seconds: float) -> None:
    """Look at a training: its fragment runs every second, whether or not the last one is done."""
    asked = []
    end, broken_off = time.perf_counter() + seconds, tab.broken_off
    await asyncio.sleep(random.random())
    while time.perf_counter() < end:
        beat = time.perf_counter()
        if (rerun := await tab.tick()) is not None:
            asked.append(rerun)
        interval = next(iter(tab.fragments.values()), 1.0)
        await asyncio.sleep(max(0.0, beat + interval - time.perf_counter()))
    await asyncio.sleep(2)
    answered = [rerun for rerun in asked if rerun.seconds is not None]
    seen.reruns[_WATCHING] += answered
    seen.unanswered += len(asked) - len(answered)
    seen.broken_off += tab.broken_off - broken_off
    seen.problems.update(tab.problems)


async def visit(tab: Session, seen: Seen, seconds: float, thinking: float, number: int = 0) -> None:
    """Go from page to page, and change the size on Layers or run the page again, until the time is over.

    The visitors do not walk in step: each thinks a time of its own, from half to one and a half of
    ``thinking`` seconds, and starts at the page of its number.
    """

    async def think() -> None:
        await asyncio.sleep(thinking * random.uniform(0.5, 1.5))

    end = time.perf_counter() + seconds
    first = number % len(_PAGES)
    going = True
    while going:
        for page in (*_PAGES[first:], *_PAGES[:first]):
            name = page or "home"
            seen.reruns[f"{name}, opened"].append(await tab.go(page))
            for size in random.sample(range(64, 500), 2):
                await think()
                again = tab.set("layers_size", size) if page == "layers" else tab.rerun()
                seen.reruns[f"{name}, again"].append(await again)
            await think()
        going = time.perf_counter() < end
    seen.problems.update(tab.problems)


async def measure(address: str, one: Run, options: argparse.Namespace) -> tuple[Seen, Mapping[str, float]]:
    """Let them watch and visit; returns what was seen, and processor seconds and images a second."""
    seen = Seen()
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(session(address))
        await first.open("")
        await begun(one)
        prefill(one, options.lines)
        await visit(first, Seen(), 0, 0.1)
        steps = len(_speeds(one))
        await asyncio.sleep(options.alone)
        alone = _speeds(one)[steps:]
        viewers, visitors = [], [first]
        for _ in range(options.viewers):
            viewers.append(tab := await stack.enter_async_context(session(address)))
            await tab.open("training", f"view=runs&run={one.id}")
        for _ in range(options.visitors - 1):
            visitors.append(tab := await stack.enter_async_context(session(address)))
            await tab.open("")
        steps, work, start = len(_speeds(one)), _work(), time.monotonic()
        await asyncio.gather(
            *(watch(tab, seen, options.seconds) for tab in viewers),
            *(
                visit(tab, seen, options.seconds, options.thinking, number)
                for number, tab in enumerate(visitors[: options.visitors])
            ),
        )
        share = (_work() - work) / (time.monotonic() - start)
    watched = _speeds(one)[steps:]
    return seen, {"alone": _median(alone), "watched": _median(watched), "server_share": share}


def _speeds(one: Run) -> list[float]:
    """Images a second, line by line, of what this trainer has done."""
    curves = Curves(one.metrics_file)
    curves.update()
    return [line["images_per_second"] for line in curves.steps if line["images_per_second"] > 0]


def _work() -> float:
    """Processor seconds that the server's process has spent so far."""
    for child in psutil.Process().children():
        if "streamlit" in child.cmdline():
            times = child.cpu_times()
            return float(times.user + times.system)
    raise RuntimeError("no server")


def prefill(one: Run, lines: int) -> None:
    """Put lines on the curve of a run that has begun, as if it had been at work for longer."""
    epochs = one.config().recipe.epochs
    content = ""
    for place in range(lines):
        loss = 0.7 * math.exp(-place / lines) + random.gauss(0, 0.03)
        step = {"step": 0, "epoch": epochs * place / lines, "rate": 0.01, "images_per_second": 0, "time": 0}
        content += json.dumps({"kind": "step", **step, "loss": loss, "accuracy": 1 - loss}) + "\n"
    with one.metrics_file.open("ab", buffering=0) as file:  # at once: the trainer appends to it as well
        file.write(content.encode("ascii"))


async def begun(one: Run) -> None:
    """Wait for the training's first steps.

    Raises:
        TimeoutError: They do not come.
    """
    async with asyncio.timeout(_PATIENCE):
        while len(_speeds(one)) < 3:
            await asyncio.sleep(0.2)


def end(one: Run) -> None:
    """Stop the training, and wait until its process is gone."""
    run.control(one, "stop")
    limit = time.monotonic() + _PATIENCE
    while one.state().active and time.monotonic() < limit:
        time.sleep(0.2)


def report(seen: Seen, figures: Mapping[str, float]) -> bool:
    """Print what was measured; is all of it well?"""
    groups = {"viewers": seen.reruns[_WATCHING], "pages": []}
    for name, reruns in sorted(seen.reruns.items()):
        if name != _WATCHING:
            groups["pages"] += reruns
            groups[name] = reruns
    well = not (seen.unanswered or seen.problems)
    print(
        f"{'milliseconds':24} {'reruns':>7} {'median':>7} {'95 %':>7} {'99 %':>7} {'most':>7} {'KB each':>8}"
    )
    for name, reruns in groups.items():
        if len(reruns) < 2:
            continue
        times = [1000 * (rerun.seconds or math.inf) for rerun in reruns]
        cuts = statistics.quantiles(times, n=100, method="inclusive")
        size = statistics.median(rerun.bytes for rerun in reruns) / 1000
        row = "".join(
            f" {value:7.0f}" for value in (statistics.median(times), cuts[94], cuts[98], max(times))
        )
        print(f"{name:24} {len(times):7}{row} {size:8.1f}")
        if name in ("viewers", "pages"):
            well = well and cuts[94] < LIMIT
    print(f"not answered {seen.unanswered}, overtaken by the next one {seen.broken_off}")
    print(f"the trainer: {figures['alone']:.0f} images/s alone, {figures['watched']:.0f} while watched")
    print(f"the server: {figures['server_share']:.2f} of a core")
    for problem in sorted(seen.problems):
        print(f"on a page: {problem}")
    print(f"95th percentiles below {LIMIT:.0f} ms: {'yes' if well else 'NO'}")
    return well


def _median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else math.nan


def main() -> int:
    """Train, watch, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--viewers", type=int, default=10)
    parser.add_argument("--visitors", type=int, default=2)
    parser.add_argument("--thinking", type=float, default=1, help="seconds between a visitor's clicks")
    parser.add_argument("--seconds", type=float, default=60, help="of watching")
    parser.add_argument("--alone", type=float, default=20, help="seconds of training without viewers")
    parser.add_argument("--lines", type=int, default=500, help="on the curve before anybody watches")
    parser.add_argument("--port", type=int, help="of the app; a free one if not given")
    options = parser.parse_args()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(
        f"{os.cpu_count()} cores{load}, {options.viewers} viewers, "
        f"{options.visitors} visitors who think for {options.thinking:g} s",
        flush=True,
    )
    with tempfile.TemporaryDirectory(prefix="alexnet-watching-", ignore_cleanup_errors=True) as home:
        os.environ["ALEXNET_HOME"] = home
        endless = replace(recipe("five_minutes"), cycles=(1000,))
        one = run.create(new("benchmark", "classroom", endless))
        with running_app(options.port, Path(home)) as address:
            queue.bell().ring()
            try:
                seen, figures = asyncio.run(measure(address, one, options))
            finally:
                end(one)
    return 0 if report(seen, figures) else 1


if __name__ == "__main__":
    sys.exit(main())
