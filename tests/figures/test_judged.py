"""A tile says right or wrong by its frame and by the mark in its corner."""

import numpy as np
from PIL import ImageColor

from alexnet.figures.judged import RIGHT, SIDE, WRONG, tile, tiles

GREY = np.full((32, 32, 3), 128, np.uint8)


def test_frames_have_the_colour_of_the_verdict_and_the_picture_stays():
    for right, colour in ((True, RIGHT), (False, WRONG)):
        made = tile(GREY, right=right)
        assert made.shape == (SIDE, SIDE, 3)
        assert tuple(made[-1, 30]) == ImageColor.getrgb(colour)
        assert (made[40:60, 20:60] == 128).all()


def test_the_marks_differ_in_form_too():
    tick, cross = (tile(GREY, right=right)[:17, :17].min(axis=-1) > 240 for right in (True, False))
    assert tick.any() and cross.any()
    assert (tick != cross).sum() > 20


def test_no_pictures_make_no_tiles():
    assert tiles(np.zeros((0, 32, 32, 3), np.uint8), np.zeros(0, bool)).shape == (0, SIDE, SIDE, 3)
