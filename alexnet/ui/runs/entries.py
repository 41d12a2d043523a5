"""The runs and their queue, looked at once a second for all viewers: thirty browsers look as one."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from alexnet.architecture.document import to_link
from alexnet.errors import DataError
from alexnet.runs import queue, quota, run
from alexnet.runs.config import Config
from alexnet.runs.estimate import gain, measured_speed
from alexnet.runs.quota import Taken
from alexnet.runs.run import Run
from alexnet.runs.status import Status

_COUNTED = 10.0  # seconds for which the files' sizes do
_FRESH = 1.0  # seconds for which a list of the runs counts as current


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
def every() -> tuple[Entry, ...]:
    """Every run, the newest first, at most a second old. After a change of your own: ``forget``."""
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


@st.cache_resource(show_spinner=False, ttl=_COUNTED)
def taken() -> Taken:
    """Bytes that the runs take, some seconds old: to be shown, and to warn by."""
    return quota.taken()


def speed(config: Config) -> float:
    """Training speed to expect here of a run's network, images a second; once a minute.

    One whose convolutions are frozen is faster.

    Raises:
        ShapeError: A layer does not fit.
    """
    return _speed(to_link(config.rows), config.recipe.batch, config) * gain(config)


@st.cache_data(show_spinner=False, ttl=60)
def _speed(rows: str, batch: int, _config: Config) -> float:
    return measured_speed(_config.rows, batch)


def forget() -> None:
    """Somebody has just changed a run: read anew."""
    every.clear()
    taken.clear()
    line.clear()
