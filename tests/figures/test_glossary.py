"""The tiny pictures of the terms."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from alexnet.figures.glossary import PICTURES, picture

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("id", PICTURES)
def test_a_picture_is_small_whole_and_in_the_colour_of_its_text(id):
    root = ElementTree.fromstring(picture(id))
    assert root.get("viewBox") == "0 0 120 60" and root.get("aria-hidden") == "true"
    assert root.get("stroke") == "currentColor"
    assert len(list(root.iter())) > 2
    assert len(picture(id)) < 4000
    for mark in root.iter():
        for side, most in (("x", 120), ("cx", 120), ("y", 60), ("cy", 60)):
            assert 0 <= float(mark.get(side, "0")) <= most
        if mark.tag in (f"{SVG}rect", f"{SVG}polygon", f"{SVG}polyline"):
            points = re.findall(r"-?[\d.]+", mark.get("points", ""))
            assert all(-1 <= float(value) <= 121 for value in points)


def test_what_has_no_picture_gets_none():
    assert picture("parameter") == picture("no_such_term") == ""


def test_two_neighbouring_windows_of_stride_stand_further_apart_than_a_cell():
    windows = [float(mark.get("x")) for mark in ElementTree.fromstring(picture("stride")).iter(f"{SVG}rect")]
    assert windows[1] - windows[0] == 4 * 9  # conv1's stride of 4, in cells of 9


def test_padding_surrounds_four_by_four_cells_with_zeros():
    zeros = [mark.text for mark in ElementTree.fromstring(picture("padding")).iter(f"{SVG}text")]
    assert zeros == ["0"] * (6 * 6 - 4 * 4)
