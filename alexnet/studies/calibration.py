"""Whether a network is right as often as it says: reliability, and a temperature that mends it.

After Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks" (ICML 2017): pictures are
put in bins by the probability of their first answer, and each bin's accuracy is set against its mean
probability; dividing all logits by one number, the temperature, changes how sure every answer is and which
answer is first in none.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from alexnet.trained.sureness import Bin

Probabilities = NDArray[np.floating]
Labels = NDArray[np.integer]

BINS = 10
"""Of equal width from 0 to 1."""

LEAST, MOST = 0.05, 20.0
"""Between these a temperature is looked for."""

_FLOOR = 1e-30  # a probability of 0 has no logarithm


def reliability(probabilities: Probabilities, labels: Labels) -> list[Bin]:
    """Accuracy against stated probability, from the least sure bin to the surest; empty bins are left out.

    Args:
        probabilities: (n, classes).
        labels: (n,), positions of the true classes.
    """
    stated = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    places = np.minimum((stated * BINS).astype(int), BINS - 1)
    return [
        Bin(int(kept.sum()), float(stated[kept].mean()), float(right[kept].mean()))
        for kept in (places == place for place in range(BINS))
        if kept.any()
    ]


def gap(bins: Sequence[Bin]) -> float:
    """The expected calibration error: the mean distance of accuracy from stated probability, by pictures."""
    images = sum(one.images for one in bins)
    return sum(one.images * abs(one.accuracy - one.stated) for one in bins) / images


def tempered(probabilities: Probabilities, temperature: float) -> NDArray[np.float64]:
    """The softmax of the logits divided by a temperature: above 1 all answers become less sure.

    A logit is the logarithm of its probability up to a number that all classes share, which softmax ignores.

    Args:
        probabilities: (n, classes).
        temperature: Above 0.
    """
    logits = np.log(np.maximum(probabilities.astype(np.float64), _FLOOR)) / temperature
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float64)


def loss(probabilities: Probabilities, labels: Labels) -> float:
    """The mean negative logarithm of the true class's probability."""
    mine = probabilities[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(mine.astype(np.float64), _FLOOR)).mean())


def temperature(probabilities: Probabilities, labels: Labels) -> float:
    """The temperature under which the loss on validation pictures is least.

    Args:
        probabilities: (n, classes), of pictures that the network did not learn from.
        labels: (n,).
    """
    found = minimize_scalar(
        lambda power: loss(tempered(probabilities, float(np.exp(power))), labels),
        bounds=(np.log(LEAST), np.log(MOST)),
        method="bounded",
    )
    return float(np.exp(found.x))
