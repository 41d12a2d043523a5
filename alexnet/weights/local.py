"""The published networks on this machine: in ``weights`` of the data folder, however they came there.

A file is found by its name, in that folder or in the one of its network. What was read of it lies in the
latter as a file of ours, and is made anew when the file changes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from alexnet.home import folder, place, write_text
from alexnet.sandbox import SANDBOX, Limits
from alexnet.weights.catalogue import PUBLISHED, Published
from alexnet.weights.conversion import Report

LIMITS = Limits(seconds=120, memory=1200 * 2**20)
"""What reading a file may take: the largest one has 244 MB."""

_OURS, _NOTE = "weights.safetensors", "weights.json"


def found() -> list[Published]:
    """The entries of the catalogue whose files are all here."""
    return [entry for entry in PUBLISHED.values() if files(entry) is not None]


def files(entry: Published) -> tuple[Path, ...] | None:
    """Where an entry's files lie; None where one is missing."""
    root = place("weights")
    paths = []
    for file in entry.files:
        here = [path for path in (root / entry.id / file.name, root / file.name) if path.is_file()]
        if not here:
            return None
        paths.append(here[0])
    return tuple(paths)


def weights(entry: Published) -> Path:
    """Where the file of ours lies, once it is made."""
    return place("weights") / entry.id / _OURS


def report(entry: Published) -> Report | None:
    """What was read of an entry's files as they are now; None where they were not read yet."""
    paths = files(entry)
    try:
        note = json.loads((place("weights") / entry.id / _NOTE).read_text(encoding="utf-8"))
        if paths is None or note.pop("stamp") != _stamp(paths) or not weights(entry).is_file():
            return None
        return Report(**note)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def prepare(entry: Published, tick: Callable[[float], None] | None = None) -> Report:
    """Read an entry's files, unless that is done, in a process that is limited.

    Raises:
        DataError: weights_missing; or as ``conversion.store_published``.
        LimitError: Reading it took too much.
    """
    known = report(entry)
    if known is not None:
        return known
    paths = files(entry) or tuple(place("weights") / entry.id / file.name for file in entry.files)
    target = folder("weights") / entry.id
    target.mkdir(exist_ok=True)
    made: Report = SANDBOX.run(
        "alexnet.weights.conversion:store_published",
        entry.id,
        paths,
        target / _OURS,
        limits=LIMITS,
        tick=tick,
    )
    write_text(target / _NOTE, json.dumps({**asdict(made), "stamp": _stamp(paths)}))
    return made


def _stamp(paths: tuple[Path, ...]) -> list[list[int]]:
    return [[path.stat().st_size, path.stat().st_mtime_ns] for path in paths]
