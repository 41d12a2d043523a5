"""The drawn pictures hold what they are drawn for."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.data.drawn import BRIGHTNESS, DRAWN


@pytest.mark.parametrize("draw", DRAWN.values(), ids=list(DRAWN))
@pytest.mark.parametrize("side", [3, 32, 227])
def test_they_are_square_pictures_of_any_size(draw, side):
    picture = draw(side)
    assert picture.shape == (side, side, 3) and picture.dtype == np.uint8


def test_shapes_have_no_colour_and_edges_in_both_directions():
    picture = DRAWN["shapes"](227).astype(int)
    assert (picture == picture[..., :1]).all()
    assert np.abs(np.diff(picture, axis=0)).max() > 100
    assert np.abs(np.diff(picture, axis=1)).max() > 100


def test_colours_of_equal_brightness_are_colours_and_equally_bright():
    picture = DRAWN["equal_brightness"](227).astype(int)
    assert (picture.sum(axis=2) == 3 * BRIGHTNESS).all()
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) == 5
