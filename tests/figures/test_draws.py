"""Many pictures as one."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from alexnet.figures.draws import EDGE, GAP, sheet, width


def test_every_picture_stands_enlarged_in_its_place_on_a_transparent_ground():
    pictures = np.random.default_rng(0).integers(0, 256, (5, 4, 4, 3)).astype(np.uint8)
    drawn = np.asarray(Image.open(io.BytesIO(sheet(pictures, 3, 10))))
    each = 12 + GAP  # three times four pixels
    assert drawn.shape == (2 * each + GAP, 3 * each + GAP, 4)
    assert width(5, 4, 3, 10) == drawn.shape[1] and width(2, 4, 3, 10) == 2 * each + GAP
    for place, picture in enumerate(pictures):
        top, left = (GAP + at * each for at in divmod(place, 3))
        np.testing.assert_array_equal(drawn[top : top + 12 : 3, left : left + 12 : 3, :3], picture)
    assert drawn[GAP - 1, GAP - 1, 3] == 0 and drawn[-GAP - 1, -GAP - 1, 3] == 0  # the sixth is missing


def test_a_frame_stands_around_the_first_alone():
    pictures = np.zeros((2, 4, 4, 3), np.uint8)
    drawn = np.asarray(Image.open(io.BytesIO(sheet(pictures, 2, 4, framed=True))))
    assert tuple(drawn[0, 0]) == (*EDGE, 255)
    assert drawn[0, -1, 3] == 0
