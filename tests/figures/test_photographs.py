"""What is faded is what the network does not read, and a pixel stays a square."""

import numpy as np

from alexnet.figures.photographs import cropped_outline, pixelated


def test_only_what_lies_outside_the_centre_square_is_faded():
    photograph = np.zeros((100, 60, 3), np.uint8)
    view = cropped_outline(photograph)
    assert view.shape == (100, 60, 3)
    assert (view[20:80] == 0).all()
    assert (view[:20] == 96).all()
    assert (view[80:] == 96).all()


def test_a_large_photograph_becomes_small_in_its_proportions():
    assert cropped_outline(np.zeros((3000, 1500, 3), np.uint8)).shape == (480, 240, 3)


def test_a_line_of_pixels_stays_visible():
    assert cropped_outline(np.zeros((1, 5000, 3), np.uint8)).shape == (1, 480, 3)


def test_each_pixel_becomes_a_square_of_the_same_colour():
    saw = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    large = pixelated(saw, 256)
    assert large.shape == (256, 256, 3)
    np.testing.assert_array_equal(large[::4, ::4], saw)
    np.testing.assert_array_equal(large[3::4, 3::4], saw)
