"""A network's answers to labelled pictures, judged: right or wrong, how sure, and what was taken for what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Probabilities = NDArray[np.floating]
Labels = NDArray[np.integer]

Which = Literal["wrong", "right", "all"]
WHICH: tuple[Which, ...] = ("wrong", "right", "all")

_KEEP: Mapping[Which, Callable[[NDArray[np.bool_]], NDArray[np.bool_]]] = {
    "wrong": lambda right: ~right,
    "right": lambda right: right,
    "all": np.ones_like,
}


def counts(probabilities: Probabilities, labels: Labels) -> list[list[int]]:
    """The confusion matrix: a row for each true class, a column for each answer.

    Args:
        probabilities: (n, classes).
        labels: (n,), positions of the true classes.
    """
    classes = probabilities.shape[1]
    matrix = np.zeros((classes, classes), np.int64)
    np.add.at(matrix, (labels, probabilities.argmax(axis=1)), 1)
    rows: list[list[int]] = matrix.tolist()
    return rows


def order(
    probabilities: Probabilities,
    labels: Labels,
    which: Which,
    truth: int | None = None,
    answer: int | None = None,
) -> NDArray[np.int64]:
    """Positions of pictures, the surest answer first.

    Args:
        probabilities: (n, classes).
        labels: (n,).
        which: Wrong answers, right ones, or all.
        truth: Only pictures of this class.
        answer: Only pictures that were called this.
    """
    answers = probabilities.argmax(axis=1)
    kept = _KEEP[which](answers == labels)
    if truth is not None:
        kept &= labels == truth
    if answer is not None:
        kept &= answers == answer
    places = np.flatnonzero(kept)
    return places[np.argsort(-probabilities.max(axis=1)[places], kind="stable")]
