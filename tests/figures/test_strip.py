"""Photographs with a network's answers below them."""

from __future__ import annotations

import base64
from io import BytesIO

import numpy as np
from PIL import Image

from alexnet.figures.strip import RIGHT, WRONG, Followed, sources, strip


def test_an_address_holds_the_very_photograph():
    photographs = np.random.default_rng(0).integers(0, 256, (3, 8, 8, 3), np.uint8)
    for photograph, address in zip(photographs, sources(photographs), strict=True):
        content = base64.b64decode(address.removeprefix("data:image/png;base64,"))
        np.testing.assert_array_equal(np.asarray(Image.open(BytesIO(content))), photograph)


def test_the_latest_answer_frames_its_photograph_and_the_line_below_shows_each_moment():
    written = strip(["data:,"], [Followed("cat", 0.874, [True, False, True, False], "Answer: cat.")])
    assert f"solid {WRONG}" in written and f"solid {RIGHT}" not in written
    assert "✗ cat" in written and "87 %" in written
    assert written.count(f"background:{RIGHT}") == written.count(f"background:{WRONG}") == 2


def test_a_name_is_never_markup():
    assert "<b>" not in strip(["data:,"], [Followed("<b>", 0.5, [True], '"><b>')])
