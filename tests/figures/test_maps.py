"""Maps as tiles: every answer is there to be read back, and patches are cut where their boxes lie."""

import io

import numpy as np
import pytest
from PIL import Image, ImageColor

from alexnet.figures import maps as figures
from alexnet.figures.hues import Tower, Words, turns
from alexnet.figures.theme import DIVERGING

MAPS = np.random.default_rng(0).uniform(0, 5, (7, 7, 10)).astype(np.float32)


def test_tiles_hold_the_answers():
    limits = MAPS.max(axis=(0, 1))
    tiles = figures.tiles(MAPS, limits)
    assert tiles.shape == (10, 7, 7, 3)
    decoded = tiles[..., 0].astype(float) / 255 * limits[:, None, None]
    np.testing.assert_allclose(decoded, np.moveaxis(MAPS, -1, 0), atol=5 / 255)


def test_a_map_without_answers_is_black_and_larger_answers_than_the_limit_are_white():
    tiles = figures.tiles(MAPS, np.array([0.0] * 9 + [0.001]))
    assert not tiles[:9].any()
    assert (tiles[9] == 255).all()


def test_answers_below_zero_take_the_other_side_of_the_diverging_scale():
    tiles = figures.tiles(np.array([[[-2.0], [0.0], [2.0]]]), np.array([2.0]))
    expected = [ImageColor.getrgb(colour) for _, colour in DIVERGING]
    assert tiles[0, 0].tolist() == [list(colour) for colour in expected]


def test_the_bar_of_a_unit_is_as_high_as_its_answer():
    tiles = figures.bars(np.array([0.0, 1.0, 4.0]), 4.0)
    filled = (tiles[..., 0] == 255).all(axis=2).sum(axis=1)
    assert filled.tolist() == [0, figures.BAR // 4, figures.BAR]
    assert tiles[1, -1].all() and not tiles[1, 0].any()
    assert not figures.bars(np.zeros(3), 0.0).any()


@pytest.mark.parametrize("columns", [1, 4, 10, 12])
def test_a_sprite_holds_every_tile_at_its_place(columns):
    tiles = figures.tiles(MAPS, MAPS.max(axis=(0, 1)))
    whole = figures.sprite(tiles, columns)
    for number, tile in enumerate(tiles):
        row, column = divmod(number, columns)
        np.testing.assert_array_equal(whole[row * 7 : row * 7 + 7, column * 7 : column * 7 + 7], tile)


def test_pictures_of_a_grid_are_enlarged_without_smoothing_and_apart():
    first, second = np.full((2, 2, 3), 10, np.uint8), np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    whole = figures.grid([[first, second]], 8, gap=3)
    assert whole.shape == (8, 19, 4)
    assert not whole[:, 8:11, 3].any() and (whole[:, :8, 3] == 255).all()
    np.testing.assert_array_equal(whole[::4, 11::4, :3], second)


def test_a_mark_frames_its_part_and_leaves_the_rest():
    picture = np.full((16, 16, 3), 90, np.uint8)
    marked = figures.marked(picture, (0.25, 0.5, 0.75, 1.5), "#D55E00", 64)
    changed = (marked != 90).any(axis=-1)
    rows, columns = np.nonzero(changed)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (16, 47, 32, 63)
    assert not changed[22:42, 38:58].any()
    assert (marked == ImageColor.getrgb("#D55E00")).all(axis=-1).any()


def test_what_is_cut_out_is_black_beyond_the_edge():
    picture = np.arange(1, 49, dtype=np.uint8).reshape(4, 4, 3)
    np.testing.assert_array_equal(figures.cut(picture, (0.25, 0.5, 0.75, 1.0)), picture[1:3, 2:])
    beyond = figures.cut(picture, (-0.5, -0.25, 0.5, 0.25))
    assert beyond.shape == (4, 2, 3)
    assert not beyond[:2].any() and not beyond[:, 0].any()
    np.testing.assert_array_equal(beyond[2:, 1], picture[:2, 0])


def test_a_frame_surrounds_each_tile():
    tiles = figures.tiles(MAPS, MAPS.max(axis=(0, 1)))
    framed = figures.bordered(tiles, "#0072B2")
    assert framed[3].shape == (9, 9, 3)
    np.testing.assert_array_equal(framed[3][1:-1, 1:-1], tiles[3])
    assert framed[3][0, 4].tolist() == list(ImageColor.getrgb("#0072B2"))


def test_the_lines_of_the_hues_close_at_a_whole_turn():
    towers = [Tower("one", "#0072B2", [0.0, 0.5], 0.3), Tower("two", "#D55E00", [0.0, 0.7], 0.9)]
    figure = turns(towers, (0, 180), 180, Words("hue", "change", "grey"))
    assert list(figure.data[0].y) == [0, 50, 0] and list(figure.data[0].x) == [0, 180, 360]
    assert list(figure.data[3].y) == [90, 90] and figure.data[3].line.color == "#D55E00"


def test_a_file_holds_the_picture_without_loss_and_without_needless_colours():
    grey = figures.tiles(MAPS, MAPS.max(axis=(0, 1)))[0]
    for picture, mode in ((grey, "L"), (grey * np.array([1, 0, 1], np.uint8), "RGB")):
        with Image.open(io.BytesIO(figures.png(picture))) as file:
            assert file.mode == mode
            np.testing.assert_array_equal(np.asarray(file.convert("RGB")), picture)
    with Image.open(io.BytesIO(figures.png(figures.grid([[grey, grey]], 14)))) as file:
        assert file.mode == "RGBA"
