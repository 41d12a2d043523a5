"""The batch of a step, made again: the very pictures that the trainer learned from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from alexnet.data.augmentation import Augmentation
from alexnet.data.preprocess import seen
from alexnet.errors import InputError
from alexnet.runs import run
from alexnet.runs.batches import batch_of
from alexnet.training.loop import Loop
from tests.training.small import small, train

OWN = Augmentation(rotation=15, flip_x=True, crop=28, colour=0.1)


@pytest.mark.parametrize("augmentation", [None, OWN], ids=["recipe", "own"])
def test_it_is_the_batch_that_the_trainer_learned_from(monkeypatch, augmentation):
    config = replace(small(cycles=(2,), erase=6), augmentation=augmentation)
    learned, batches = Loop._step, []

    def noting(self: Loop, images: object, labels: object, by_hand: float | None) -> None:
        batches.append((np.asarray(images), np.asarray(labels)))
        learned(self, images, labels, by_hand)

    monkeypatch.setattr(Loop, "_step", noting)
    assert train(run.create(config)) == 0
    assert len(batches) == 8
    for step in (1, 4, 6):
        images, labels = batches[step - 1]
        again = batch_of(config, step)
        np.testing.assert_array_equal(again.labels, labels)
        np.testing.assert_array_equal(again.pictures, seen(images, config.preparation))
        assert (again.epoch, again.number) == (1 + (step - 1) // 4, 1 + (step - 1) % 4)


@pytest.mark.parametrize("step", [0, -1, 9])
def test_a_step_that_a_run_does_not_have_is_refused(step):
    with pytest.raises(InputError) as caught:
        batch_of(small(), step)
    assert caught.value.id == "number_out_of_range"
