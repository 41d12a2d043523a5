"""A training from where it stands to its end, batch by batch. Loads TensorFlow.

What is written when, so that a trainer killed at any moment loses nothing and says nothing twice: the
metrics' line of an epoch first, then pictures of it (kernels, events, weights), last and in one step the
state. A resumption goes on from the state and declares later lines void.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields

import numpy as np

from alexnet.data.pipeline import training_batches
from alexnet.errors import DataError
from alexnet.training.config import Config
from alexnet.training.data import Part, to_learn, to_test
from alexnet.training.events import Events
from alexnet.training.learner import Learner
from alexnet.training.recorder import Recorder
from alexnet.training.run import Run
from alexnet.training.status import Control
from alexnet.weights import store

STEP_LINES = 0.5
"""Seconds between two lines of the step curve, at least."""

_GLANCE = 0.1  # seconds between two looks at the wishes while paused
_GLANCES_BETWEEN_LOOKS_AROUND = 10


class NotFiniteError(Exception):
    """The loss is no number any more.

    Attributes:
        values: epoch and step, counted from 1, and the rate.
    """

    def __init__(self, **values: float) -> None:
        super().__init__(values)
        self.values = values


class HaltError(Exception):
    """Somebody wants the training to end here; its state is kept."""


class GiveWayError(Exception):
    """The run pauses and others wait: it leaves the slot to them; its state is kept."""


@dataclass
class Place:
    """How far a training is.

    Attributes:
        epoch: Whole epochs done.
        batch: Batches done in this epoch.
        loss: Sum of this epoch's batch losses.
        right: Right answers in this epoch.
        seconds: Spent training in this epoch.
        best: Highest validation accuracy so far.
    """

    epoch: int = 0
    batch: int = 0
    loss: float = 0.0
    right: int = 0
    seconds: float = 0.0
    best: float = -1.0


class Course:
    """One run on its way.

    Args:
        run: The run's folder.
        recorder: Writes what happens.
        wishes: The latest control, asked before every batch.
        others_wait: Does a run wait that could train while this one pauses?
    """

    def __init__(
        self,
        run: Run,
        recorder: Recorder,
        wishes: Callable[[], Control],
        others_wait: Callable[[], bool] = lambda: False,
    ) -> None:
        self.run, self.recorder, self.wishes, self.others_wait = run, recorder, wishes, others_wait
        self.config: Config = run.config()
        self.steps = self.config.steps_per_epoch
        self.learner = Learner(self.config)
        self.place = Place()
        self._curve = _StepCurve(recorder, self.config.recipe.batch)
        self._state = run.path / "state" / "last.safetensors"
        if self._state.exists():
            self._restore()
        elif run.metrics_file.exists():  # broken off before its first state: what was said then is void
            recorder.line("resume", step=0, epoch=0)
        self._progress()

    def travel(self) -> None:
        """Train what is left of the recipe, then test, if the settings say so.

        Raises:
            HaltError, GiveWayError, NotFiniteError: It ends here; see there.
            DataError: The data is missing or damaged.
        """
        training, validation = to_learn(self.config)
        events = Events(self.run.path / "events")
        if self.place.epoch == self.place.batch == 0:
            self.recorder.kernels(0, self.learner.first_kernels())
        try:
            while self.place.epoch < self.config.recipe.epochs:
                rate = self.learn(training, events)
                self._end_of_epoch(validation, events, rate)
        finally:
            events.close()
        if not self.config.test:
            return
        test = self.learner.look(part := to_test(self.config))
        self.recorder.line(
            "test",
            test_accuracy=test.accuracy,
            confusion=test.confusion.tolist(),
            images=len(part.labels),
        )

    def learn(self, training: Part, events: Events) -> float:
        """Train what is left of this epoch; returns the rate of its last step.

        Raises:
            HaltError, GiveWayError, NotFiniteError: See ``travel``.
        """
        place, recipe = self.place, self.config.recipe
        batches = training_batches(
            training.images,
            training.labels,
            size=self.learner.size,
            batch=recipe.batch,
            seed=self.config.seed,
            epoch=place.epoch,
            augment=recipe.augment,
            preparation=recipe.preparation,
        )
        rate = 0.0
        for images, labels in batches.skip(place.batch):
            rate = self._obey()
            begun = time.perf_counter()
            loss, right = self.learner.step(images, labels, rate)
            if not math.isfinite(loss):
                self._curve.flush()  # the losses on the way there are what somebody wants to see
                raise NotFiniteError(
                    epoch=place.epoch + 1, step=place.epoch * self.steps + place.batch + 1, rate=rate
                )
            place.batch, place.loss, place.right = place.batch + 1, place.loss + loss, place.right + right
            place.seconds += time.perf_counter() - begun
            self._progress()
            self._curve.add(self._step, place.epoch + place.batch / self.steps, loss, right, rate)
            events.graph(self.learner, images, labels)
        return rate

    def _end_of_epoch(self, validation: Part, events: Events, rate: float) -> None:
        place, learner = self.place, self.learner
        look = learner.look(validation)
        if not math.isfinite(look.loss):
            raise NotFiniteError(epoch=place.epoch + 1, step=self._step, rate=rate)
        line = {
            "loss": place.loss / self.steps,
            "accuracy": place.right / (self.steps * self.config.recipe.batch),
            "validation_loss": look.loss,
            "validation_accuracy": look.accuracy,
        }
        self._curve.flush()
        self.recorder.line("epoch", epoch=place.epoch + 1, **line, seconds=round(place.seconds, 3))
        events.epoch(place.epoch, learner, line, rate)
        self.recorder.kernels(place.epoch + 1, learner.first_kernels())
        if look.accuracy > place.best:
            learner.write_weights(self.run.weights("best"))
        self.place = Place(place.epoch + 1, best=max(look.accuracy, place.best))
        self.keep()
        self._progress()

    @property
    def _step(self) -> int:
        return self.place.epoch * self.steps + self.place.batch

    def _progress(self) -> None:
        self.recorder.progress(epoch=self.place.epoch, step=self._step)

    def _obey(self) -> float:
        """Stop or pause where that is wanted; else the rate of the next step."""
        control = self.wishes()
        if control.action == "pause":
            control = self._pause()
        if control.action == "stop":
            self._curve.flush()
            self.keep()
            raise HaltError
        if control.rate is not None:
            return control.rate
        return self.config.recipe.rate_at(self.place.epoch + self.place.batch / self.steps)

    def _pause(self) -> Control:
        self._curve.flush()
        self.keep()
        self.recorder.state("paused")
        glances = 0
        while (control := self.wishes()).action == "pause":
            if glances % _GLANCES_BETWEEN_LOOKS_AROUND == 0 and self.others_wait():
                raise GiveWayError
            glances += 1
            time.sleep(_GLANCE)
        self.recorder.state("running")
        self._curve.restart()
        return control

    def keep(self) -> None:
        """Write weights and state as they stand."""
        self.learner.write_weights(self.run.weights("last"))
        place = {f"place/{name}": np.array(value) for name, value in asdict(self.place).items()}
        store.write(self._state, self.learner.state() | place)

    def _restore(self) -> None:
        arrays = store.read(self._state)
        place = {field.name: arrays.pop(f"place/{field.name}", None) for field in fields(Place)}
        if any(value is None or value.shape != () for value in place.values()):
            raise DataError("weights_damaged", file=self._state.name)
        self.learner.restore(arrays)
        self.place = Place(**{name: value.item() for name, value in place.items() if value is not None})
        self.recorder.line("resume", step=self._step, epoch=self.place.epoch)


class _StepCurve:
    """Gathers steps into lines, each with the means since the line before."""

    def __init__(self, recorder: Recorder, batch: int) -> None:
        self._recorder, self._batch = recorder, batch
        self._first = True
        self.restart()

    def restart(self) -> None:
        """Forget the time that passed without training."""
        self._since = time.perf_counter()
        self._losses: list[float] = []
        self._right = self._timed = 0

    def add(self, step: int, epoch: float, loss: float, right: int, rate: float) -> None:
        """One step more; a line when it is time for one."""
        if self._first:  # the first step includes its compilation and says nothing of the speed
            self._first = False
            self._since = time.perf_counter()
        else:
            self._timed += 1
        self._losses.append(loss)
        self._right += right
        self._last = (step, epoch, rate)
        if time.perf_counter() - self._since >= STEP_LINES:
            self.flush()

    def flush(self) -> None:
        """The line of what has been gathered, if anything."""
        if not self._losses:
            return
        step, epoch, rate = self._last
        count = len(self._losses)
        seconds = max(time.perf_counter() - self._since, 1e-6)
        self._recorder.line(
            "step",
            step=step,
            epoch=round(epoch, 6),
            loss=sum(self._losses) / count,
            accuracy=self._right / (count * self._batch),
            rate=rate,
            images_per_second=round(self._timed * self._batch / seconds, 1),
        )
        self.restart()
