"""The data sets that a network can be trained on, by id: ours, and those of own pictures."""

from __future__ import annotations

from alexnet.data import cifar10, starter
from alexnet.data.classes import CATS_AND_DOGS, CIFAR10
from alexnet.data.dataset import DataSet
from alexnet.data.own import store
from alexnet.data.own.record import SET_ID
from alexnet.errors import InputError

STARTER = DataSet(
    "cats_and_dogs",
    CATS_AND_DOGS,
    resolution=starter.SIDE,
    # Of all ten classes: these pictures are some of theirs, and one scale serves both.
    mean=cifar10.MEAN,
    deviation=cifar10.DEVIATION,
    train=starter.TRAIN,
    test=starter.TEST,
    validation=1_000,
    load=starter.starter,
)
"""The data that ships with the app."""

CIFAR_10 = DataSet(
    "cifar10",
    CIFAR10,
    resolution=cifar10.SIDE,
    mean=cifar10.MEAN,
    deviation=cifar10.DEVIATION,
    train=cifar10.TRAIN,
    test=cifar10.TEST,
    validation=1_000,
    load=cifar10.load,
)
"""All ten classes, which are downloaded once."""

DATA_SETS: tuple[DataSet, ...] = (STARTER, CIFAR_10)
"""In the order in which they are offered."""


def data_set(id: str) -> DataSet:
    """The data set of that id: one of ours, or one of somebody's own pictures.

    Raises:
        InputError: data_unknown.
        DataError: set_damaged.
    """
    if SET_ID.fullmatch(id):
        return store.data_set(store.find(id))
    for candidate in DATA_SETS:
        if candidate.id == id:
            return candidate
    raise InputError("data_unknown", id=id, known=", ".join(candidate.id for candidate in DATA_SETS))
