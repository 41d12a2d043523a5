"""Measure how far a network's probabilities can be trusted."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from alexnet.data.dataset import Labels
from alexnet.studies import calibration
from alexnet.trained.answered import Answered
from alexnet.trained.sureness import Sureness

KEPT = 0.95
"""Share of the validation pictures that get no warning."""


def directions(hidden: NDArray[np.floating], labels: Labels, classes: int) -> NDArray[np.float32]:
    """Each class's mean direction in the last hidden layer, of length 1.

    Args:
        hidden: (n, units), of training pictures.
        labels: (n,).
        classes: How many; one without pictures gets 0 everywhere, to which nothing is near.

    Returns:
        (classes, units).
    """
    each = _of_length_one(hidden.astype(np.float32))
    means = np.stack(
        [each[labels == at].sum(axis=0) if (labels == at).any() else each[0] * 0 for at in range(classes)]
    )
    return _of_length_one(means)


def _of_length_one(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)


def measure(
    train: tuple[Answered, Labels],
    validation: tuple[Answered, Labels],
    test: tuple[Answered, Labels],
    strange: Mapping[str, Answered],
) -> Sureness:
    """All of it.

    Args:
        train: Answers to pictures that it learned from, and their labels.
        validation: Those by which the temperature and the limit are set.
        test: Those by which both are judged.
        strange: Answers to pictures of the kinds in ``alexnet.data.strange``.
    """
    (learned, labels), (watched, watched_labels), (tested, tested_labels) = train, validation, test
    temperature = calibration.temperature(watched.probabilities, watched_labels)
    means = directions(learned.hidden, labels, learned.probabilities.shape[1])
    mended = calibration.tempered(tested.probabilities, temperature)
    bare = Sureness(
        temperature,
        tuple(calibration.reliability(tested.probabilities, tested_labels)),
        tuple(calibration.reliability(mended, tested_labels)),
        means,
        0.0,
        0.0,
        {},
        len(watched_labels),
        len(tested_labels),
    )
    limit = float(np.quantile(bare.distances(watched.hidden), KEPT))

    def warned(of: Answered) -> float:
        return float((bare.distances(of.hidden) > limit).mean())

    caught = {kind: warned(answers) for kind, answers in strange.items()}
    return Sureness(
        bare.temperature,
        bare.before,
        bare.after,
        means,
        limit,
        warned(tested),
        caught,
        bare.validation,
        bare.test,
    )
