"""What belongs to nobody is cleared away: halves of deleted runs, files that were never finished.

A viewer's runs are never touched, however old: who comes back after the holidays finds them.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from alexnet.home import home, place
from alexnet.runs.config import RUN_ID
from alexnet.runs.run import Run

_LOG = logging.getLogger("alexnet.training")

AGE = 24 * 3600.0
"""Seconds for which nothing has been written to what is cleared: nobody is at work on it any more."""

EVERY = 3600.0
"""Seconds between two clearings."""


def clear(now: float | None = None) -> int:
    """Remove what belongs to nobody, each with a line in the log; how many things that were."""
    count = 0
    for path in _leftovers(time.time() if now is None else now):
        try:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        except OSError as error:
            _LOG.warning("Not cleared away: %s (%s)", path, error)
        else:
            count += 1
            _LOG.info("Cleared away: %s", path)
    return count


def _leftovers(now: float) -> Iterator[Path]:
    for path in list(_inside(place("runs"))):
        if path.name.startswith(".deleted-") and path.is_dir():
            yield path  # half of it is gone already, and nobody finds the rest
        elif RUN_ID.fullmatch(path.name) and path.is_dir():
            if (path / "config.json").exists():
                yield from (file for file in _parts(path) if _age(file, now) > AGE)
            # Its making was broken off, or its trainer wrote once more after it was deleted.
            elif _age(path, now) > AGE and not Run(path).status().has_process:
                yield path
    for path in _inside(home()):
        if path.name != "runs" and path.is_dir():
            yield from (file for file in _parts(path) if _age(file, now) > AGE)


def _inside(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(folder.iterdir())
    except OSError:
        return


def _parts(folder: Path) -> Iterator[Path]:
    """Files that ``alexnet.home.write_bytes`` had not yet put in their place."""
    yield from sorted(folder.rglob(".*.part"))


def _age(path: Path, now: float) -> float:
    try:
        return now - path.stat().st_mtime
    except OSError:  # it is gone
        return 0.0
