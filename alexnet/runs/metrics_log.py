"""``metrics.jsonl``: what a training said as it went along, read while it is still being written.

Each line is one JSON object with its ``kind``:

    step    step, epoch (a fraction), loss, accuracy (both means since the line before), rate,
            images_per_second (0 for a line of the compiling first step alone), time; at most two a second
    epoch   epoch, loss, accuracy, validation_loss, validation_accuracy, seconds, time
    resume  step, epoch, time: the training went on from there, and what was said of later steps is void
    answers step, epoch (a fraction), answers (a class each), sure (the probability of that class), truth (the
            right class), time: what the network says of the photographs of ``Run.photographs``
    failed  step, epoch, rate, time: this lane's loss is not finite; the others go on
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
    "answers": ("step", "epoch", "time"),
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
    if kind == "answers" and not _answers(line):
        return None
    return line


def _answers(line: Mapping[str, Any]) -> bool:
    answers, sure, truth = (line.get(name) for name in ("answers", "sure", "truth"))
    if not (isinstance(answers, list) and isinstance(sure, list) and isinstance(truth, list)):
        return False
    whole = all(type(one) is int and one >= 0 for one in (*answers, *truth))
    return whole and all(map(_number, sure)) and len(answers) == len(sure) == len(truth)


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


class Lines:
    """What a run, or one lane of a race, has said that holds, after every resumption.

    Attributes:
        steps, epochs, answers: The lines of these kinds, in their order.
        test: The test's line, once there is one.
        failed: The line of a lane that ended early.
    """

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget every line."""
        self.steps: list[Line] = []
        self.epochs: list[Line] = []
        self.answers: list[Line] = []
        self.test: Line | None = None
        self.failed: Line | None = None

    def take(self, line: Line) -> None:
        """Add the next line, or let a resumption void those that it came back behind."""
        match line["kind"]:
            case "step":
                self.steps.append(line)
            case "epoch":
                self.epochs.append(line)
            case "answers":
                # Broken off before its first state and begun anew, it says what it began with twice.
                self.answers = [one for one in self.answers if one["step"] < line["step"]] + [line]
            case "resume":
                self.steps = [one for one in self.steps if one["step"] <= line["step"]]
                self.epochs = [one for one in self.epochs if one["epoch"] <= line["epoch"]]
                self.answers = [one for one in self.answers if one["step"] <= line["step"]]
                self.test = None
                if self.failed is not None and self.failed["step"] > line["step"]:
                    self.failed = None
            case "test":
                self.test = line
            case "failed":
                self.failed = line


class Curves(Lines):
    """A run's lines, those of all lanes together and of each, kept up with the file.

    Args:
        path: The file.

    Attributes:
        damaged: Lines left out so far.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__()

    def clear(self) -> None:
        """Forget every line, and begin again with the file."""
        super().clear()
        self._lanes: dict[int, Lines] = {}
        self.damaged = 0
        self._offset = 0

    def lane(self, number: int) -> Lines:
        """What a lane of a race, counted from 1, has said; no lines while it has said nothing."""
        return self._lanes.get(number, Lines())

    def update(self) -> bool:
        """Read what is new; False when nothing is."""
        size = _size(self.path)
        if other := size < self._offset:  # another file of the same name: begin again
            self.clear()
        if size == self._offset:
            return other
        news = read(self.path, self._offset)
        changed = other or news.offset > self._offset
        self._offset = news.offset
        self.damaged += news.damaged
        for line in news.lines:
            self.take(line)
        return changed

    def take(self, line: Line) -> None:
        """Add the next line, to its lane as well; a resumption is every lane's."""
        super().take(line)
        lane = line.get("lane")
        if line["kind"] == "resume":
            for lines in self._lanes.values():
                lines.take(line)
        elif type(lane) is int:  # a file may hold anything there
            self._lanes.setdefault(lane, Lines()).take(line)


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
