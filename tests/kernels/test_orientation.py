"""Orientation, frequency and norm, on planted gratings."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.errors import ShapeError
from alexnet.kernels.orientation import measure


def grating(orientation: float, frequency: float) -> np.ndarray:
    """Stripes of this direction, in degrees anticlockwise from lying, as one kernel of 11x11x3."""
    down, right = np.mgrid[:11, :11]
    angle = np.radians(orientation)
    across = right * np.sin(angle) + down * np.cos(angle)
    return np.repeat(np.sin(2 * np.pi * frequency * across)[:, :, None, None], 3, axis=2)


@pytest.mark.parametrize("orientation", [0, 30, 45, 90, 120, 150])
@pytest.mark.parametrize("frequency", [0.15, 0.25, 0.35])
def test_a_planted_grating_is_found(orientation, frequency):
    found = measure(grating(orientation, frequency))
    apart = abs(found.orientation[0] - orientation)
    assert min(apart, 180 - apart) < 8
    assert found.frequency[0] == pytest.approx(frequency, abs=0.03)


def test_lying_and_standing_stripes_are_told_apart():
    lying = np.zeros((11, 11, 3, 1))
    lying[::2] = 1
    standing = lying.transpose(1, 0, 2, 3)
    assert measure(lying).orientation[0] == 0
    assert measure(standing).orientation[0] == 90


def test_the_diagonal_that_rises_to_the_right_is_45_degrees():
    down, right = np.mgrid[:11, :11]
    rising = np.repeat(np.sin((down + right) * np.pi / 3)[:, :, None, None], 3, axis=2)
    assert measure(rising).orientation[0] == pytest.approx(45, abs=3)


def test_stripes_of_colour_alone_count_too():
    kernel = grating(90, 0.25) * np.array([1, 0, -1])[:, None]
    assert measure(kernel).orientation[0] == pytest.approx(90, abs=4)


def test_a_flat_kernel_has_no_orientation_but_a_norm():
    found = measure(np.full((11, 11, 3, 1), 0.1))
    assert np.isnan(found.orientation[0])
    assert found.frequency[0] == 0
    assert found.norm[0] == pytest.approx(np.sqrt(363 * 0.01))


def test_another_shape_is_refused():
    with pytest.raises(ShapeError, match="kernels_without_waves"):
        measure(np.zeros((11, 11, 3)))
