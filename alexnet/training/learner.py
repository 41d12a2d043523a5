"""The network of a run as it learns: one step, one look at pictures, its whole state. Loads TensorFlow."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from alexnet.architecture import Convolution
from alexnet.data.pipeline import input_of
from alexnet.errors import DataError
from alexnet.network.build import build
from alexnet.runs.beginning import frozen_rows
from alexnet.runs.config import Config
from alexnet.runs.splits import Part
from alexnet.weights import store

_AT_ONCE = 250  # images in one look


@dataclass(frozen=True)
class Evaluation:
    """What a network says of pictures that it does not learn from.

    Attributes:
        loss: Mean cross-entropy.
        confusion: ``(classes, classes)``; rows: true class, columns: answer.
    """

    loss: float
    confusion: NDArray[np.int64]

    @property
    def accuracy(self) -> float:
        """Share of right answers."""
        return float(np.trace(self.confusion) / self.confusion.sum())


class Learner:
    """A run's network and optimizer.

    All that its future depends on is in ``state``: weights, the seeds of dropout, momentum and step count.
    The learning rate is a plain variable, set before each step.

    Args:
        config: The run's settings; its seed draws the first weights.
    """

    def __init__(self, config: Config) -> None:
        recipe, network = config.recipe, config.rows
        keras.utils.set_random_seed(config.seed)
        self.size, self.classes = network.size, network.classes
        self.preparation = config.preparation
        self.first = next(row.name for row in network.rows if isinstance(row, Convolution))
        self.model = build(network, initializer=config.initializer, dtype=recipe.precision)
        frozen = frozen_rows(network, config.beginning)
        for layer in self.model.layers:
            if _row(layer) in frozen:
                layer.trainable = False
        decay = recipe.weight_decay or None
        if recipe.optimizer == "adam":
            self.optimizer = keras.optimizers.Adam(recipe.rate, weight_decay=decay)
        else:
            momentum = recipe.momentum
            self.optimizer = keras.optimizers.SGD(
                recipe.rate, momentum=momentum, nesterov=momentum > 0, weight_decay=decay
            )
        self.optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
        self.optimizer.build(self.model.trainable_variables)
        self.train_step = tf.function(self._train_step, autograph=False)
        self._predict = tf.function(
            self._probabilities,
            input_signature=[tf.TensorSpec((None, None, None, network.channels), tf.uint8)],
            autograph=False,
        )

    def _train_step(self, images: Any, labels: Any) -> tuple[Any, Any]:
        with tf.GradientTape() as tape:
            probabilities = self.model(images, training=True)
            losses = keras.losses.sparse_categorical_crossentropy(labels, probabilities)
            loss = tf.reduce_mean(losses)
        variables = self.model.trainable_variables
        gradients = tape.gradient(loss, [variable.value for variable in variables])
        self.optimizer.apply(gradients, variables)
        right = tf.math.count_nonzero(tf.argmax(probabilities, axis=1) == labels)
        return loss, right

    def _probabilities(self, pictures: Any) -> Any:
        inputs = input_of(pictures, self.size, self.preparation)
        probabilities = self.model(inputs, training=False)
        if not self.preparation.mirrored:
            return probabilities
        return (probabilities + self.model(tf.reverse(inputs, [2]), training=False)) / 2

    def step(self, images: Any, labels: Any, rate: float) -> tuple[float, int]:
        """Learn from one batch.

        Args:
            images: ``(batch, size, size, channels)`` float32, scaled.
            labels: ``(batch,)`` int64.
            rate: The learning rate of this step.

        Returns:
            The batch's mean loss before the step, and how many answers were right.
        """
        self.optimizer.learning_rate.assign(rate)
        loss, right = self.train_step(images, labels)
        return float(loss), int(right)

    def evaluate(self, part: Part) -> Evaluation:
        """Loss and confusion on pictures, without learning from them."""
        confusion = np.zeros((self.classes, self.classes), np.int64)
        losses = []
        for start in range(0, len(part.labels), _AT_ONCE):
            labels = part.labels[start : start + _AT_ONCE]
            probabilities = self._predict(tf.constant(part.images[start : start + _AT_ONCE]))
            losses.append(np.asarray(keras.losses.sparse_categorical_crossentropy(labels, probabilities)))
            np.add.at(confusion, (labels, np.asarray(probabilities).argmax(axis=1)), 1)
        return Evaluation(float(np.concatenate(losses).mean()), confusion)

    def answers(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Probabilities ``(n, classes)`` for pictures ``(n, side, side, 3)``, without learning from them."""
        return np.asarray(self._predict(tf.constant(images)), np.float32)

    def first_kernels(self) -> NDArray[np.float32]:
        """``(height, width, channels, kernels)``, both towers' one after the other."""
        layers = [
            layer
            for layer in self.model.layers
            if isinstance(layer, keras.layers.Conv2D) and _row(layer) == self.first
        ]
        return np.concatenate([np.asarray(layer.kernel) for layer in layers], axis=-1)

    def state(self) -> dict[str, NDArray[Any]]:
        """Everything, by name; seeds and optimizer by their place, as their paths count up in a process."""
        return {name: np.asarray(variable) for name, variable in self._variables().items()}

    def begin_from(self, arrays: Mapping[str, NDArray[Any]], anew: Collection[str]) -> None:
        """Take the weights of a trained network before the first step.

        Args:
            arrays: By variable path.
            anew: Names of the rows that stay as they were drawn.

        Raises:
            DataError: weights_do_not_match or weights_of_another_shape; nothing was changed.
        """
        drawn = {
            variable.path: np.asarray(variable)
            for layer in self.model.layers
            if _row(layer) in anew
            for variable in layer.weights
        }
        store.assign(self.model, {**arrays, **drawn})

    def restore(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Go on as it stood.

        Raises:
            DataError: weights_do_not_match or weights_of_another_shape; nothing was changed.
        """
        variables = self._variables()
        missing, extra = sorted(variables.keys() - arrays.keys()), sorted(arrays.keys() - variables.keys())
        if missing or extra:
            raise DataError(
                "weights_do_not_match", missing=", ".join(missing) or "-", extra=", ".join(extra) or "-"
            )
        for name, variable in variables.items():
            if tuple(variable.shape) != (received := arrays[name].shape):
                raise DataError(
                    "weights_of_another_shape", name=name, expected=tuple(variable.shape), received=received
                )
        for name, variable in variables.items():
            variable.assign(arrays[name])

    def write_weights(self, path: Path) -> None:
        """The weights alone, as the rest of the app reads them."""
        store.write(path, store.of(self.model))

    def _variables(self) -> dict[str, Any]:
        weights = {f"weights/{variable.path}": variable for variable in self.model.weights}
        known = {id(variable) for variable in self.model.weights}
        seeds = [variable for variable in self.model.variables if id(variable) not in known]
        return (
            weights
            | {f"seeds/{place:03d}": seed for place, seed in enumerate(seeds)}
            | {f"optimizer/{place:03d}": one for place, one in enumerate(self.optimizer.variables)}
        )


def _row(layer: Any) -> str:
    """The name of the row that a layer was made from."""
    return str(layer.name).split("_tower")[0]
