"""A sheet of tiles: the picture that they are cut from, and what a browser may choose."""

from __future__ import annotations

import io
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from alexnet.ui.browser import tile_sheet
from alexnet.ui.browser.tile_sheet import COLUMNS, Sheet, show, sprite


@pytest.mark.parametrize("count", [1, COLUMNS - 1, COLUMNS, COLUMNS + 1, 48])
@pytest.mark.parametrize("channels", ["in colour", "grey"])
def test_tiles_lie_row_by_row_in_the_picture(count, channels):
    tiles = np.random.default_rng(count).integers(0, 256, (count, 5, 7, 3), dtype=np.uint8)
    if channels == "grey":
        tiles[...] = tiles[..., :1]
    picture = np.array(Image.open(io.BytesIO(sprite(tiles))).convert("RGB"))
    assert picture.shape == (5 * (1 + (count - 1) // COLUMNS), 7 * COLUMNS, 3)
    for place, tile in enumerate(tiles):
        row, column = divmod(place, COLUMNS)
        np.testing.assert_array_equal(picture[5 * row :, 7 * column :][:5, :7], tile)


def test_a_sheet_without_tiles_has_a_picture_all_the_same():
    Image.open(io.BytesIO(sprite(np.zeros((0, 11, 11, 3), np.uint8)))).verify()


@pytest.fixture
def says(monkeypatch):
    """What a sheet of tiles 1-4 and 1-5 takes when the browser says something."""

    def say(value):
        given, taken = {}, []
        monkeypatch.setattr(tile_sheet, "_component", lambda **values: given.update(values))
        monkeypatch.setattr(tile_sheet.st, "session_state", {"key": SimpleNamespace(picked=value)})
        show(Sheet("", "", b"", ["1-4", "1-5"], ["", ""], ["", ""]), "key", picked=taken.append)
        given["on_picked_change"]()
        return taken

    return say


def test_a_tile_of_the_sheet_is_chosen_by_its_id(says):
    assert says("1-5") == ["1-5"]


@pytest.mark.parametrize("value", [None, 7, True, "", "1-6", "2-4", ["1-4"], {"id": "1-4"}, float("nan")])
def test_what_a_browser_may_not_choose_changes_nothing(says, value):
    assert says(value) == []
