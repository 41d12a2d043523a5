"""The best places of a map, and what lies there."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.architecture.shapes import windows
from alexnet.kernels.peaks import patch, strongest
from alexnet.numerics.operations import convolution


def test_planted_copies_of_the_kernel_are_the_best_places_and_their_pixels_are_the_patches():
    rng = np.random.default_rng(3)
    kernel = rng.normal(size=(11, 11, 3))
    picture = rng.normal(0, 0.05, (64, 64, 3))
    for strength, (top, left) in zip((3.0, 2.0, 1.0), ((10, 6), (40, 44), (0, 50)), strict=True):
        picture[top : top + 11, left : left + 11] = strength * kernel
    along = windows(64, 11, 2, 0)
    found = strongest(convolution(picture, kernel[..., None], stride=2)[..., 0], along, 3)
    assert [(place.top, place.left) for place in found] == [(10, 6), (40, 44), (0, 50)]
    assert [place.value for place in found] == sorted((place.value for place in found), reverse=True)
    levels = np.arange(64 * 64 * 3).reshape(64, 64, 3).astype(np.uint8)
    np.testing.assert_array_equal(patch(levels, found[1], along), levels[40:51, 44:55])


def test_windows_in_the_padding_begin_outside_the_picture_and_show_grey_there():
    along = windows(8, 5, 1, 2)
    answers = np.zeros((8, 8))
    answers[0, 7] = 1.0
    (place,) = strongest(answers, along, 4)
    assert (place.top, place.left) == (-2, 5)
    seen = patch(np.zeros((8, 8, 3), np.uint8), place, along)
    assert seen.shape == (5, 5, 3)
    assert (seen[:2] == 127).all() and (seen[:, 3:] == 127).all() and (seen[2:, :3] == 0).all()


def test_no_two_places_share_a_pixel():
    along = windows(64, 11, 2, 5)
    found = strongest(np.random.default_rng(1).uniform(0.5, 1, (32, 32)), along, 8)
    assert len(found) == 8
    for one in found:
        for other in found:
            if one is not other:
                assert abs(one.top - other.top) >= 11 or abs(one.left - other.left) >= 11


@pytest.mark.parametrize("answers", [np.zeros((4, 4)), np.full((4, 4), -1.0), np.full((4, 4), np.nan)])
def test_a_kernel_that_never_answers_has_no_place(answers):
    assert strongest(answers, windows(8, 2, 2, 0), 3) == []
