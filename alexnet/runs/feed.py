"""A run's metrics, read once for all who watch: thirty browsers and four lanes are one reader of one file."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from pathlib import Path
from statistics import median_high
from typing import NamedTuple

from alexnet.runs.metrics_log import Curves, Line, Lines, thinned

MOST = 500
"""Points of one drawn curve at most."""

LOOKS = 60
"""Moments at which the answers for the photographs are shown at most."""

_LATEST = 20  # lines that say how fast a training is now
_VERSIONS = count(1)  # of all feeds, so that one that was let go of and made anew repeats none


class Seen(NamedTuple):
    """What a run, or one lane of a race, has said up to one moment.

    Attributes:
        version: Another number whenever the run has said something new.
        steps: At most ``MOST`` lines of kind ``step``, evenly chosen.
        epochs: All lines of kind ``epoch``.
        test: The line of the test, once there is one.
        failed: The line of a lane that ended early.
        speed: Images a second, the median of the latest lines; None before the first.
        damaged: Lines of the file that could not be read.
        answers: At most ``LOOKS`` lines of kind ``answers``, evenly chosen.
    """

    version: int
    steps: tuple[Line, ...]
    epochs: tuple[Line, ...]
    test: Line | None = None
    failed: Line | None = None
    speed: float | None = None
    damaged: int = 0
    answers: tuple[Line, ...] = ()


class Feed:
    """One run's metrics, kept up with their file. Any thread may ask.

    Args:
        path: The file; it need not be there yet.
    """

    def __init__(self, path: Path) -> None:
        self._curves = Curves(path)
        self._lock = threading.Lock()
        self._version = 0
        self._seen: dict[int, Seen] = {}  # by lane, 0 for the whole run, as far as somebody has asked

    def read(self) -> Seen:
        """The run as its file now has it, all lanes together; the same object while nothing is new."""
        with self._lock:
            self._update()
            return self._look(0, self._curves)

    def lanes(self, number: int) -> tuple[Seen, ...]:
        """Each of so many lanes of a race, in their order, all at the same moment."""
        with self._lock:
            self._update()
            return tuple(self._look(lane, self._curves.lane(lane)) for lane in range(1, number + 1))

    def median_speed(self) -> float | None:
        """Images a second, the median of all lines; None before the first."""
        with self._lock:
            self._update()
            return _speed(self._curves.steps)

    def _update(self) -> None:
        if self._curves.update():
            self._version = next(_VERSIONS)
            self._seen.clear()

    def _look(self, lane: int, lines: Lines) -> Seen:
        if lane not in self._seen:
            self._seen[lane] = Seen(
                self._version,
                tuple(thinned(lines.steps, MOST)),
                tuple(lines.epochs),
                lines.test,
                lines.failed,
                _speed(lines.steps[-_LATEST:]),
                self._curves.damaged,
                tuple(thinned(lines.answers, LOOKS)),
            )
        return self._seen[lane]


def _speed(steps: Sequence[Line]) -> float | None:
    speeds = [line["images_per_second"] for line in steps if line["images_per_second"] > 0]
    return median_high(speeds) if speeds else None


@lru_cache(maxsize=200)
def feed(path: Path) -> Feed:
    """The feed of a run's ``metrics_file``, the same one for everybody."""
    return Feed(path)
