"""The pictures of a run: which to learn from, which to watch by, and, at the end only, which to test on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from alexnet.data.augmentation import Augmenter, components
from alexnet.data.dataset import Images, Labels
from alexnet.runs.config import Config
from alexnet.runs.pictures import learned_and_kept_out

FOLLOWED = 12
"""Test photographs whose answers a run tells as it learns."""


@dataclass(frozen=True, eq=False)
class Part:
    """Some pictures, ``(n, side, side, 3)`` uint8, and their labels, ``(n,)`` int64."""

    images: Images
    labels: Labels


def to_learn(config: Config) -> tuple[Part, Part]:
    """Training and validation pictures: the run's seed draws the latter, unless the data set says which.

    Raises:
        DataError: The data set is missing or damaged.
    """
    data = config.data_set.load()
    training, validation = (
        Part(data.train_images[chosen], data.train_labels[chosen])
        for chosen in learned_and_kept_out(config, len(data.train_images), data.validation)
    )
    return training, validation


def to_test(config: Config) -> Part:
    """The test pictures; a trainer asks for them after its last epoch.

    Raises:
        DataError: The data set is missing or damaged.
    """
    data = config.data_set.load()
    # Every so manyth picture: a limited test has both classes too.
    chosen = np.linspace(0, len(data.test_images) - 1, config.limit or len(data.test_images)).astype(int)
    chosen = np.unique(chosen)
    return Part(data.test_images[chosen], data.test_labels[chosen])


def to_follow(config: Config) -> Part:
    """Some test pictures, class by class in turn, always the same: to look at, not to choose by.

    Raises:
        DataError: The data set is missing or damaged.
    """
    data = config.data_set.load()
    labels = data.test_labels
    classes = np.unique(labels)
    # The first ones of each class; with more classes than photographs, of the first classes.
    rank = np.empty(len(labels), np.int64)
    for label in classes:
        rank[labels == label] = np.arange(np.count_nonzero(labels == label))
    chosen = np.lexsort((labels, rank))[:FOLLOWED]
    return Part(data.test_images[chosen], labels[chosen])


def augmenter_of(config: Config, training: Part) -> Augmenter | None:
    """What changes the training pictures where a run has settings of its own for that; else None."""
    given = config.augmentation
    if given is None:
        return None
    measured = components(training.images) if given.colour else None
    return Augmenter(given, config.preparation.mean, measured)
