"""The points of the experiments that ship with the app, and what came of them. No TensorFlow.

A point is settings that anybody can train again through the queue. Its results, one a seed, stand in
``assets/experiments/<name>.jsonl``, written by the script ``experiments/<name>.py``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from alexnet.architecture import Network
from alexnet.data.catalogue import STARTER
from alexnet.errors import DataError
from alexnet.home import ASSETS
from alexnet.recipes import Recipe
from alexnet.runs.config import Config, new

RESULTS = ASSETS / "experiments"
VIEWER = "experiment"


@dataclass(frozen=True)
class Point:
    """What is trained; a seed makes it a run.

    Attributes:
        id: In commands, results and texts.
        network: Id of a network of ``alexnet.architecture``, or rows that have no id there.
        recipe: How it is trained.
        size: Pixels a side of the images that it reads, or the network's own.
        data: An id of ``alexnet.data.catalogue``.
        test: Whether it reads the test images at its end; trials among which we choose do not.
    """

    id: str
    network: str | Network
    recipe: Recipe
    size: int | None = None
    data: str = STARTER.id
    test: bool = True

    def config(
        self, seed: int, *, viewer: str = VIEWER, name: str | None = None, limit: int | None = None
    ) -> Config:
        """The settings of its run.

        Args:
            seed: Of everything that is drawn.
            viewer: Whose run it is.
            name: What its owner calls it; else the point's id.
            limit: So many training images only.
        """
        return new(
            viewer,
            self.network,
            self.recipe,
            seed=seed,
            name=self.id if name is None else name,
            size=self.size,
            data=self.data,
            limit=limit,
            test=self.test,
        )


@dataclass(frozen=True)
class Result:
    """What came of one point with one seed.

    Attributes:
        point, seed: Which run.
        state: ``finished``, or why it ended early: ``loss_not_finite``.
        epochs: A line for each: loss and accuracy, on training and validation images.
        validation_accuracy: After the last epoch, 0 to 1; None if there was none.
        test_accuracy: 0 to 1; None for a trial, and where the loss was not finite.
        command: What trains it again.
        colour: Of an experiment on towers: for each epoch, 0 being before training, the two medians of the
            colour index, ``auc`` and ``p``.
    """

    point: str
    seed: int
    state: str
    epochs: Sequence[Mapping[str, Any]]
    validation_accuracy: float | None
    test_accuracy: float | None
    command: str
    colour: Sequence[Mapping[str, Any]] = ()


def results(name: str) -> tuple[Result, ...]:
    """What there is of an experiment so far, in the order in which it was trained."""
    try:
        lines = (RESULTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    known = Result.__dataclass_fields__
    return tuple(
        Result(**{key: value for key, value in json.loads(line).items() if key in known}) for line in lines
    )


def of(point: Point, among: Sequence[Result]) -> list[Result]:
    """The results of one point, by seed."""
    return sorted((result for result in among if result.point == point.id), key=lambda one: one.seed)


@dataclass(frozen=True)
class Summary:
    """The test accuracies of a point, 0 to 1, in the order of their seeds."""

    accuracies: tuple[float, ...]
    seeds: tuple[int, ...]

    @property
    def mean(self) -> float:
        """Of all seeds."""
        return sum(self.accuracies) / len(self.accuracies)

    def above(self, other: Summary) -> bool:
        """Does every seed of this beat every seed of the other?"""
        return min(self.accuracies) > max(other.accuracies)


def summary(point: Point, among: Sequence[Result]) -> Summary | None:
    """What is measured of a point; None while there is nothing."""
    tested = {
        result.seed: result.test_accuracy for result in of(point, among) if result.test_accuracy is not None
    }
    return Summary(tuple(tested.values()), tuple(tested)) if tested else None


def pair(below: Point, above: Point, among: Sequence[Result]) -> tuple[Summary, Summary] | None:
    """Two points by the seeds that both have been tested with; None if there is none."""
    first, second = summary(below, among), summary(above, among)
    if first is None or second is None:
        return None
    kept = [result for result in among if result.seed in first.seeds and result.seed in second.seeds]
    first, second = summary(below, kept), summary(above, kept)
    return (first, second) if first and second else None


def diverged(point: Point, among: Sequence[Result]) -> list[int]:
    """The seeds whose training ended because the loss was no finite number any more."""
    return [result.seed for result in of(point, among) if result.state == "loss_not_finite"]


def kernels_file(name: str, point: str, seed: int) -> Path:
    """Where an experiment's first-layer kernels after each epoch stand."""
    return RESULTS / name / f"{point}_{seed}.safetensors"


def eight_bits(kernels: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Kernels ``(height, width, channels, kernels)`` in whole numbers up to 127, and each kernel's unit.

    A weight is off by half a unit at most: by 1/254 of its kernel's largest.
    """
    units = np.abs(kernels).max(axis=(0, 1, 2)) / 127
    whole = np.rint(kernels / np.where(units > 0, units, 1)).astype(np.int8)
    return whole, units.astype(np.float32)


class KernelsByEpoch:
    """First-layer kernels of one run of an experiment, as ``eight_bits`` keeps them.

    Args:
        path: A file that holds ``000``, ``001`` ..., by epoch, and ``units``, ``(epochs, kernels)``.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def kernels(self, epoch: int) -> NDArray[np.float32]:
        """``(height, width, channels, kernels)`` after so many epochs; 0 is before training.

        Raises:
            DataError: kernels_unreadable; there are none of that epoch, or the file is not whole.
        """
        try:
            with safe_open(self.path, framework="numpy") as file:
                whole, units = file.get_tensor(f"{epoch:03d}"), file.get_tensor("units")
        except (SafetensorError, OSError) as error:
            raise DataError("kernels_unreadable", epoch=epoch) from error
        return cast(NDArray[np.float32], whole.astype(np.float32) * units[epoch])
