"""Each disturbance does what its name says, against NumPy's own operations."""

import numpy as np
import pytest

from alexnet.data.disturbance import Disturbance, disturbed

PICTURE = np.random.default_rng(4).integers(0, 256, (64, 64, 3), dtype=np.uint8)
MEAN = np.round(PICTURE.mean(axis=(0, 1))).astype(np.uint8)


def test_nothing_changes_nothing():
    np.testing.assert_array_equal(disturbed(PICTURE, Disturbance()), PICTURE)


def test_half_a_turn_is_numpys():
    turned = disturbed(PICTURE, Disturbance(rotate=180))
    np.testing.assert_allclose(turned.astype(int), np.rot90(PICTURE, 2).astype(int), atol=1)


def test_moving_leaves_the_mean_colour_behind():
    moved = disturbed(PICTURE, Disturbance(right=25, down=-50))
    np.testing.assert_array_equal(moved[:32, 16:], PICTURE[32:, :48])
    assert (moved[:, :16] == MEAN).all() and (moved[32:] == MEAN).all()


def test_without_colour_the_three_values_are_the_brightness():
    grey = disturbed(PICTURE, Disturbance(grey=100))
    by_hand = PICTURE @ np.array([0.299, 0.587, 0.114])
    np.testing.assert_allclose(grey, np.repeat(by_hand[..., None], 3, axis=2), atol=0.51)


def test_a_third_of_a_turn_of_hues_makes_red_green():
    red = np.zeros((8, 8, 3), np.uint8) + np.array([200, 0, 0], np.uint8)
    np.testing.assert_allclose(disturbed(red, Disturbance(hue=120))[0, 0], [0, 200, 0], atol=6)


def test_the_square_lies_where_it_is_put_and_may_leave_the_picture():
    covered = disturbed(PICTURE, Disturbance(cover=50, cover_x=0, cover_y=50))
    assert (covered[16:48, :16] == MEAN).all()
    np.testing.assert_array_equal(covered[:, 16:], PICTURE[:, 16:])


@pytest.mark.parametrize("how", [Disturbance(noise=20), Disturbance(blur=5.0)])
def test_noise_spreads_and_blur_gathers_and_both_are_the_same_again(how):
    plain = np.full((64, 64, 3), 128, np.uint8) if how.noise else PICTURE
    made = disturbed(plain, how)
    np.testing.assert_array_equal(made, disturbed(plain, how))
    if how.noise:
        assert abs(float(made.std()) - 20) < 1
    else:
        assert made.std() < 0.3 * plain.std()
