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
        self._hidden = self._hidden_function(model)
        self._slopes = self._slope_function(model)
        self._gradient = self._gradient_function(model)
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

    def _hidden_function(self, model: Any) -> Any:
        """The probabilities, and the responses of the last layer before them, both towers side by side."""
        below = self.stages[-2] if len(self.stages) > 1 else self.stages[-1]
        watched = keras.Model(
            model.input, [model.output, *(model.get_layer(name).output for name in below.layers)]
        )
        side = self.network.size

        def hidden(images: Any) -> Any:
            probabilities, *towers = tf.nest.flatten(watched(images, training=False))
            if not below.dense:
                towers = [tf.reduce_mean(maps, axis=(1, 2)) for maps in towers]
            return probabilities, tf.concat(towers, axis=-1)

        return tf.function(
            hidden,
            input_signature=[tf.TensorSpec((None, side, side, self.network.channels), tf.float32)],
            autograph=False,
        )

    def hidden(self, inputs: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Probabilities, and the last layer before them: what the network makes of a picture.

        Args:
            inputs: (n, size, size, channels), scaled as the network learned.

        Returns:
            (n, classes), and (n, units): both towers' units side by side; of a layer of maps each map's mean.
        """
        with self._lock:
            probabilities, units = self._hidden(tf.convert_to_tensor(inputs, tf.float32))
        return np.asarray(probabilities, np.float32), np.asarray(units, np.float32)

    def _slope_function(self, model: Any) -> Any:
        """Responses of the convolutions to one picture and how a class's score changes with each.

        The score is the logarithm of the class's probability less the mean of those of all classes. That is
        its logit less the mean logit, so a probability near 1 has slopes too.
        """
        places = [name for stage in self.stages if not stage.dense for name in stage.layers]
        watched = keras.Model(model.input, [*(model.get_layer(name).output for name in places), model.output])

        def slopes(image: Any, index: Any) -> Any:
            with tf.GradientTape() as tape:
                tape.watch(image)
                *responses, probabilities = tf.nest.flatten(watched(image, training=False))
                logarithms = tf.math.log(tf.maximum(probabilities[0], 1e-30))
                score = logarithms[index] - tf.reduce_mean(logarithms)
            return responses, tape.gradient(score, responses)

        side = self.network.size
        return tf.function(
            slopes,
            input_signature=[
                tf.TensorSpec((1, side, side, self.network.channels), tf.float32),
                tf.TensorSpec((), tf.int32),
            ],
            autograph=False,
        )

    def _gradient_function(self, model: Any) -> Any:
        """How the score, as of ``_slope_function``, changes with the picture itself."""

        def gradient(image: Any, index: Any) -> Any:
            with tf.GradientTape() as tape:
                tape.watch(image)
                probabilities = model(image, training=False)[0]
                logarithms = tf.math.log(tf.maximum(probabilities, 1e-30))
                score = logarithms[index] - tf.reduce_mean(logarithms)
            return tape.gradient(score, image)

        side = self.network.size
        return tf.function(
            gradient,
            input_signature=[
                tf.TensorSpec((1, side, side, self.network.channels), tf.float32),
                tf.TensorSpec((), tf.int32),
            ],
            autograph=False,
        )

    def gradient(self, image: NDArray[np.float32], index: int) -> NDArray[np.float32]:
        """How the score of a class, its logit less the mean logit, changes with every value of a picture.

        Args:
            image: (size, size, channels), scaled as the network learned.
            index: Of the class.

        Returns:
            Of the picture's shape.
        """
        with self._lock:
            return np.asarray(self._gradient(tf.convert_to_tensor(image[None], tf.float32), index)[0])

    def slopes(self, image: NDArray[np.float32], index: int) -> Mapping[str, tuple[Maps, Maps]]:
        """How the score of a class changes with every response of the convolutions.

        Args:
            image: (size, size, channels), scaled as the network learned.
            index: Of the class.

        Returns:
            By the layer's name: its responses, and the slopes, of the same shapes.
        """
        with self._lock:
            responses, slopes = self._slopes(tf.convert_to_tensor(image[None], tf.float32), index)
            pairs = iter(
                [(np.asarray(one), np.asarray(of_it)) for one, of_it in zip(responses, slopes, strict=True)]
            )
        found = {}
        for stage in self.stages:
            if not stage.dense:
                mine = [next(pairs) for _ in stage.layers]
                found[stage.name] = (tuple(one for one, _ in mine), tuple(of_it for _, of_it in mine))
        return found

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
