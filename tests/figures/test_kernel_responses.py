"""Pictures of one kernel's answers."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.architecture.shapes import windows
from alexnet.figures.kernel_responses import SIDE, marked_map, marked_picture, patches, signed
from alexnet.kernels.peaks import Place

PICTURE = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)


def test_signed_values_are_white_at_zero_and_have_the_apps_colours_at_the_ends():
    colours = signed(np.array([-2.0, -1.0, 0.0, 1.0]), 1.0)
    assert colours.tolist() == [[8, 0x40, 0x7E], [8, 0x40, 0x7E], [0xF2] * 3, [0xEE, 0x8B, 0x4A]]
    assert signed(np.zeros((2, 2)), 0.0).shape == (2, 2, 3)


def test_every_pixel_of_the_picture_is_a_square_and_only_frames_and_numbers_lie_on_it():
    along = windows(64, 11, 2, 5)
    drawn = marked_picture(PICTURE, [Place(10, 12, 15, 19, 1.0)], along)
    factor = len(drawn) // 64
    plain = PICTURE.repeat(factor, axis=0).repeat(factor, axis=1)
    assert len(drawn) >= SIDE
    changed = (drawn != plain).any(axis=2)
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    for found, first in ((rows, 15), (columns, 19)):
        assert found[0] == pytest.approx(first * factor, abs=1)
        assert found[-1] == pytest.approx((first + 11) * factor - 1, abs=1)
    assert changed.mean() < 0.02


def test_the_map_keeps_its_values_but_where_places_are_marked():
    answers = np.random.default_rng(1).normal(size=(32, 32))
    factor = len(marked_map(answers, [])) // 32
    np.testing.assert_array_equal(
        marked_map(answers, [])[::factor, ::factor], signed(answers, float(np.abs(answers).max()))
    )
    marked = marked_map(answers, [Place(4, 6, 3, 7, 1.0)])
    changed = (marked != marked_map(answers, [])).any(axis=2)
    assert changed[4 * factor, 6 * factor] and not changed[4 * factor + factor // 2, 6 * factor + factor // 2]


def test_the_kernel_comes_first_and_then_what_it_saw():
    kernel = np.full((11, 11, 3), 200, np.uint8)
    row = patches(kernel, [PICTURE[:11, :11], PICTURE[20:31, 20:31]])
    factor = row.shape[0] // 11
    assert (row[:, : 11 * factor] == 200).all()
    second = row[:, -11 * factor :][::factor, ::factor]
    np.testing.assert_array_equal(second[5:], PICTURE[25:31, 20:31])  # the number lies in its corner
