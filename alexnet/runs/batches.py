"""The batch that a run learned from at a step, made again: order and augmentation follow from its settings.

Loads TensorFlow when it is asked, as the pictures are those of the trainer's own pipeline.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from alexnet.data.dataset import Images, Labels
from alexnet.data.pipeline import training_batches
from alexnet.data.preprocess import seen
from alexnet.errors import InputError
from alexnet.runs.config import Config
from alexnet.runs.splits import augmenter_of, to_learn
from alexnet.trained import tensorflow


class Batch(NamedTuple):
    """What a network read in one step.

    Attributes:
        pictures: ``(batch, size, size, 3)``, uint8, at the network's size, the scaling undone for the eye.
        labels: ``(batch,)``.
        epoch, number: Counted from 1: which epoch, and which of its batches.
    """

    pictures: Images
    labels: Labels
    epoch: int
    number: int


def batch_of(config: Config, step: int) -> Batch:
    """Make the batch of a step again.

    Args:
        config: The run's settings.
        step: Counted from 1, through all epochs.

    Raises:
        InputError: number_out_of_range; the run has no such step.
        DataError: The data is missing or damaged, or TensorFlow does not work here.
    """
    steps, recipe = config.steps_per_epoch, config.recipe
    last = steps * recipe.epochs
    if not 1 <= step <= last:
        raise InputError("number_out_of_range", name="step", value=step, low=1, high=last)
    tensorflow.load()
    training, _ = to_learn(config)
    epoch, number = divmod(step - 1, steps)
    batches = training_batches(
        training.images,
        training.labels,
        size=config.rows.size,
        batch=recipe.batch,
        seed=config.seed,
        epoch=epoch,
        augment=recipe.augment,
        erase=recipe.erase,
        augmenter=augmenter_of(config, training),
        preparation=config.preparation,
        begin=number,
    )
    images, labels = next(iter(batches))
    return Batch(seen(np.asarray(images), config.preparation), np.asarray(labels), epoch + 1, number + 1)
