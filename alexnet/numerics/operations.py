"""What the layers compute, for one image at a time and slowly enough to follow. NumPy only.

Arrays are float64 throughout, so that a lesson's numbers carry no rounding of their own: Keras computes in
float32 and agrees to a few millionths. Images are (height, width, channels), kernels (height, width,
channels, maps), as in Keras. Where windows stand is asked of ``alexnet.architecture.shapes``, also where they
hang over the edge: there a convolution reads zeros, and a maximum reads nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from alexnet.architecture import Activation, Round
from alexnet.architecture.shapes import Windows, windows
from alexnet.errors import ShapeError

Array = NDArray[np.floating]
Floats = NDArray[np.float64]
Padding = int | Literal["same"]


class Steps(NamedTuple):
    """One output value of a convolution, step by step.

    Attributes:
        window: The values under the kernel, (height, width, channels); zeros where there is no image.
        products: Each times its weight, same shape.
        channels: The sum of each channel's products, (channels,).
        total: Their sum with the bias: the convolution's output.
    """

    window: Floats
    products: Floats
    channels: Floats
    total: float


def convolution(
    image: Array,
    kernels: Array,
    bias: Array | None = None,
    *,
    stride: int = 1,
    padding: Padding = 0,
    rounding: Round = "down",
) -> Floats:
    """Slide kernels over an image; at each place add up products, as deep learning's convolution does.

    The kernel is not flipped as in mathematics: this is a cross-correlation, and so are Keras's, Caffe's and
    the 2012 code's.

    Args:
        image: (height, width, channels).
        kernels: (height, width, channels, maps).
        bias: (maps,), added to each value of a map; None: zeros.
        stride: Pixels from one window to the next.
        padding: Zeros on each side, or TensorFlow's ``same``.
        rounding: What the size formula does with a fraction.

    Returns:
        (height, width, maps).

    Raises:
        ShapeError: kernel_channels_differ, or the kernel does not fit (as in
            ``alexnet.architecture.shapes.windows``).
    """
    if image.shape[2] != kernels.shape[2]:
        raise ShapeError("kernel_channels_differ", image=image.shape[2], kernel=kernels.shape[2])
    down, across = _along(image, kernels.shape[:2], stride, padding, rounding)
    padded = _padded(image, down, across, 0.0)
    result = np.zeros((down.output, across.output, kernels.shape[3]))
    # One position of the kernel at a time, for all windows at once.
    for row in range(kernels.shape[0]):
        for column in range(kernels.shape[1]):
            result += _seen(padded, row, column, down, across) @ kernels[row, column].astype(np.float64)
    return result if bias is None else result + bias


def convolution_step(
    image: Array,
    kernel: Array,
    bias: float,
    row: int,
    column: int,
    *,
    stride: int = 1,
    padding: Padding = 0,
    rounding: Round = "down",
) -> Steps:
    """How one value of a map comes about.

    Args:
        image: (height, width, channels).
        kernel: (height, width, channels), of one map.
        bias: Of this map.
        row: Of the output, from 0.
        column: Of the output, from 0.
        stride: As in ``convolution``.
        padding: As in ``convolution``.
        rounding: As in ``convolution``.

    Raises:
        ShapeError: As ``convolution``.
    """
    if image.shape[2] != kernel.shape[2]:
        raise ShapeError("kernel_channels_differ", image=image.shape[2], kernel=kernel.shape[2])
    height, width, _ = kernel.shape
    down, across = _along(image, (height, width), stride, padding, rounding)
    top, left = row * stride, column * stride
    window = _padded(image, down, across, 0.0)[top : top + height, left : left + width]
    products = window * kernel
    channels = products.sum(axis=(0, 1))
    return Steps(window, products, channels, float(channels.sum() + bias))


def max_pooling(maps: Array, size: int, stride: int, *, rounding: Round = "down") -> Floats:
    """The largest value of each window, map by map; windows overlap where the stride is below the size.

    Args:
        maps: (height, width, maps).
        size: Side of a window.
        stride: Pixels from one window to the next.
        rounding: Up: the last window may hang over the edge, and what lies outside is never the maximum.

    Raises:
        ShapeError: The window does not fit.
    """
    down, across = _along(maps, (size, size), stride, 0, rounding)
    padded = _padded(maps, down, across, -np.inf)
    result = np.full((down.output, across.output, maps.shape[2]), -np.inf)
    for row in range(size):
        for column in range(size):
            np.maximum(result, _seen(padded, row, column, down, across), out=result)
    return result


def local_response_normalization(
    maps: Array, n: int = 5, k: float = 2.0, alpha: float = 2e-5, beta: float = 0.75
) -> Floats:
    """Divide each value by (k + alpha * sum of squares over ``n`` neighbouring maps) ** beta.

    The paper's section 3.3, with ``alpha`` on the sum (see ``architecture.LocalResponseNormalization``). Maps
    before the first and after the last count as zero.

    Args:
        maps: (height, width, maps).
        n: How many maps, odd: as many before as after.
        k: The constant under the power.
        alpha: Factor of the sum of squares.
        beta: The exponent.
    """
    return maps / lrn_divisor(maps, n, k, alpha, beta)


def lrn_divisor(maps: Array, n: int = 5, k: float = 2.0, alpha: float = 2e-5, beta: float = 0.75) -> Floats:
    """What ``local_response_normalization`` divides by; same shape as ``maps``."""
    reach = n // 2
    squares = np.pad(maps.astype(np.float64) ** 2, ((0, 0), (0, 0), (reach, reach)))
    sums = sum(squares[..., before : before + maps.shape[2]] for before in range(n))
    result: Floats = (k + alpha * np.asarray(sums)) ** beta
    return result


def batch_normalization(
    maps: Array, gamma: Array, beta: Array, mean: Array, variance: Array, epsilon: float
) -> Floats:
    """Normalize each map with the statistics of training, as a trained network does when it answers.

    Args:
        maps: (..., maps).
        gamma: (maps,), the learned scale.
        beta: (maps,), the learned shift.
        mean: (maps,), the moving mean.
        variance: (maps,), the moving variance.
        epsilon: Added to the variance, > 0.
    """
    result: Floats = (maps - mean) / np.sqrt(variance.astype(np.float64) + epsilon) * gamma + beta
    return result


def dense(values: Array, weights: Array, bias: Array | None = None) -> Floats:
    """Every output is the dot product of all values with weights of its own.

    Args:
        values: (inputs,).
        weights: (inputs, units).
        bias: (units,); None: zeros.

    Raises:
        ShapeError: dense_inputs_differ.
    """
    if values.shape != weights.shape[:1]:
        raise ShapeError("dense_inputs_differ", values=values.size, weights=weights.shape[0])
    result: Floats = values.astype(np.float64) @ weights.astype(np.float64)
    return result if bias is None else result + bias


def relu(values: Array) -> Floats:
    """Negative values become 0."""
    return np.maximum(values, 0.0, dtype=np.float64)


def sigmoid(values: Array) -> Floats:
    """1 / (1 + exp(-x)), without overflow."""
    small = np.exp(-np.abs(values.astype(np.float64)))
    return np.where(values >= 0, 1 / (1 + small), small / (1 + small))


def softmax(values: Array) -> Floats:
    """exp(x) divided by their sum over the last axis: positive numbers that add up to 1."""
    # The largest exponent is 0: the result is the same, and nothing overflows.
    powers = np.exp(values.astype(np.float64) - values.max(axis=-1, keepdims=True))
    result: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return result


def tanh(values: Array) -> Floats:
    """The hyperbolic tangent."""
    return np.tanh(values, dtype=np.float64)


ACTIVATIONS: Mapping[Activation, Callable[[Array], Floats]] = {
    "relu": relu,
    "tanh": tanh,
    "sigmoid": sigmoid,
    "softmax": softmax,
}


def _along(
    maps: Array, size: tuple[int, ...], stride: int, padding: Padding, rounding: Round
) -> tuple[Windows, Windows]:
    """The windows down and across."""
    height, width = maps.shape[:2]
    return (
        windows(height, size[0], stride, padding, rounding),
        windows(width, size[1], stride, padding, rounding),
    )


def _padded(maps: Array, down: Windows, across: Windows, value: float) -> Floats:
    """The maps with their padding, and with what the last windows hang over."""
    edges = [(axis.begin, axis.end + axis.overhang) for axis in (down, across)]
    return np.pad(maps.astype(np.float64), (*edges, (0, 0)), constant_values=value)


def _seen(padded: Floats, row: int, column: int, down: Windows, across: Windows) -> Floats:
    """What all windows see at one of their positions, (height, width, maps) of the output."""
    last = (row + (down.output - 1) * down.stride + 1, column + (across.output - 1) * across.stride + 1)
    return padded[row : last[0] : down.stride, column : last[1] : across.stride]
