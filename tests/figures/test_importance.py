"""A picture is bright where it counts, and a curve has a mark for each share."""

import numpy as np

from alexnet.figures.importance import DARK, deletion, lit

WHITE = np.full((2, 2, 3), 200, np.uint8)


def test_the_most_important_part_keeps_its_light_and_what_speaks_against_is_dark():
    shown = lit(WHITE, np.array([[2.0, 1.0], [0.0, -5.0]]))
    assert shown[0, 0].tolist() == [200] * 3
    assert shown[0, 1].tolist() == [round(200 * (1 + DARK) / 2)] * 3
    assert shown[1].tolist() == [[200 * DARK] * 3] * 2


def test_where_nothing_counts_all_is_dark():
    assert (lit(WHITE, np.zeros((2, 2))) == 200 * DARK).all()


def test_the_lines_are_in_per_cent_and_differ_in_colour_dash_and_mark():
    figure = deletion(
        [0, 0.5], [("a", [0.9, 0.1]), ("b", [0.9, 0.2])], ("c", [0.9, 0.5]), covered="x", probability="y"
    )
    first, second, chance = figure.data
    assert first.x == (0, 50) and first.y == (90, 10)
    assert first.line.color != second.line.color != chance.line.color
    assert first.line.dash != second.line.dash and first.marker.symbol != second.marker.symbol
    assert chance.name == "c" and chance.line.dash == "dot"
