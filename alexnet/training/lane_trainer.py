"""One network of a run with all that is its own: the only one, or one of a race. Loads TensorFlow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alexnet.errors import DataError
from alexnet.runs import snapshots
from alexnet.runs.config import Config
from alexnet.runs.run import Run
from alexnet.runs.splits import Part
from alexnet.training.events import Events
from alexnet.training.learner import Evaluation, Learner
from alexnet.training.metrics_writer import Step
from alexnet.training.recorder import Recorder


@dataclass
class Score:
    """What came of a network so far.

    Attributes:
        loss: Sum of this epoch's batch losses.
        right: Right answers in this epoch.
        best: Highest validation accuracy so far.
        failed: The step, counted from 1, at which its loss was not finite; 0 while it learns.
    """

    loss: float = 0.0
    right: int = 0
    best: float = -1.0
    failed: int = 0


class LaneTrainer:
    """A network that learns, and its files in the run's folder.

    The only network of a run keeps its weights, its first-layer kernels and its events in the run's folders
    for them. One of a race keeps no weights but those of the common state, and its events in a folder of its
    lane.

    Args:
        run: The run's folder.
        recorder: Writes what happens.
        config: This network's settings, see ``Config.each``.
        lane: Of a race, counted from 1; None: it is the only one.
    """

    def __init__(self, run: Run, recorder: Recorder, config: Config, lane: int | None) -> None:
        self.run, self.recorder, self.config, self.lane = run, recorder, config, lane
        self.learner = Learner(config)
        self.score = Score()
        self.last_rate = 0.0
        self._events: Events | None = None
        self._prefix = "" if lane is None else f"lane{lane}/"

    def begin(self, *, anew: bool) -> None:
        """Open its files; ``anew``: nothing has been learned yet."""
        folder = self.run.path / "events"
        self._events = Events(folder if self.lane is None else folder / f"lane{self.lane}")
        if anew and self.lane is None:
            self._snapshot(0)

    def close(self) -> None:
        """Close its files."""
        if self._events is not None:
            self._events.close()

    def rate(self, epoch: float, by_hand: float | None) -> float:
        """Its learning rate after so many epochs, a fraction."""
        return self.config.recipe.rate_at(epoch) if by_hand is None else by_hand

    def step(self, images: Any, labels: Any, rate: float) -> Step:
        """Learn from one batch; see ``Learner.step``."""
        self.last_rate = rate
        return Step(*self.learner.step(images, labels, rate), rate)

    def count(self, step: Step, images: Any, labels: Any) -> None:
        """Take a step into the epoch's sums."""
        self.score.loss += step.loss
        self.score.right += step.right
        if self._events is not None:
            self._events.graph(self.learner, images, labels)

    def line(self, kind: str, **values: object) -> None:
        """A line of the metrics, which says whose it is in a race."""
        self.recorder.line(kind, **({} if self.lane is None else {"lane": self.lane}), **values)

    def end_of_epoch(self, epoch: int, steps: int, evaluation: Evaluation, seconds: float) -> None:
        """Say what came of an epoch, counted from 1, and keep pictures of it.

        Args:
            epoch: Which.
            steps: Batches in it.
            evaluation: On the validation images.
            seconds: Spent training in it.
        """
        line = {
            "loss": self.score.loss / steps,
            "accuracy": self.score.right / (steps * self.config.recipe.batch),
            "validation_loss": evaluation.loss,
            "validation_accuracy": evaluation.accuracy,
        }
        self.line("epoch", epoch=epoch, **line, seconds=round(seconds, 3))
        if self._events is not None:
            self._events.epoch(epoch - 1, self.learner, line, self.last_rate)
        if self.lane is None:
            if snapshots.kept(epoch, self.config.recipe.epochs):
                self._snapshot(epoch)
            if evaluation.accuracy > self.score.best:
                self.learner.write_weights(self.run.weights("best"))
        self.score = Score(best=max(evaluation.accuracy, self.score.best))

    def _snapshot(self, epoch: int) -> None:
        """Keep the first layer, or as many of its kernels as a snapshot has room for."""
        kernels, chosen = self.learner.first_kernels(), snapshots.numbers(self.config.rows)
        self.recorder.kernels(epoch, kernels if chosen is None else kernels[..., chosen])

    def follow(self, part: Part, step: int, epoch: float) -> None:
        """Say what it now answers for the photographs that are followed."""
        probabilities = self.learner.answers(part.images)
        if not np.isfinite(probabilities).all():  # which the next loss says better
            return
        answers = probabilities.argmax(axis=1)
        self.line(
            "answers",
            step=step,
            epoch=round(epoch, 6),
            answers=answers.tolist(),
            sure=[round(float(one), 3) for one in probabilities.max(axis=1)],
            truth=part.labels.tolist(),
        )

    def test(self, part: Part) -> None:
        """Evaluate it on the test images, and write down how it did."""
        evaluation = self.learner.evaluate(part)
        self.line(
            "test",
            test_accuracy=evaluation.accuracy,
            confusion=evaluation.confusion.tolist(),
            images=len(part.labels),
        )

    def keep(self) -> dict[str, NDArray[Any]]:
        """All that an exact resumption needs, by name; the only network's weights also as a file."""
        if self.lane is None:
            self.learner.write_weights(self.run.weights("last"))
        score = {f"place/{name}": np.array(value) for name, value in asdict(self.score).items()}
        return {f"{self._prefix}{name}": array for name, array in (self.learner.state() | score).items()}

    def restore(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Go on from what was kept.

        Args:
            arrays: Those of every network of the run.

        Raises:
            DataError: weights_damaged, or those of ``Learner.restore``.
        """
        own = {
            name.removeprefix(self._prefix): array
            for name, array in arrays.items()
            if name.startswith(self._prefix)
        }
        # A state of an earlier version has no word on failing: what failed was never kept then.
        own.setdefault("place/failed", np.array(0))
        self.score = taken(Score, own)
        self.learner.restore(own)


def taken(kind: type[Any], arrays: dict[str, NDArray[Any]]) -> Any:
    """A dataclass of numbers from ``place/<field>``, which are taken out of ``arrays``.

    Raises:
        DataError: weights_damaged; one is missing, or is no number.
    """
    found = {field.name: arrays.pop(f"place/{field.name}", None) for field in fields(kind)}
    if any(value is None or value.shape != () for value in found.values()):
        raise DataError("weights_damaged", file="last.safetensors")
    return kind(**{name: value.item() for name, value in found.items() if value is not None})
