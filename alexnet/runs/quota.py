"""How much disk the runs may take: each viewer's, and all of them together."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from alexnet.errors import DataError, InputError, ShapeError
from alexnet.home import GB, allowance, home
from alexnet.runs.config import Config
from alexnet.runs.estimate import estimate, usual_speed
from alexnet.runs.run import Run, runs

VIEWER = ("ALEXNET_VIEWER_GB", 2.0)
"""The setting for what the runs of one viewer may take, and what it is where it is not set."""

SERVER = ("ALEXNET_RUNS_GB", 20.0)
"""The same for all runs of this data folder."""

RESERVE = GB // 2
"""Bytes of the disk that a new run leaves free, whatever the settings say."""


@dataclass(frozen=True)
class Taken:
    """Bytes that runs take.

    Attributes:
        all: Every run's together.
        viewers: By viewer; a run whose settings cannot be read is nobody's.
    """

    all: int = 0
    viewers: Mapping[str, int] = field(default_factory=dict)


def limit(setting: tuple[str, float]) -> int:
    """Bytes of ``VIEWER`` or ``SERVER``; what is no positive number counts as not set, as the log says."""
    return allowance(*setting)


def taken() -> Taken:
    """What the runs take now, those that are not over with what they are still going to write."""
    viewers: Counter[str] = Counter()
    nobodys = 0
    for run in runs():
        try:
            config = run.config()
        except DataError:
            nobodys += size(run)
            continue
        viewers[config.viewer] += size(run) + (more(run) if run.status().active else 0)
    return Taken(nobodys + sum(viewers.values()), viewers)


def expected(config: Config) -> int:
    """Bytes that a run of these settings leaves behind at its end, about.

    Raises:
        ShapeError: A layer does not fit.
    """
    return estimate(config, usual_speed(config.rows)).disk


def more(run: Run) -> int:
    """Bytes that a run is still going to write, about; 0 where nobody can say."""
    return max(0, _expected(run.path) - size(run))


@lru_cache(maxsize=4096)
def _expected(path: Path) -> int:
    """The same of a run's folder, worked out once, as its settings are written once."""
    try:
        return expected(Run(path).config())
    except (DataError, ShapeError):
        return 0


def size(run: Run) -> int:
    """Bytes of a run's files. Of one that is over they are counted once."""
    try:
        written = (run.path / "status.json").stat().st_mtime_ns
    except OSError:
        return _size(run.path)
    return _size(run.path) if run.status().active else _remembered(run.path, written)


@lru_cache(maxsize=4096)
def _remembered(path: Path, _written: int) -> int:
    return _size(path)


def _size(path: Path) -> int:
    total = 0
    for folder, _, names in os.walk(path):
        for name in names:
            try:
                total += Path(folder, name).stat().st_size
            except OSError:  # it was replaced at this moment
                continue
    return total


def check(viewer: str, more: int, now: Taken) -> None:
    """May a viewer's runs take so many bytes more?

    Args:
        viewer: Whose.
        more: Bytes that a training is going to write, see ``expected``.
        now: What is taken already.

    Raises:
        InputError: quota_viewer, quota_server or disk_short.
    """
    own, most = now.viewers.get(viewer, 0), limit(VIEWER)
    if own + more > most:
        raise InputError("quota_viewer", taken=own / GB, more=more / GB, most=most / GB)
    most = limit(SERVER)
    if now.all + more > most:
        raise InputError("quota_server", taken=now.all / GB, more=more / GB, most=most / GB)
    try:
        free = shutil.disk_usage(home()).free
    except OSError:  # there is no data folder yet
        return
    if more > free - RESERVE:
        raise InputError("disk_short", free=free / GB, more=more / GB, reserve=RESERVE / GB)
