"""A training from where it stands to its end, batch by batch. Loads TensorFlow.

What is written when, so that a trainer killed at any moment says nothing twice: the metrics' line of an epoch
first, then pictures of it (kernels, events, weights), last and in one step the state. A resumption goes on
from the state and declares later lines void. Where writing the state is slow, not every epoch has one: what
came after it is then learned again, to the same end unless somebody changes the rate by hand.

A race is the same loop: every network that still learns takes each batch in turn.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from alexnet.data.augmentation import Augmenter
from alexnet.data.pipeline import training_batches
from alexnet.errors import DataError
from alexnet.runs import trained_beginning
from alexnet.runs.beginning import Beginning
from alexnet.runs.config import Config
from alexnet.runs.run import Run
from alexnet.runs.splits import Part, augmenter_of, to_follow, to_learn, to_test
from alexnet.runs.status import Control
from alexnet.training.lane_trainer import LaneTrainer, taken
from alexnet.training.metrics_writer import MetricsWriter
from alexnet.training.recorder import Recorder
from alexnet.weights import store

_GLANCE = 0.1  # seconds between two looks at the control while paused
_GLANCES_BETWEEN_LOOKS_AROUND = 10
_SOON_KEPT = 2.0  # seconds of writing that every epoch may take
_EPOCHS_FOLLOWED = 200  # a longer training would fill its metrics with answers
_SHARE_OF_KEEPING = 0.1  # of the time, where writing takes longer: a wide network's state is half a gigabyte


class NotFiniteError(Exception):
    """The loss is not finite, in a race the last one's.

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
        seconds: Spent training in this epoch.
    """

    epoch: int = 0
    batch: int = 0
    seconds: float = 0.0


class Loop:
    """One run on its way.

    Args:
        run: The run's folder.
        recorder: Writes what happens.
        control: The latest control, asked before every batch.
        others_wait: Does a run wait that could train while this one pauses?
    """

    def __init__(
        self,
        run: Run,
        recorder: Recorder,
        control: Callable[[], Control],
        others_wait: Callable[[], bool] = lambda: False,
    ) -> None:
        self.run, self.recorder, self.control, self.others_wait = run, recorder, control, others_wait
        self.config: Config = run.config()
        self.steps = self.config.steps_per_epoch
        self.trainers = [
            LaneTrainer(run, recorder, config, lane if self.config.lanes else None)
            for lane, config in enumerate(self.config.each, start=1)
        ]
        self.place = Place()
        self._followed: Part | None = None
        self._augmenter: Augmenter | None = None
        by_lane = {trainer.lane: trainer for trainer in self.trainers}
        self._curve = MetricsWriter(
            lambda lane, values: by_lane[lane].line("step", **values), self.config.recipe.batch
        )
        self._state = run.path / "state" / "last.safetensors"
        self._writing, self._written = 0.0, time.monotonic()  # how long it last took, and when it ended
        if self._state.exists():
            self._restore()
        else:
            if run.metrics_file.exists():  # broken off before its first state: what was said then is void
                recorder.line("resume", step=0, epoch=0)
            if self.config.beginning is not None:
                self._begin(self.config.beginning)
        self._progress()

    def _begin(self, beginning: Beginning) -> None:
        """Take a trained network's weights, and keep them at once: from now on it may be deleted.

        Raises:
            DataError: beginning_gone; its weights are deleted, damaged or another network's.
        """
        arrays = trained_beginning.weights(self.config)
        (trainer,) = self.trainers  # a race has no beginning
        try:
            trainer.learner.begin_from(arrays, beginning.anew)
        except DataError as error:
            raise DataError("beginning_gone", id=beginning.source) from error
        self.keep()

    @property
    def going(self) -> list[LaneTrainer]:
        """The networks whose loss is a number."""
        return [trainer for trainer in self.trainers if not trainer.score.failed]

    def train(self) -> None:
        """Train what is left of the recipe, then test, if the settings say so.

        Raises:
            HaltError, GiveWayError, NotFiniteError: It ends here; see there.
            DataError: The data is missing or damaged.
        """
        training, validation = to_learn(self.config)
        self._augmenter = augmenter_of(self.config, training)
        anew = self.place.epoch == self.place.batch == 0
        try:
            for trainer in self.trainers:
                trainer.begin(anew=anew)
            # Nobody is to see a trial's answers for test pictures, and a race has its own picture.
            if self.config.test and not self.config.lanes:
                self._followed = to_follow(self.config)
                self.recorder.photographs(self._followed.images)
            if anew:
                self._follow()
            while self.place.epoch < self.config.recipe.epochs:
                self.learn(training)
                self._end_of_epoch(validation)
        finally:
            for trainer in self.trainers:
                trainer.close()
        if self.config.test:
            part = to_test(self.config)
            for trainer in self.going:
                trainer.test(part)

    def learn(self, training: Part) -> None:
        """Train what is left of this epoch.

        Raises:
            HaltError, GiveWayError, NotFiniteError: See ``train``.
        """
        place, recipe = self.place, self.config.recipe
        batches = training_batches(
            training.images,
            training.labels,
            size=self.config.rows.size,
            batch=recipe.batch,
            seed=self.config.seed,
            epoch=place.epoch,
            augment=recipe.augment,
            erase=recipe.erase,
            augmenter=self._augmenter,
            preparation=self.config.preparation,
            begin=place.batch,
        )
        for images, labels in batches:
            by_hand = self._obey()
            begun = time.perf_counter()
            self._step(images, labels, by_hand)
            place.seconds += time.perf_counter() - begun
            if place.batch == self.steps // 2:
                self._follow()

    def _step(self, images: Any, labels: Any, by_hand: float | None) -> None:
        """Let every network that still learns take one batch."""
        place, now = self.place, self.place.epoch + self.place.batch / self.steps
        steps = {one: one.step(images, labels, one.rate(now, by_hand)) for one in self.going}
        place.batch += 1
        for trainer in [one for one, step in steps.items() if not math.isfinite(step.loss)]:
            del steps[trainer]
            self._fail(trainer)
        for trainer, step in steps.items():
            trainer.count(step, images, labels)
        self._progress()
        epoch = place.epoch + place.batch / self.steps
        self._curve.add(self._steps, epoch, {one.lane: step for one, step in steps.items()})

    def _fail(self, trainer: LaneTrainer) -> None:
        """A loss is not finite: in a race the others go on, and who fails last ends it.

        Raises:
            NotFiniteError: None is left.
        """
        self._curve.flush()  # the losses on the way there are what somebody wants to see
        trainer.score.failed = self._steps
        where = {"step": self._steps, "epoch": self.place.epoch + 1, "rate": trainer.last_rate}
        if trainer.lane is not None:
            trainer.line("failed", **where)
        if not self.going:
            raise NotFiniteError(**where)

    def _end_of_epoch(self, validation: Part) -> None:
        self._curve.flush()
        for trainer in self.going:
            evaluation = trainer.learner.evaluate(validation)
            if not math.isfinite(evaluation.loss):
                self._fail(trainer)
                continue
            trainer.end_of_epoch(self.place.epoch + 1, self.steps, evaluation, self.place.seconds)
        self.place = Place(self.place.epoch + 1)
        self._follow()
        if self._worth_keeping():
            self.keep()
        self._progress()

    def _follow(self) -> None:
        """Twice an epoch: what the network answers for the photographs of the strip."""
        if self._followed is None or self.config.recipe.epochs > _EPOCHS_FOLLOWED:
            return
        for trainer in self.going:
            trainer.follow(self._followed, self._steps, self._steps / self.steps)

    def _worth_keeping(self) -> bool:
        """After the last epoch, and else unless writing would take more than its share of the time."""
        if self.place.epoch == self.config.recipe.epochs or self._writing <= _SOON_KEPT:
            return True
        return self._writing <= _SHARE_OF_KEEPING * (time.monotonic() - self._written + self._writing)

    @property
    def _steps(self) -> int:
        return self.place.epoch * self.steps + self.place.batch

    def _progress(self) -> None:
        self.recorder.progress(epoch=self.place.epoch, step=self._steps)

    def _obey(self) -> float | None:
        """Stop or pause where that is wanted; else the rate by hand, if there is one."""
        control = self.control()
        if control.action == "pause":
            control = self._pause()
        if control.action == "stop":
            self.recorder.leaving()
            self._curve.flush()
            self.keep()
            raise HaltError
        return control.rate

    def _pause(self) -> Control:
        self._curve.flush()
        self.keep()
        self.recorder.state("paused")
        glances = 0
        while (control := self.control()).action == "pause":
            if glances % _GLANCES_BETWEEN_LOOKS_AROUND == 0 and self.others_wait():
                raise GiveWayError
            glances += 1
            time.sleep(_GLANCE)
        self.recorder.state("running")
        self._curve.restart()
        return control

    def keep(self) -> None:
        """Write weights and state as they stand."""
        begun = time.monotonic()
        arrays = {f"place/{name}": np.array(value) for name, value in asdict(self.place).items()}
        for trainer in self.trainers:
            arrays |= trainer.keep()
        store.write(self._state, arrays)
        self._written = time.monotonic()
        self._writing = self._written - begun

    def _restore(self) -> None:
        arrays = store.read(self._state)
        self.place = taken(Place, arrays)
        for trainer in self.trainers:
            trainer.restore(arrays)
        self.recorder.line("resume", step=self._steps, epoch=self.place.epoch)
