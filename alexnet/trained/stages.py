"""The layers of a network whose responses can be looked at, and how far responses move. No TensorFlow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from alexnet.architecture import BatchNormalization, Dense, Network, Weighted
from alexnet.architecture.rows import tower_names

Maps = tuple[NDArray[np.float32], ...]
"""Each tower's responses, or the only one's: (n, height, width, maps), or (n, units) of a dense layer."""


@dataclass(frozen=True)
class Stage:
    """A layer whose responses can be seen.

    Attributes:
        name: Of its row: ``conv1``, ``fc6``.
        towers: In how many towers its units lie.
        dense: Its units give one number each, not with a map.
        layers: The Keras layers that give its responses, one for each tower.
    """

    name: str
    towers: int
    dense: bool
    layers: tuple[str, ...]


class Responding(Protocol):
    """What gives every layer's responses to pictures, here or in another process."""

    network: Network
    stages: tuple[Stage, ...]

    def of(self, inputs: NDArray[np.float32]) -> Mapping[str, Maps]:
        """Every layer's responses, by its name; ``inputs`` are (n, size, size, channels), scaled."""

    def first(self, inputs: NDArray[np.float32]) -> Maps:
        """The first layer's responses alone."""

    def hidden(self, inputs: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The probabilities, (n, classes), and the last layer before them, (n, units)."""

    def gradient(self, image: NDArray[np.float32], index: int) -> NDArray[np.float32]:
        """How the score of a class changes with every value of one picture, of its shape."""

    def slopes(self, image: NDArray[np.float32], index: int) -> Mapping[str, tuple[Maps, Maps]]:
        """The convolutions' responses to one picture, and how the score of a class changes with each."""


def stages(network: Network) -> tuple[Stage, ...]:
    """The convolutional and the dense layers of a network, in order."""
    found = []
    for row, after in zip_longest(network.rows, network.rows[1:]):
        if not isinstance(row, Weighted):
            continue
        last = row.name
        if isinstance(after, BatchNormalization):
            last = after.name if after.activation is None else f"{after.name}_{after.activation}"
        layers = tower_names(last, row.towers)
        found.append(Stage(row.name, row.towers, isinstance(row, Dense), layers))
    return tuple(found)


def change(before: NDArray[np.float32], after: NDArray[np.float32]) -> float:
    """How far a tower's responses to one picture moved when the picture changed.

    Args:
        before: Its responses, of any shape.
        after: Those to the other picture, of the same shape.

    Returns:
        |after - before| / |before|, the length of the difference in units of the responses' own: 0 where
        nothing changed, 1 where all responses vanished. NaN where there were no responses at all.
    """
    own = float(np.linalg.norm(before))
    return float(np.linalg.norm(after - before)) / own if own > 0 else float("nan")
