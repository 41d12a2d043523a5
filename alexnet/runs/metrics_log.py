"""``metrics.jsonl``: what a training said as it went along, read while it is still being written.

Each line is one JSON object with its ``kind``:

    step    step, epoch (a fraction), loss, accuracy (both means since the line before), rate,
            images_per_second (0 for a line of the compiling first step alone), time; at most two a second
    epoch   epoch, loss, accuracy, validation_loss, validation_accuracy, seconds, time
    resume  step, epoch, time: the training went on from there, and what was said of later steps is void
    failed  step, epoch, rate, time: this lane's loss is no number any more; the others go on
    test    test_accuracy, confusion (rows: true class, columns: answer), images, time; once, at the end

In a race every line but ``resume`` also says whose it is: ``lane``, counted from 1.

A reader stops at the last line feed, so a line that is half written is read the next time. A damaged line
in the middle is left out and counted.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Line = Mapping[str, Any]

NUMBERS: Mapping[str, tuple[str, ...]] = {
    "step": ("step", "epoch", "loss", "accuracy", "rate", "images_per_second", "time"),
    "epoch": (
        *("epoch", "loss", "accuracy"),
        *("validation_loss", "validation_accuracy", "seconds", "time"),
    ),
    "resume": ("step", "epoch", "time"),
    "failed": ("step", "epoch", "rate", "time"),
    "test": ("test_accuracy", "images", "time"),
}
"""What a line of each kind must hold, as finite numbers."""


@dataclass(frozen=True)
class Metrics:
    """Some lines of a run.

    Attributes:
        lines: In their order.
        offset: Bytes read so far: where to go on.
        damaged: Lines that were left out.
    """

    lines: tuple[Line, ...]
    offset: int
    damaged: int


def read(path: Path, after: int = 0) -> Metrics:
    """The lines of a file of metrics from byte ``after`` on; none if there is no such file."""
    try:
        with path.open("rb") as file:
            file.seek(after)
            content = file.read()
    except OSError:
        return Metrics((), after, 0)
    return parse(content, after)


def parse(content: bytes, after: int = 0) -> Metrics:
    """The whole lines of ``content``, which stands at byte ``after`` of its file."""
    end = content.rfind(b"\n") + 1
    lines = [_line(raw) for raw in content[:end].split(b"\n")[:-1]]
    whole = tuple(line for line in lines if line is not None)
    return Metrics(whole, after + end, len(lines) - len(whole))


def _line(raw: bytes) -> Line | None:
    try:
        line = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(line, dict):
        return None
    kind = line.get("kind")
    names = NUMBERS.get(kind) if isinstance(kind, str) else None
    if names is None or not all(_number(line.get(name)) for name in names):
        return None
    if kind == "test" and not _square(line.get("confusion")):
        return None
    return line


def _number(value: object) -> bool:
    try:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:  # a whole number beyond what a float holds
        return False


def _square(table: object) -> bool:
    return (
        isinstance(table, list)
        and len(table) > 0
        and all(isinstance(row, list) and len(row) == len(table) for row in table)
        and all(type(count) is int and count >= 0 for row in table for count in row)
    )


class Curves:
    """A run's curves, kept up with the file.

    Args:
        path: The file.
        lane: Of a race, whose lines to keep, counted from 1; None keeps every line.

    Attributes:
        steps, epochs: The lines of these kinds that hold, after every resumption.
        test: The test's line, once there is one.
        failed: The line of a lane that ended early.
        damaged: Lines left out so far.
    """

    def __init__(self, path: Path, lane: int | None = None) -> None:
        self.path, self.lane = path, lane
        self._begin()

    def _begin(self) -> None:
        self.steps: list[Line] = []
        self.epochs: list[Line] = []
        self.test: Line | None = None
        self.failed: Line | None = None
        self.damaged = 0
        self._offset = 0

    def update(self) -> bool:
        """Read what is new; False when nothing is."""
        if (size := _size(self.path)) < self._offset:  # another file of the same name: begin again
            self._begin()
        if size == self._offset:
            return False
        news = read(self.path, self._offset)
        changed = news.offset > self._offset
        self._offset = news.offset
        self.damaged += news.damaged
        for line in news.lines:
            self._take(line)
        return changed

    def _take(self, line: Line) -> None:
        if self.lane is not None and line.get("lane", self.lane) != self.lane:
            return
        match line["kind"]:
            case "step":
                self.steps.append(line)
            case "epoch":
                self.epochs.append(line)
            case "resume":
                self.steps = [one for one in self.steps if one["step"] <= line["step"]]
                self.epochs = [one for one in self.epochs if one["epoch"] <= line["epoch"]]
                self.test = None
                if self.failed is not None and self.failed["step"] > line["step"]:
                    self.failed = None
            case "test":
                self.test = line
            case "failed":
                self.failed = line


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def thinned(lines: Sequence[Line], most: int = 500) -> list[Line]:
    """At most so many of the lines, evenly chosen, always with the first and the last.

    Args:
        lines: Of one kind, in order.
        most: 2 or more.
    """
    if len(lines) <= most:
        return list(lines)
    stride = (len(lines) - 1) / (most - 1)
    return [lines[round(index * stride)] for index in range(most)]
