"""The heat map writes its numbers, and they can be read on every shade."""

from __future__ import annotations

import pytest
from PIL import ImageColor

from alexnet.figures.confusion import Words, heat_map, ink

WORDS = Words("true class", "answer", ["1,000 images", "1,000 images"])
NAMES = ["cat", "dog"]


def cells(figure):
    return {(note.y, note.x): note.text for note in figure.layout.annotations}


def test_every_cell_says_its_count_and_its_share_of_the_row():
    figure = heat_map([[712, 288], [366, 634]], NAMES, WORDS)
    assert cells(figure) == {
        (0, 0): "<b>712</b><br>71.2%",
        (0, 1): "<b>288</b><br>28.8%",
        (1, 0): "<b>366</b><br>36.6%",
        (1, 1): "<b>634</b><br>63.4%",
    }
    assert [list(row) for row in figure.data[0].z] == [[0.712, 0.288], [0.366, 0.634]]


def test_the_first_true_class_stands_on_top_with_how_many_images_it_has():
    figure = heat_map([[712, 288], [366, 634]], NAMES, WORDS)
    assert figure.layout.yaxis.autorange == "reversed"
    assert list(figure.layout.yaxis.ticktext) == ["cat<br>1,000 images", "dog<br>1,000 images"]
    assert list(figure.layout.xaxis.ticktext) == NAMES


def test_the_right_answers_have_a_frame_and_the_others_none():
    figure = heat_map([[712, 288], [366, 634]], NAMES, WORDS)
    centres = [((one.x0 + one.x1) / 2, (one.y0 + one.y1) / 2) for one in figure.layout.shapes]
    assert centres == [(0, 0), (1, 1)]


def test_a_row_without_images_says_no_share():
    figure = heat_map([[0, 0], [3, 5]], NAMES, Words("t", "a", ["0 images", "8 images"]))
    assert cells(figure)[0, 0] == "0"
    assert cells(figure)[1, 1] == "<b>5</b><br>62.5%"


def test_ten_classes_fit_too():
    table = [[90 if row == column else 1 for column in range(10)] for row in range(10)]
    figure = heat_map(table, [str(place) for place in range(10)], Words("t", "a", ["99"] * 10))
    assert cells(figure)[3, 3] == "90<br>91%"
    assert figure.layout.height < 600


@pytest.mark.parametrize("share", [step / 20 for step in range(21)])
def test_the_text_has_the_contrast_of_4_5_that_wcag_asks_for_on_every_shade(share):
    def luminance(colour):
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    (_, pale), (_, full) = heat_map([[1]], ["x"], Words("t", "a", ["1"])).data[0].colorscale
    ends = zip(ImageColor.getrgb(pale), ImageColor.getrgb(full), strict=True)
    ground = luminance([(low + (high - low) * share) / 255 for low, high in ends])
    text = luminance([part / 255 for part in ImageColor.getrgb(ink(share))])
    brighter, darker = max(ground, text), min(ground, text)
    assert (brighter + 0.05) / (darker + 0.05) >= 4.5
