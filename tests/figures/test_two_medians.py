"""The picture of two medians has its numbers, and words for whoever does not see it."""

import re

from alexnet.figures.two_medians import drawing


def test_medians_stand_where_their_values_are_and_are_written():
    svg = drawing((0.0, 1.0), 0.5, ("grey", "pure"), "<chance>", ("title", "words"))
    first, second = (float(x) for x in re.findall(r'cx="([\d.]+)"', svg))
    line = float(re.findall(r'x1="([\d.]+)"', svg)[0])
    assert first < second and line == (first + second) / 2
    assert ">0.00<" in svg and ">1.00<" in svg and "&lt;chance&gt;" in svg
    assert 'aria-label="title. words"' in svg
