"""How every layer of a trained network responds to pictures: its maps, tower by tower.

A layer counts with what belongs to it: of a convolution with batch normalization behind it, the maps after
that and its activation function. Local response normalization and pooling are layers of their own and left
out.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from alexnet.architecture import Network
from alexnet.trained.stages import Maps, Stage, stages


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
