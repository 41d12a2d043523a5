"""What run folders say, read once for all viewers: thirty browsers that watch a training read it as one."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from alexnet.architecture.document import to_link
from alexnet.errors import DataError
from alexnet.runs import queue, run
from alexnet.runs.config import Config
from alexnet.runs.estimate import measured_speed
from alexnet.runs.metrics_log import Curves, Line, thinned
from alexnet.runs.run import Run
from alexnet.runs.status import Status

MOST = 500
"""Points of one drawn curve at most."""

_FRESH = 1.0  # seconds for which a list of the runs counts as current


class Seen(NamedTuple):
    """A run's curves at one moment.

    Attributes:
        version: Another number whenever something has changed.
        steps: At most ``MOST`` lines of kind ``step``, evenly chosen.
        epochs: All lines of kind ``epoch``.
        test: The line of the test, once there is one.
        speed: Images a second, the median of the latest lines; None before the first.
        damaged: Lines that could not be read.
    """

    version: int
    steps: tuple[Line, ...]
    epochs: tuple[Line, ...]
    test: Line | None
    speed: float | None
    damaged: int


class Feed:
    """One run's curves, kept up with its file for all who watch."""

    def __init__(self, path: Path) -> None:
        self._curves = Curves(path)
        self._lock = threading.Lock()
        self._seen = Seen(0, (), (), None, None, 0)

    def read(self) -> Seen:
        """The curves as the file now holds them; the same object while nothing is new."""
        with self._lock:
            if self._curves.update():
                curves = self._curves
                latest = sorted(
                    line["images_per_second"] for line in curves.steps[-20:] if line["images_per_second"] > 0
                )
                self._seen = Seen(
                    self._seen.version + 1,
                    tuple(thinned(curves.steps, MOST)),
                    tuple(curves.epochs),
                    curves.test,
                    latest[len(latest) // 2] if latest else None,
                    curves.damaged,
                )
            return self._seen


def feed(one: Run) -> Feed:
    """The feed of a run."""
    return _feed(str(one.metrics_file))


@st.cache_resource(show_spinner=False, max_entries=200)
def _feed(path: str) -> Feed:
    return Feed(Path(path))


@dataclass(frozen=True)
class Entry:
    """A run in a list.

    Attributes:
        run: Its folder.
        status: Where it stands.
        config: Its settings; None when they cannot be read.
    """

    run: Run
    status: Status
    config: Config | None

    @property
    def viewer(self) -> str | None:
        """Whose it is; nobody's when its settings cannot be read."""
        return None if self.config is None else self.config.viewer


@st.cache_resource(show_spinner=False, ttl=_FRESH)
def entries() -> tuple[Entry, ...]:
    """Every run, the newest first, at most a second old. After a change of your own: ``entries.clear()``."""
    found = []
    for one in run.runs():
        try:
            config = one.config()
        except DataError:
            config = None
        found.append(Entry(one, one.state(), config))
    return tuple(found)


@st.cache_resource(show_spinner=False, ttl=_FRESH)
def line() -> tuple[str, ...]:
    """The ids of the runs that wait, the next one first, at most a second old."""
    return tuple(one.id for one in queue.waiting())


def speed(config: Config) -> float:
    """Training speed to expect here of a run's network, images a second; worked out once a minute.

    Raises:
        ShapeError: A layer does not fit.
    """
    return _speed(to_link(config.rows), config)


@st.cache_data(show_spinner=False, ttl=60)
def _speed(rows: str, _config: Config) -> float:
    return measured_speed(_config.rows)


def forget() -> None:
    """Somebody has just changed a run: read anew."""
    entries.clear()
    line.clear()
