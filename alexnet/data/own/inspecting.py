"""What is in a data set: how many pictures of what, their mean, and which of them are there twice."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from alexnet.data.dataset import DataSet, Images, Labels
from alexnet.data.own import store
from alexnet.data.own.record import OwnSet
from alexnet.data.own.splitting import TEST, TRAIN

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Inside:
    """A data set picture by picture.

    Attributes:
        classes: How many there are.
        small: ``(n, 32, 32, 3)``, uint8.
        labels: ``(n,)``: the class of each.
        parts: ``(n,)``: 0 to learn from, 1 to watch by, 2 to test on.
        digests: The same for the same pixels.
        names: Their files', as text to be shown; empty where they have none.
        sizes: ``(n, 2)``: width and height of the photographs.
        large: Some of them by their places, ``(m, side, side, 3)``, to be looked at.
    """

    classes: int
    small: Images
    labels: Labels
    parts: Labels
    digests: tuple[str, ...]
    names: tuple[str, ...]
    sizes: Labels
    large: Callable[[list[int]], Images]

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """``(classes, 3)``: pictures of each class in each part."""
        found = np.zeros((self.classes, 3), np.int64)
        np.add.at(found, (self.labels, self.parts), 1)
        return found

    @cached_property
    def mean_images(self) -> Floats:
        """``(classes + 1, 32, 32, 3)``: of all that is learned from, then of each class's."""
        learned = self.parts == TRAIN
        found = [self.small[learned].mean(axis=0)]
        for label in range(self.classes):
            found.append(self.small[learned & (self.labels == label)].mean(axis=0))
        return np.stack(found)

    @cached_property
    def duplicates(self) -> tuple[tuple[int, ...], ...]:
        """The places of pictures that are pixel by pixel the same, where there are several."""
        by_digest: dict[str, list[int]] = defaultdict(list)
        for place, digest in enumerate(self.digests):
            by_digest[digest].append(place)
        return tuple(tuple(places) for places in by_digest.values() if len(places) > 1)

    def across_parts(self) -> tuple[tuple[int, ...], ...]:
        """The duplicates of which some are learned from and others watched or tested on."""
        return tuple(group for group in self.duplicates if len({*self.parts[list(group)]}) > 1)

    def across_classes(self) -> tuple[tuple[int, ...], ...]:
        """The duplicates that stand in several classes: one of the labels is wrong."""
        return tuple(
            places for places in self.duplicates if len({self.labels[place] for place in places}) > 1
        )


def of_own(one: OwnSet) -> Inside:
    """What is in somebody's own set.

    Raises:
        DataError: set_deleted or set_damaged.
    """
    items = store.index(one).items
    return Inside(
        len(one.classes),
        store.thumbs(one),
        np.array([item.label for item in items], np.int64),
        np.array([item.part for item in items], np.int64),
        tuple(item.digest for item in items),
        tuple(item.name for item in items),
        np.array([(item.width, item.height) for item in items], np.int64),
        lambda places: store.pictures(one, places, LOOKED_AT),
    )


LOOKED_AT = 128
"""Pixels along each side of an own picture that is looked at."""


def of_ours(data: DataSet) -> Inside:
    """What is in a set of 32 pixels that comes with the app, or is fetched whole.

    Raises:
        DataError: It is missing or damaged.
    """
    pictures = data.load()
    images = np.concatenate([pictures.train_images, pictures.test_images])
    parts = np.repeat([TRAIN, TEST], [len(pictures.train_labels), len(pictures.test_labels)])
    return Inside(
        len(data.classes),
        images,
        np.concatenate([pictures.train_labels, pictures.test_labels]),
        parts.astype(np.int64),
        tuple(hashlib.sha256(image.tobytes()).hexdigest()[:16] for image in images),
        (),
        np.full((len(images), 2), data.resolution, np.int64),
        lambda places: images[places],
    )


def always_the_largest(counts: NDArray[np.int64]) -> float:
    """How often a network is right that always answers the largest class, 0 to 1."""
    of_class = counts.sum(axis=1)
    return float(of_class.max() / of_class.sum())
