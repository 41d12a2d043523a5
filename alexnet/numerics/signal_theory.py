"""What theory says of a signal in layers with random weights, and what a measurement of one shows.

Pure arithmetic; ``alexnet.trained.signal`` measures. A unit's sum over n inputs x with independent weights
of mean 0 and variance σ² has mean 0 and variance n σ² E[x²] over the weights (He, Zhang, Ren and Sun 2015,
equation 7; Glorot and Bengio 2010, equation 5). With a bias b it is roughly normal around b, so that the mean
square of what comes out of an activation function is a one-dimensional integral. For ReLU without bias it is
half the variance: each layer multiplies the mean square by n σ² / 2.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Verdict = Literal["identical", "exploded", "saturated", "died", "steady"]

FAR = 1000.0
"""A spread this many times smaller or larger than the image's counts as dead or exploded."""

MOSTLY = 0.9
"""The share of idle units from which a layer counts as saturated."""


NEAR = 0.01
"""How near to an end of tanh or sigmoid a unit is idle."""


@dataclass(frozen=True)
class Measured:
    """One layer with weights, on one batch.

    Attributes:
        name: Of its row.
        mean: Of its outputs.
        rms: Root of their mean square.
        spread: Root of each output's variance over the images, averaged over outputs: how far the layer still
            tells images apart.
        idle: Share of outputs whose activation function is flat for every image: ReLU at 0, tanh within 0.01
            of ±1, sigmoid within 0.01 of 0 or 1. 0 without an activation function.
        alike: Whether all units, or maps, of the layer compute the same.
        gradient: Root mean square of the loss's gradient with respect to its weights.
        expected: What theory expects of ``rms``, from the measured mean square of its inputs, without the
            zeros of any padding.
        factor: n σ², by which theory multiplies the inputs' mean square on the way to the sums.
    """

    name: str
    mean: float
    rms: float
    spread: float
    idle: float
    alike: bool
    gradient: float
    expected: float
    factor: float


@dataclass(frozen=True)
class Diagnosis:
    """What became of the signal, and the position among the layers where it did; the last one if steady."""

    verdict: Verdict
    layer: int
    growth: float
    """By how much the mean square changes from layer to layer on the way there, a geometric mean."""


def activated(sums: Floats, activation: str | None) -> Floats:
    """An activation function of ``sums`` (any shape); None changes nothing."""
    match activation:
        case "relu":
            return np.maximum(sums, 0)
        case "tanh":
            return np.tanh(sums)
        case "sigmoid":
            return 0.5 + 0.5 * np.tanh(sums / 2)
        case _:
            return sums


def expected_mean_square(factor: float, inputs: float, bias: float, activation: str | None) -> float:
    """Of a layer's outputs.

    Args:
        factor: n σ²: fan-in times the variance of the weights.
        inputs: Mean square of the layer's inputs.
        bias: Of every unit.
        activation: An id of the rows.
    """
    deviation = math.sqrt(max(factor * inputs, 0))
    if deviation == 0:
        return float(activated(np.array(bias), activation) ** 2)
    if activation == "relu":  # its kink would cost the quadrature some digits; this is the integral itself
        ratio = bias / deviation
        height = math.exp(-ratio * ratio / 2) / math.sqrt(2 * math.pi)
        below = 0.5 * math.erfc(-ratio / math.sqrt(2))
        return (bias**2 + deviation**2) * below + bias * deviation * height
    z, weights = _panels(-bias / deviation, 1 / deviation)
    density = np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    return float(np.sum(weights * density * activated(bias + deviation * z, activation) ** 2))


def _panels(step: float, width: float) -> tuple[Floats, Floats]:
    """Places and weights that integrate over ±12 deviations a curve that turns from flat to flat at ``step``.

    Gauss and Legendre's rule in panels that shrink to ``width`` around the step. A rule with nodes chosen for
    the bell alone does not see a step between two of them: of a saturated tanh it makes 0.999 for 0.979.
    """
    near = step + width * np.array([-64, -32, -16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 32, 64])
    edges = np.unique(np.clip(np.concatenate([np.linspace(-12, 12, 25), near]), -12, 12))
    nodes, weights = np.polynomial.legendre.leggauss(20)
    half = np.diff(edges)[:, None] / 2
    return (edges[:-1, None] + half * (nodes + 1)).ravel(), (half * weights).ravel()


def idle(outputs: NDArray[np.float32], activation: str | None) -> float:
    """Share of units, 0 to 1, that no image of the batch (first axis) moves; see ``Measured``."""
    match activation:
        case "relu":
            flat = outputs <= 0
        case "tanh":
            flat = np.abs(outputs) > 1 - NEAR
        case "sigmoid":
            flat = np.abs(outputs - 0.5) > 0.5 - NEAR
        case _:
            return 0.0
    return float(flat.all(axis=0).mean())


def idle_slope(activation: str | None) -> float:
    """The share of a gradient that passes an idle unit at most: the activation function's slope there."""
    match activation:
        case "tanh":
            return 1 - (1 - NEAR) ** 2
        case "sigmoid":
            return NEAR * (1 - NEAR)
        case _:
            return 0.0


def spread(outputs: NDArray[np.float32]) -> float:
    """Root of the mean over outputs of their variance over the images (first axis)."""
    with np.errstate(over="ignore", invalid="ignore"):
        return float(np.sqrt(np.mean(np.var(outputs, axis=0, dtype=np.float64))))


def diagnose(layers: Sequence[Measured], start: float) -> Diagnosis:
    """The first layer at which something went wrong, else ``steady``.

    Args:
        layers: In order, at least one.
        start: Spread of the images themselves.
    """
    for place, layer in enumerate(layers):
        ratio = layer.spread / start
        verdict: Verdict | None = None
        if layer.alike:
            verdict = "identical"
        elif not math.isfinite(ratio) or ratio > FAR:
            verdict = "exploded"
        elif layer.idle >= MOSTLY:
            verdict = "saturated"
        elif ratio < 1 / FAR:
            verdict = "died"
        if verdict is not None:
            return Diagnosis(verdict, place, _growth(ratio, place))
    return Diagnosis("steady", len(layers) - 1, _growth(layers[-1].spread / start, len(layers) - 1))


def _growth(ratio: float, place: int) -> float:
    return ratio ** (2 / (place + 1)) if math.isfinite(ratio) else math.inf
