"""A computer that sleeps while it trains: trainer and worker held for longer than a silence may last.

The run counts as broken off meanwhile, and goes on by itself to the weights of a run that nobody disturbed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from alexnet.runs import queue
from alexnet.runs.status import STALE
from tools import kills

LONGER = 10.0
"""Seconds of sleep beyond ``STALE``."""


@dataclass(frozen=True)
class Sleep:
    """What was seen.

    Attributes:
        seconds: How long everything was held.
        asleep: State of the run just before it woke up.
        awake: Seconds until it counted as at work again.
        problems: What should not be, in words; empty when all is well.
    """

    seconds: float
    asleep: str
    awake: float
    problems: tuple[str, ...]


def sleep(expected: dict[str, bytes], seconds: float = STALE + LONGER) -> Sleep:
    """Hold the trainer and the worker of a short training for so long, and see the run to its end.

    Args:
        expected: Of ``kills.undisturbed``.
        seconds: More than ``STALE``.
    """
    problems: list[str] = []
    with kills.hosting(app=False) as (worker, _):
        one = queue.submit(kills.short("asleep"))
        if not kills.until(lambda: one.status().has_process):
            problems.append("no trainer came")
        held = [worker, *kills.trainers(one)]
        for process in held:
            process.suspend()
        time.sleep(seconds)
        asleep = one.state()
        if not asleep.silent:
            problems.append(f"asleep, but {asleep.state}, {asleep.reason}")
        for process in held:
            process.resume()
        woken = time.monotonic()
        if not kills.until(lambda: one.state().active or one.state().state == "finished"):
            problems.append(f"awake, but {one.state()}")
        awake = time.monotonic() - woken
        kills.until(lambda: one.state().state == "finished")
        problems += kills.at_the_end(one, expected)
    return Sleep(seconds, f"{asleep.state} {asleep.reason}", round(awake, 2), tuple(problems))
