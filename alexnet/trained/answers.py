"""What a trained network answers to pictures, whoever computes it. No TensorFlow."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alexnet.architecture import Network
from alexnet.data.classes import Class
from alexnet.data.preparation import Preparation
from alexnet.trained.stages import Responding


@dataclass(frozen=True)
class Guess:
    """One class and its probability, 0 to 1."""

    label: Class
    probability: float


class Answering(ABC):
    """A network with its weights that answers from any thread: in this process or in another.

    Attributes:
        network: Its rows.
        classes: What each output unit means, in order.
        preparation: How pictures became its input when it learned.
    """

    network: Network
    classes: tuple[Class, ...]
    preparation: Preparation

    @abstractmethod
    def softmax(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Softmax outputs, (n, classes)."""

    @abstractmethod
    def activations(self) -> Responding:
        """The responses of all its layers, with the same weights."""

    def probabilities(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Softmax outputs, the mean over a picture and its mirror image if the preparation says so.

        Args:
            inputs: (n, size, size, channels), as ``alexnet.data.preprocess.network_input`` makes them.

        Returns:
            (n, classes); each row adds up to 1.
        """
        if not self.preparation.mirrored:
            return self.softmax(inputs)
        return (self.softmax(inputs) + self.softmax(inputs[:, :, ::-1])) / np.float32(2)

    def guesses(self, inputs: NDArray[np.float32]) -> list[tuple[Guess, ...]]:
        """All classes of each picture, the most probable first."""
        return [
            tuple(Guess(self.classes[index], float(row[index])) for index in np.argsort(-row, kind="stable"))
            for row in self.probabilities(inputs)
        ]
