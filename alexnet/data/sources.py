"""The data sets that a network can be trained on, by id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from alexnet.data import cifar10
from alexnet.data.classes import CATS_AND_DOGS, CIFAR10
from alexnet.data.dataset import Dataset
from alexnet.data.starter import TRAIN, starter
from alexnet.errors import InputError


@dataclass(frozen=True)
class Source:
    """A data set before anything of it is read.

    Attributes:
        id: In settings and links.
        class_ids: What each label means; see ``alexnet.data.classes``.
        train: How many training images it has.
        load: Reads it; raises a ``DataError`` when it is missing or damaged.
    """

    id: str
    class_ids: tuple[str, ...]
    train: int
    load: Callable[[], Dataset]


SOURCES: tuple[Source, ...] = (
    Source("cats_and_dogs", CATS_AND_DOGS, TRAIN, starter),
    Source("cifar10", CIFAR10, cifar10.TRAIN, cifar10.load),
)
"""The starter data, which ships with the app, and all ten classes, which are downloaded once."""


def source(id: str) -> Source:
    """The data set of that id.

    Raises:
        InputError: data_unknown.
    """
    for candidate in SOURCES:
        if candidate.id == id:
            return candidate
    raise InputError("data_unknown", id=id, known=", ".join(candidate.id for candidate in SOURCES))
