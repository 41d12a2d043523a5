"""TensorBoard events as ``keras.callbacks.TensorBoard`` names them. Loads TensorFlow.

``events/train`` and ``events/validation`` hold ``epoch_loss`` and ``epoch_accuracy``; the former also
``epoch_learning_rate``, a histogram of every weight and the graph of one step.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

from alexnet.training.learner import Learner


class Events:
    """The event files of one run; a resumed run adds files of its own, which TensorBoard reads as one.

    Args:
        folder: ``events/`` of the run.
    """

    def __init__(self, folder: Path) -> None:
        self._graph_wanted = not folder.exists()
        self._train = tf.summary.create_file_writer(str(folder / "train"))
        self._validation = tf.summary.create_file_writer(str(folder / "validation"))

    def graph(self, learner: Learner, images: Any, labels: Any) -> None:
        """The graph of one training step, once in a run's life."""
        if self._graph_wanted:
            self._graph_wanted = False
            with self._train.as_default():
                tf.summary.graph(learner.train_step.get_concrete_function(images, labels).graph)

    def epoch(self, epoch: int, learner: Learner, line: Mapping[str, float], rate: float) -> None:
        """One epoch, counted from 0 as Keras does.

        Args:
            epoch: Whole epochs before this one.
            learner: For the histograms of its weights.
            line: ``loss``, ``accuracy``, ``validation_loss`` and ``validation_accuracy``.
            rate: The learning rate of its last step.
        """
        with self._train.as_default():
            tf.summary.scalar("epoch_loss", line["loss"], step=epoch)
            tf.summary.scalar("epoch_accuracy", line["accuracy"], step=epoch)
            tf.summary.scalar("epoch_learning_rate", rate, step=epoch)
            for variable in learner.model.weights:
                tf.summary.histogram(f"{variable.path}/histogram", np.asarray(variable), step=epoch)
        with self._validation.as_default():
            tf.summary.scalar("epoch_loss", line["validation_loss"], step=epoch)
            tf.summary.scalar("epoch_accuracy", line["validation_accuracy"], step=epoch)
        self._train.flush()
        self._validation.flush()

    def close(self) -> None:
        """Write what is left."""
        self._train.close()
        self._validation.close()
