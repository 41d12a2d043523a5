"""How much memory and time a training will take, from the network's shapes and a measured speed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from alexnet.architecture import CLASSROOM, Network, is_known, memory
from alexnet.architecture.shapes import trace
from alexnet.errors import DataError
from alexnet.runs import snapshots
from alexnet.runs.beginning import frozen_rows
from alexnet.runs.config import Config, cost, optimizer
from alexnet.runs.feed import feed
from alexnet.runs.run import Run, runs

PROCESS = 700 * 2**20
"""Bytes of a trainer before its first network: Python, TensorFlow and the data."""

EPOCH = 0.5
"""Seconds that an epoch takes besides its pictures: its pipeline, events and files. 16 epochs of 51 pictures
took 7.3 seconds of a processor more than 4 did. Epochs of thousands, by which ``SPEEDS`` were measured, hide
it."""

FORWARD_SHARE = 1 / 3
"""Looking at an image takes a third of learning from it: the backward pass multiplies twice as often."""

VARIABLES, GRAPH, HISTOGRAM, EVENTS = 4, 8_000, 1_000, 100_000
"""Of the events for TensorBoard: variables of a layer with parameters at most, bytes of each in the graph, of
each in an epoch, and of the whole besides."""

ALIKE = 2
"""Between batches of so many times the size a measured speed holds. What a step takes whatever its batch is
most of the time of one with 4 photographs: such a training saw 60 images a second where 1,000 are usual."""

LINES = 400.0
"""Bytes of the metrics in a second: two lines."""

FOLLOWED, FOLLOWING = 12, 300.0
"""Photographs whose answers a run keeps twice an epoch, and bytes of each such line."""

SPEEDS: Mapping[tuple[str, int], float] = {
    ("classroom", 64): 800.0,
    ("fitted_quick", 32): 1350.0,
    ("fitted_small", 32): 1160.0,
    ("fitted_towers", 32): 610.0,
    ("fitted_batch", 32): 420.0,
    ("fitted_average", 32): 480.0,
    ("fitted_batch_dense", 32): 350.0,
    ("fitted", 32): 460.0,
    ("study_note", 100): 150.0,
    ("note_as_written", 100): 150.0,
    ("note_dropout", 100): 140.0,
    ("towers", 64): 1900.0,
    ("towers_apart", 64): 1900.0,
    ("towers_joined", 64): 1550.0,
}
"""Images a second on two processor cores by network and image size, measured alone; the small and the towers'
with 16-bit numbers. The towers' were measured on a day when the machine did twice as much, and halved;
``fitted_average`` by its steps in turns with those of ``fitted``. What to expect before anything was
measured here, and how one network compares with another."""


@dataclass(frozen=True)
class Estimate:
    """What to expect.

    Attributes:
        parameters: Of the network, or of each network of a race.
        memory: Bytes of the trainer's process at its most.
        epoch_seconds: One epoch with its validation.
        seconds: The whole training, without the waiting time.
        disk: Bytes of the files that it leaves behind.
    """

    parameters: int
    memory: int
    epoch_seconds: float
    seconds: float
    disk: int


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
    networks = len(config.each)
    most = PROCESS + cost(config).memory + _pictures(config)
    learned = config.steps_per_epoch * config.recipe.batch
    looked = config.validation if config.limit is None else min(config.validation, config.limit)
    looks = looked * (2 if config.recipe.mirrored else 1)
    besides = 0.0 if config.data_set.finer is None else EPOCH
    epoch = networks * ((learned + looks * FORWARD_SHARE) / images_per_second + besides)
    seconds = epoch * config.recipe.epochs
    variables = sum(VARIABLES * row.streams for row in rows if row.parameters)
    events = EVENTS + variables * (GRAPH + config.recipe.epochs * HISTOGRAM)
    files = networks * (_kept(config, parameters) + events + round(LINES * seconds))
    return Estimate(parameters, most, epoch, seconds, files)


def _pictures(config: Config) -> int:
    """Bytes of pictures in the trainer that ``PROCESS`` does not count: read, parted and batched."""
    data = config.data_set
    return 0 if data.finer is None else 3 * (data.train + data.test) * data.resolution**2 * 3


def _kept(config: Config, parameters: int) -> int:
    """Bytes of the state of one network and, but in a race, of its weights and snapshots."""
    weights = parameters * memory.FLOAT
    state = weights * (1 + memory.OPTIMIZERS[optimizer(config.recipe)])
    if config.lanes:
        return state
    epochs = config.recipe.epochs
    pictures = epochs // snapshots.every(epochs) + 2
    followed = FOLLOWED * config.data_set.resolution**2 * 3 + 2 * (epochs + 1) * FOLLOWING
    return (
        state + 2 * weights + round(followed) + pictures * snapshots.size(config.rows)
    )  # the last weights and the best


def usual_speed(known: Network) -> float:
    """What ``SPEEDS`` says of a network, else the classroom network's, scaled by the work for an image."""
    listed = SPEEDS.get((known.id, known.size))
    if listed is not None and is_known(known):
        return listed
    work, classroom = (sum(row.multiply_accumulates for row in trace(one)) for one in (known, CLASSROOM))
    return SPEEDS[CLASSROOM.id, CLASSROOM.size] * classroom / work


def gain(config: Config) -> float:
    """How many times as fast a run is as one in which every layer learns: frozen layers need no way back.

    Raises:
        ShapeError: A layer does not fit.
    """
    frozen = frozen_rows(config.rows, config.beginning)
    if not frozen:
        return 1.0
    layers = trace(config.rows)
    learning = [layer for layer in layers if layer.row.name not in frozen]
    all_, back = (sum(layer.multiply_accumulates for layer in some) for some in (layers, learning))
    return 1 / (FORWARD_SHARE + (1 - FORWARD_SHARE) * back / all_)


def speed_of(one: Network, known: Network, images_per_second: float) -> float:
    """The speed of one network from that of another here."""
    return images_per_second * usual_speed(one) / usual_speed(known)


def measured_speed(known: Network, batch: int | None = None) -> float:
    """Training speed to expect of a network here, images a second.

    What the newest run of the very same network and image size reached (the median of its lines), else what
    another network's run lets expect, else its usual speed.

    Args:
        known: The network.
        batch: Images of a step; runs with more than ``ALIKE`` times as many, or as few, tell nothing about
            it. None: every run does.
    """
    others: list[tuple[Run, Network]] = []
    for run in runs():
        try:
            config = run.config()
        except DataError:
            continue
        rows = config.rows
        learned = config.recipe.batch
        if batch is not None and max(batch, learned) > ALIKE * min(batch, learned):
            continue
        if frozen_rows(rows, config.beginning):  # it was faster than the network is
            continue
        if rows != known:  # by rows: two edited networks may have the same id
            others.append((run, rows))
        elif (speed := feed(run.metrics_file).median_speed()) is not None:
            return speed
    for run, rows in others:
        if (speed := feed(run.metrics_file).median_speed()) is not None:
            return speed_of(known, rows, speed)
    return usual_speed(known)


def seconds_left(config: Config, step: int, images_per_second: float) -> float:
    """Time to the end of a training that has done so many steps."""
    whole = estimate(config, images_per_second)
    steps = config.steps_per_epoch * config.recipe.epochs
    return whole.seconds * max(0.0, 1 - step / steps)
