"""Grey and turned colours keep every pixel's brightness, and nothing leaves the range."""

import colorsys

import numpy as np
import pytest

from alexnet.data.colours import grey, turned

PIXELS = np.random.default_rng(0).integers(0, 256, (20, 20, 3), dtype=np.uint8)


def test_grey_is_the_mean_of_the_three_colours():
    np.testing.assert_allclose(grey(np.array([[30, 60, 90]], np.uint8)), [[60, 60, 60]])


@pytest.mark.parametrize("degrees", [15, 120, 180, 285])
def test_turning_keeps_each_pixels_brightness_within_the_range(degrees):
    result = turned(PIXELS, degrees)
    np.testing.assert_allclose(result.mean(axis=-1), PIXELS.mean(axis=-1), atol=1e-3)
    assert result.min() >= 0 and result.max() <= 255


def test_a_whole_turn_changes_nothing_and_neither_does_any_turn_of_grey():
    np.testing.assert_allclose(turned(PIXELS, 360), PIXELS, atol=1e-3)
    np.testing.assert_allclose(turned(grey(PIXELS), 77), grey(PIXELS), atol=1e-3)


def test_a_third_of_a_turn_makes_red_green_and_green_blue():
    primaries = np.array([[255, 0, 0], [0, 255, 0]], np.uint8)
    np.testing.assert_allclose(turned(primaries, 120), [[0, 255, 0], [0, 0, 255]], atol=1e-3)


@pytest.mark.parametrize("degrees", [60, 180])
def test_hues_of_pure_colours_turn_as_far_as_in_the_hsv_model(degrees):
    # In steps of 60 degrees the pure colours' hues of both models fall together, pale or not.
    for hue in range(0, 360, 60):
        pure = 255 * np.array(colorsys.hsv_to_rgb(hue / 360, 1, 1), np.float32)
        found = colorsys.rgb_to_hsv(*(turned(pure[None], degrees)[0] / 255).tolist())[0] * 360
        assert (found - hue - degrees + 180) % 360 - 180 == pytest.approx(0, abs=0.1)
