"""Probabilities for pictures, from one model that all viewers share."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from alexnet.architecture import Network
from alexnet.data.classes import Class
from alexnet.data.preparation import Preparation
from alexnet.errors import DataError
from alexnet.network.build import build
from alexnet.trained import explanations
from alexnet.trained.activations import Activations
from alexnet.trained.answers import Answering
from alexnet.trained.record import Trained
from alexnet.weights import store


class Predictor(Answering):
    """A network with its weights, ready to answer from any thread.

    Args:
        network: Its rows.
        weights: One array for each variable, by path.
        classes: What each output unit means, in order.
        preparation: How pictures became its input when it learned.

    Raises:
        DataError: The weights or the classes are not those of the network.
    """

    def __init__(
        self,
        network: Network,
        weights: store.Arrays,
        classes: Sequence[Class],
        preparation: Preparation,
    ) -> None:
        if len(classes) != network.classes:
            raise DataError("classes_do_not_match", expected=network.classes, received=len(classes))
        self.network, self.classes = network, tuple(classes)
        self.preparation = preparation
        # Zeros first: random weights that are replaced at once would double the memory for a moment.
        self._model = build(network, initializer="zeros")
        store.assign(self._model, weights)
        side = network.size
        # One function for all callers and batch sizes; model.predict makes new machinery at each.
        self._call = tf.function(
            lambda images: self._model(images, training=False),
            input_signature=[tf.TensorSpec((None, side, side, network.channels), tf.float32)],
            autograph=False,
        )
        self._lock = threading.Lock()
        self._activations: Activations | None = None

    def softmax(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Softmax outputs, (n, classes); ``inputs`` are (n, size, size, channels), scaled."""
        with self._lock:
            return np.asarray(self._call(tf.convert_to_tensor(inputs)))

    def activations(self) -> Activations:
        """The activations of all its layers, with the same weights; made when they are first asked for."""
        with self._lock:
            if self._activations is None:
                self._activations = Activations(self._model, self.network)
            return self._activations


def load_shuffled(one: Trained) -> Predictor:
    """The same network with its weights laid anew by chance, see ``explanations.shuffled``.

    Raises:
        DataError: As ``load``.
    """
    weights = explanations.shuffled(store.read(one.weights))
    return Predictor(one.network, weights, one.classes, one.preparation)


def load(one: Trained) -> Predictor:
    """A trained network, ready to answer.

    Raises:
        DataError: Its file of weights is missing or damaged, or it is another network's.
    """
    return Predictor(one.network, store.read(one.weights), one.classes, one.preparation)
