"""The picture of a network says what its rows say."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from alexnet.architecture import CLASSROOM, LESSONS, NETWORKS, PAPER_2012, STUDY_NOTE, with_classes
from alexnet.figures.diagram import Words, columns, exchanges, network_diagram
from alexnet.figures.theme import TOWER_COLOURS

SVG = "{http://www.w3.org/2000/svg}"
WORDS = Words("A network", "It has layers.", "image", ("GPU 1", "GPU 2"), "exchange")


def drawn(network, direction="across", words=WORDS):
    return ElementTree.fromstring(network_diagram(network, words, direction))


def written(picture):
    return [text.text for text in picture.iter(f"{SVG}text")]


def test_the_papers_gpus_exchange_data_at_conv3_and_in_the_dense_layers():
    assert exchanges(PAPER_2012) == ("conv3", "fc6", "fc7", "fc8")


def test_one_tower_exchanges_nothing():
    assert exchanges(STUDY_NOTE) == ()
    assert {len(column) for column in columns(STUDY_NOTE)} == {1}


@pytest.mark.parametrize("direction", ["across", "down"])
def test_a_network_of_few_layers_is_not_blown_up(direction):
    def scale(network):
        picture = drawn(network, direction)
        most = float(picture.get("style").removeprefix("max-width:").removesuffix("px"))
        return most / float(picture.get("viewBox").split()[2])

    small = replace(PAPER_2012, rows=PAPER_2012.rows[:2])
    assert scale(small) == pytest.approx(scale(PAPER_2012), abs=0.01) and scale(small) < 1.3


def test_each_tower_of_the_paper_has_half_of_every_layer():
    shapes = {column[0].name: [box.shape for box in column] for column in columns(PAPER_2012)}
    assert shapes == {
        "image": [(227, 227, 3)],
        "conv1": [(55, 55, 48)] * 2,
        "pool1": [(27, 27, 48)] * 2,
        "conv2": [(27, 27, 128)] * 2,
        "pool2": [(13, 13, 128)] * 2,
        "conv3": [(13, 13, 192)] * 2,
        "conv4": [(13, 13, 192)] * 2,
        "conv5": [(13, 13, 128)] * 2,
        "pool5": [(6, 6, 128)] * 2,
        "fc6": [(2048,)] * 2,
        "fc7": [(2048,)] * 2,
        "fc8": [(1000,)],
    }


@pytest.mark.parametrize("direction", ["across", "down"])
@pytest.mark.parametrize("network", [*NETWORKS, *LESSONS], ids=lambda network: network.id)
def test_every_box_shows_its_size_and_every_layer_its_name(network, direction):
    shown = written(drawn(network, direction))
    for column in columns(network):
        assert column[0].name in shown
        for box in column:
            assert shown.count("×".join(map(str, box.shape))) >= len(column)


@pytest.mark.parametrize("direction", ["across", "down"])
def test_each_exchange_is_marked_once_and_one_tower_has_no_marks(direction):
    assert len(list(drawn(PAPER_2012, direction).iter(f"{SVG}circle"))) == 4
    single = drawn(STUDY_NOTE, direction)
    assert not list(single.iter(f"{SVG}circle"))
    assert "GPU 1" not in written(single)


@pytest.mark.parametrize("direction", ["across", "down"])
@pytest.mark.parametrize("network", [*NETWORKS, *LESSONS], ids=lambda network: network.id)
def test_nothing_lies_outside_the_picture(network, direction):
    picture = drawn(network, direction)
    _, _, width, height = map(float, picture.get("viewBox").split())
    for polygon in picture.iter(f"{SVG}polygon"):
        for point in polygon.get("points").split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= width and 0 <= y <= height
    for text in picture.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x")) <= width and 0 <= float(text.get("y")) <= height


def test_the_towers_wear_their_two_colours():
    fills = {polygon.get("fill") for polygon in drawn(PAPER_2012).iter(f"{SVG}polygon")}
    assert fills >= set(TOWER_COLOURS)
    assert (
        not fills
        & {polygon.get("fill") for polygon in drawn(STUDY_NOTE).iter(f"{SVG}polygon")}
        & set(TOWER_COLOURS)
    )


def test_boxes_grow_with_the_square_roots_of_pixels_and_channels():
    heights = {}
    for group in drawn(PAPER_2012).iter(f"{SVG}g"):
        title, front = group.find(f"{SVG}title"), group.find(f"{SVG}polygon")
        if front is not None and title is not None:
            ys = [float(point.split(",")[1]) for point in front.get("points").split()]
            heights[title.text.split(":")[0]] = max(ys) - min(ys)
    assert heights["image"] / heights["conv1"] == pytest.approx((227 / 55) ** 0.5, rel=0.01)
    assert heights["conv1"] / heights["conv3"] == pytest.approx((55 / 13) ** 0.5, rel=0.01)
    assert heights["fc6"] / heights["fc8"] == pytest.approx((2048 / 1000) ** 0.5, rel=0.01)


def test_readers_who_do_not_see_it_get_a_title_and_a_description():
    picture = drawn(PAPER_2012)
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == "A network. It has layers."
    assert picture.find(f"{SVG}title").text == "A network"
    assert picture.find(f"{SVG}desc").text == "It has layers."


def test_words_cannot_become_markup():
    hostile = '"><script>alert(1)</script>&'
    words = Words(hostile, hostile, hostile, (hostile, hostile), hostile)
    markup = network_diagram(PAPER_2012, words)
    assert "<script" not in markup
    assert hostile in written(ElementTree.fromstring(markup))


def test_text_takes_the_colour_of_the_page():
    assert {text.get("fill") for text in drawn(PAPER_2012).iter(f"{SVG}text")} == {"currentColor"}


def test_another_number_of_classes_changes_the_last_box_only():
    before, after = columns(CLASSROOM), columns(with_classes(CLASSROOM, 10))
    assert before[:-1] == after[:-1]
    assert after[-1][0].shape == (10,)


def test_the_markup_has_no_blank_line_that_would_end_its_html_block():
    assert not re.search(r"\n", network_diagram(PAPER_2012, WORDS))
