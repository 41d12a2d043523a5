"""Recorded trainings that ship with the app, and what they had said after so many seconds. No TensorFlow.

``assets/runs/<id>/`` holds ``config.json`` (of no viewer), ``status.json`` and ``metrics.jsonl`` as a run's
folder does; ``first_layer.safetensors``, the first layer after each epoch, named by it (``000`` is before
training); and a README that says how the run was made. There are no weights: nothing can be predicted or
resumed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, cast, get_args

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from alexnet.errors import ChoiceError, DataError
from alexnet.home import ASSETS
from alexnet.runs.config import Config
from alexnet.runs.metrics_log import Curves, Line
from alexnet.runs.run import Run, read_json
from alexnet.runs.status import Status

RecordedId = Literal["learning_well", "overfitting", "stuck_at_chance", "diverging"]
RECORDED: tuple[RecordedId, ...] = get_args(RecordedId)
"""The recorded runs in the order in which a lesson shows them, each named after what it does."""

RACE = "race"
"""The recorded race: four initializers in one run, without kernels."""

FOLDER = ASSETS / "runs"
KERNELS = "first_layer.safetensors"

FIRST = 0.5
"""Seconds of training before the first line: the trainer writes a line twice a second."""

LONGEST_GAP = 5.0
"""A longer silence between two lines, as after a pause or a resumption, counts as so many seconds."""


class RecordedRun(Run):
    """A recorded run, read as a run's folder is; what can be damaged was looked at by ``recorded``."""

    def config(self) -> Config:
        """What the run was asked to do.

        Raises:
            DataError: config_damaged.
        """
        # Its folder is named after what it shows, not after the run's id.
        return Config.from_json(read_json(self.path / "config.json"))

    def state(self) -> Status:
        """Where it ended: no trainer is at work on it."""
        return self.status()

    @property
    def resumable(self) -> bool:
        """Never: it has no weights."""
        return False

    def snapshots(self) -> tuple[int, ...]:
        """The epochs of which there are first-layer kernels; 0 is before training. None if damaged."""
        try:
            with safe_open(self.path / KERNELS, framework="numpy") as file:
                names = list(file.keys())
        except (SafetensorError, OSError):
            return ()
        return tuple(sorted(int(name) for name in names if name.isascii() and name.isdigit()))

    def kernels(self, epoch: int) -> NDArray[np.float32]:
        """First-layer kernels after so many epochs: ``(height, width, channels, kernels)``, all towers.

        Raises:
            DataError: kernels_unreadable; there are none of that epoch, or the file is not whole.
        """
        try:
            with safe_open(self.path / KERNELS, framework="numpy") as file:
                array = file.get_tensor(f"{epoch:03d}")
        except (SafetensorError, OSError) as error:
            raise DataError("kernels_unreadable", epoch=epoch) from error
        return cast(NDArray[np.float32], array.astype(np.float32))


def recorded(id: str) -> RecordedRun:
    """The recorded run of that id, whole.

    Raises:
        ChoiceError: recorded_unknown.
        DataError: recorded_damaged; a file of it is missing or damaged.
    """
    if id not in (*RECORDED, RACE):
        raise ChoiceError("recorded_unknown", id=id[:40], known=", ".join(RECORDED))
    run = RecordedRun(FOLDER / id)
    try:
        run.config()
    except DataError as error:
        raise DataError("recorded_damaged", run=id, file="config.json") from error
    if run.status().state not in ("finished", "failed"):
        raise DataError("recorded_damaged", run=id, file="status.json")
    metrics = run.metrics()
    if not metrics.lines or metrics.damaged:
        raise DataError("recorded_damaged", run=id, file="metrics.jsonl")
    if id != RACE and not run.snapshots():
        raise DataError("recorded_damaged", run=id, file=KERNELS)
    return run


class Excerpt(NamedTuple):
    """Curves as they stood at some moment.

    Attributes:
        steps, epochs: The lines of these kinds so far.
        test: The test's line, if it had come.
    """

    steps: tuple[Line, ...]
    epochs: tuple[Line, ...]
    test: Line | None

    @property
    def lines(self) -> int:
        """How many lines there are: another number at every moment at which something is new."""
        return len(self.steps) + len(self.epochs) + (self.test is not None)


class Timeline:
    """A run's curves by seconds of training time, which begins ``FIRST`` seconds before the first line.

    Args:
        curves: Kept up with the file. Lines that a resumption made void are no longer among them.

    Attributes:
        length: Seconds from the beginning to the last line; 0 when there is no line.
    """

    def __init__(self, curves: Curves) -> None:
        test = [] if curves.test is None else [curves.test]
        # A stable sort: of two lines of the same moment the step's comes first, as it was written.
        lines = sorted([*curves.steps, *curves.epochs, *test], key=lambda line: line["time"])
        seconds = _seconds([line["time"] for line in lines])
        self.length = seconds[-1] if seconds else 0.0
        self._moments = {
            kind: [moment for moment, line in zip(seconds, lines, strict=True) if line["kind"] == kind]
            for kind in ("step", "epoch", "test")
        }
        self._steps, self._epochs, self._test = (
            tuple(line for line in lines if line["kind"] == kind) for kind in self._moments
        )

    def until(self, seconds: float) -> Excerpt:
        """What had been said after so many seconds of training time, the moment itself included."""
        steps, epochs, test = (bisect_right(moments, seconds) for moments in self._moments.values())
        return Excerpt(self._steps[:steps], self._epochs[:epochs], self._test[0] if test else None)

    def end_of(self, epoch: int) -> float:
        """After how many seconds that epoch, counted from 1, had been looked at; 0 for epoch 0.

        Raises:
            IndexError: The run has no such epoch.
        """
        return self._moments["epoch"][epoch - 1] if epoch else 0.0


def _seconds(times: Sequence[float]) -> list[float]:
    """Times of the clock, rising, as seconds of training time."""
    if not times:
        return []
    seconds = [FIRST]
    for before, now in pairwise(times):
        seconds.append(seconds[-1] + min(now - before, LONGEST_GAP))
    return seconds
