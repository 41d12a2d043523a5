"""How every layer of a trained network responds to pictures: its maps, tower by tower.

A layer counts with what belongs to it: of a convolution with batch normalization behind it, the maps after
that and its activation function. Local response normalization and pooling are layers of their own and left
out.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import keras
import numpy as np
import tensorflow as tf
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


class Activations:
    """The responses of all layers of one model, for any thread.

    Args:
        model: The Keras model, as ``alexnet.network.build`` makes it; its weights are shared, not copied.
        network: Its rows.
    """

    def __init__(self, model: Any, network: Network) -> None:
        self.network, self.stages = network, stages(network)
        first, *_ = self.stages
        self._all = self._function(model, self.stages)
        # Without what lies above it the first layer responds many times as fast.
        self._first = self._function(model, (first,))
        self._lock = threading.Lock()

    def _function(self, model: Any, wanted: tuple[Stage, ...]) -> Any:
        # One flat list: of a list of lists with a single member Keras drops the outer one.
        outputs = [model.get_layer(name).output for stage in wanted for name in stage.layers]
        watched = keras.Model(model.input, outputs)
        side = self.network.size
        return tf.function(
            lambda images: watched(images, training=False),
            input_signature=[tf.TensorSpec((None, side, side, self.network.channels), tf.float32)],
            autograph=False,
        )

    def of(self, inputs: NDArray[np.float32]) -> Mapping[str, Maps]:
        """Every layer's responses, by its name.

        Args:
            inputs: (n, size, size, channels), scaled as the network learned.
        """
        return self._responses(self._all, self.stages, inputs)

    def first(self, inputs: NDArray[np.float32]) -> Maps:
        """The first layer's responses alone. Arguments as of ``of``."""
        (responses,) = self._responses(self._first, self.stages[:1], inputs).values()
        return responses

    def _responses(
        self, function: Any, wanted: tuple[Stage, ...], inputs: NDArray[np.float32]
    ) -> dict[str, Maps]:
        with self._lock:
            computed = iter(tf.nest.flatten(function(tf.convert_to_tensor(inputs, tf.float32))))
        return {
            stage.name: tuple(np.asarray(next(computed), np.float32) for _ in stage.layers)
            for stage in wanted
        }


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
