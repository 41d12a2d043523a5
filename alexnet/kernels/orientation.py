"""What a first-layer kernel looks for besides colour: stripes of which direction, how fine, how strongly.

NumPy only. A kernel's mean is taken from each channel, and the strongest wave of what is left, by the power
of all channels together, is its dominant one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alexnet.errors import ShapeError

Floats = NDArray[np.float64]

GRID = 64
"""Waves are tried at every multiple of 1/GRID cycles a pixel; finer for a larger kernel."""


@dataclass(frozen=True)
class Gratings:
    """All arrays have shape (kernels,).

    Attributes:
        orientation: Of the stripes, in degrees, 0 to below 180: 0 lies, 90 stands, in between anticlockwise.
            NaN for a kernel without any wave.
        frequency: In cycles a pixel, above 0 to about 0.71; 0 for a kernel without any wave.
        norm: The square root of the sum of all squared weights.
    """

    orientation: Floats
    frequency: Floats
    norm: Floats


def measure(kernels: NDArray[np.floating]) -> Gratings:
    """Orientation, dominant spatial frequency and norm of each kernel.

    Args:
        kernels: (height, width, channels, kernels), none of them 0.

    Raises:
        ShapeError: kernels_without_waves; another shape.
    """
    if kernels.ndim != 4 or not kernels.size:
        raise ShapeError("kernels_without_waves", shape=kernels.shape)
    weights = kernels.astype(np.float64)
    norm = np.sqrt(np.square(weights).sum(axis=(0, 1, 2)))
    waves = weights - weights.mean(axis=(0, 1), keepdims=True)
    grid = max(GRID, *kernels.shape[:2])
    power = np.square(np.abs(np.fft.rfft2(waves, s=(grid, grid), axes=(0, 1)))).sum(axis=2)
    power[0, 0] = 0  # what rounding left of the mean
    rows, columns = np.unravel_index(power.reshape(-1, power.shape[-1]).argmax(axis=0), power.shape[:2])
    down, right = np.fft.fftfreq(grid)[rows], np.fft.rfftfreq(grid)[columns]
    flat = np.abs(waves).max(axis=(0, 1, 2)) <= 1e-9 * np.abs(weights).max(axis=(0, 1, 2))
    # A picture's rows count downwards; stripes lie across the direction in which the wave runs.
    orientation = (np.degrees(np.arctan2(-down, right)) + 90) % 180
    return Gratings(np.where(flat, np.nan, orientation), np.where(flat, 0, np.hypot(down, right)), norm)
