"""How much memory and time a training will take, from the network's shapes and a measured speed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

from alexnet.architecture import CLASSROOM, Network
from alexnet.shapes import trace
from alexnet.training.config import VALIDATION, Config
from alexnet.training.curves import Curves
from alexnet.training.run import runs

BYTES = 4  # of a float32
PROCESS = 700 * 2**20
"""Bytes of a trainer before its first network: Python, TensorFlow and the data."""

STATE_COPIES = 3
"""Of each parameter there are its value, its gradient and its momentum."""

ACTIVATION_COPIES = 3
"""Of each layer's output there are the output, its gradient, and what an operation needs meanwhile."""

FORWARD_SHARE = 1 / 3
"""Looking at an image takes a third of learning from it: the backward pass multiplies twice as often."""

CLASSROOM_SPEED = 800.0
"""Images a second of the classroom network on two processor cores, before anything was measured here."""


@dataclass(frozen=True)
class Estimate:
    """What to expect.

    Attributes:
        parameters: Of the network.
        memory: Bytes of the trainer's process at its most.
        epoch_seconds: One epoch with its validation.
        seconds: The whole training, without the waiting time.
    """

    parameters: int
    memory: int
    epoch_seconds: float
    seconds: float


def estimate(config: Config, images_per_second: float) -> Estimate:
    """Expect memory and time of a run.

    Args:
        config: Its settings.
        images_per_second: Training speed of its network, from ``measured_speed``.

    Raises:
        ShapeError: A layer does not fit.
    """
    rows = trace(config.rows)
    parameters = sum(row.parameters for row in rows)
    outputs = sum(prod(row.output) for row in rows)
    memory = PROCESS + BYTES * (STATE_COPIES * parameters + ACTIVATION_COPIES * config.recipe.batch * outputs)
    learned = config.steps_per_epoch * config.recipe.batch
    looked = VALIDATION if config.limit is None else min(VALIDATION, config.limit)
    epoch = (learned + looked * FORWARD_SHARE) / images_per_second
    return Estimate(parameters, memory, epoch, epoch * config.recipe.epochs)


def speed_of(network: Network, known: Network, images_per_second: float) -> float:
    """The speed of one network from that of another, by their multiply-accumulates for one image."""
    work, known_work = (sum(row.multiply_accumulates for row in trace(one)) for one in (network, known))
    return images_per_second * known_work / work


def measured_speed(network: Network) -> float:
    """Training speed to expect of a network here, images a second.

    What the newest run of the very same network and image size reached (the median of its lines), else what
    another network's run lets expect, else ``CLASSROOM_SPEED`` scaled by the work for one image.
    """
    other: float | None = None
    for run in runs():
        curves = Curves(run.metrics_file)
        curves.update()
        speed = _median(line["images_per_second"] for line in curves.steps if line["images_per_second"] > 0)
        if speed is None or run.state().reason == "config_damaged":
            continue
        rows = run.config().rows
        if rows == network:  # two edited networks may have the same id
            return speed
        other = speed_of(network, rows, speed) if other is None else other
    return other if other is not None else speed_of(network, CLASSROOM, CLASSROOM_SPEED)


def seconds_left(config: Config, step: int, images_per_second: float) -> float:
    """Time to the end of a training that has done so many steps."""
    whole = estimate(config, images_per_second)
    steps = config.steps_per_epoch * config.recipe.epochs
    return whole.seconds * max(0.0, 1 - step / steps)


def _median(values: Iterable[float]) -> float | None:
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else None
