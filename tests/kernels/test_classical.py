"""Kernels that nobody trained, and how they stand in a link."""

from __future__ import annotations

import base64

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from alexnet.errors import ChoiceError
from alexnet.kernels.classical import CLASSICAL, LARGEST, SIDES, from_link, to_link
from alexnet.numerics.operations import convolution

WEIGHTS = st.floats(-LARGEST, LARGEST, width=32, allow_nan=False)


def answers(id, picture):
    return convolution(picture, CLASSICAL[id][..., None])[..., 0]


def test_edges_outline_and_colour_are_silent_on_an_even_grey_and_the_others_repeat_it():
    grey = np.full((7, 7, 3), 0.6)
    for id in ("edge_vertical", "edge_horizontal", "outline", "red_green"):
        np.testing.assert_allclose(answers(id, grey), 0, atol=1e-6)
    for id in ("blur", "sharpen"):
        np.testing.assert_allclose(answers(id, grey), 0.6, atol=1e-6)


def test_an_edge_is_answered_by_the_kernel_of_its_direction():
    picture = np.zeros((8, 8, 3))
    picture[:, 4:] = 1
    assert answers("edge_vertical", picture).max() == pytest.approx(4)
    assert not answers("edge_horizontal", picture).any()
    assert answers("edge_horizontal", picture.transpose(1, 0, 2)).max() == pytest.approx(4)


def test_red_against_green_sees_what_has_no_difference_in_brightness():
    picture = np.full((5, 5, 3), 0.5)
    picture[..., 0], picture[..., 1] = 0.9, 0.1
    assert (answers("red_green", picture) > 0.7).all()
    np.testing.assert_allclose(answers("edge_vertical", picture), 0, atol=1e-6)


@given(st.sampled_from(SIDES).flatmap(lambda side: arrays(np.float32, (side, side, 3), elements=WEIGHTS)))
def test_a_kernel_comes_back_from_its_link(kernel):
    np.testing.assert_array_equal(from_link(to_link(kernel)), kernel)


@given(st.sampled_from(SIDES).flatmap(lambda side: arrays(np.float32, (side, side, 1), elements=WEIGHTS)))
def test_three_equal_colours_are_written_once(grid):
    kernel = np.repeat(grid, 3, axis=2)
    link = to_link(kernel)
    assert len(link) <= 4 * grid.size * 4 / 3 + 3
    np.testing.assert_array_equal(from_link(link), kernel)


@given(st.text(max_size=80))
def test_any_other_text_is_refused_or_is_a_kernel(link):
    try:
        kernel = from_link(link)
    except ChoiceError:
        return
    assert kernel.shape[0] in SIDES and np.isfinite(kernel).all()


@pytest.mark.parametrize("weight", [np.nan, np.inf, -np.inf, 1001.0])
def test_weights_that_no_lesson_needs_are_refused(weight):
    packed = np.full(9, weight, "<f4").tobytes()
    with pytest.raises(ChoiceError):
        from_link(base64.urlsafe_b64encode(packed).decode())
