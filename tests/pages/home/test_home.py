"""The Home page, through app.py."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.language import LANGUAGES, text
from alexnet.trained import passage
from alexnet.ui.pages import PAGES
from tests.pages.prediction.test_prediction import upload
from tests.pages.sent import sent


def written(at):
    return [block.value for block in at.main.markdown]


def test_home_opens_in_the_language_of_the_link(open_page):
    assert open_page("home", lang="ko").title[0].value == text("home.title", "ko")
    assert open_page("home", lang="en").title[0].value == text("home.title", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_home_says_that_the_paper_prints_224_where_its_network_has_227(open_page, lang):
    notes = " ".join(note.value for note in open_page("home", lang=lang).main.caption)
    assert notes == notes.replace("{", "") and all(number in notes for number in ("224", "227", "55"))


def test_the_language_switch_stays_on_the_page_and_stands_in_the_link(open_page):
    at = open_page("home", lang="ko")
    at.sidebar.segmented_control(key="language").set_value("en").run()
    assert at.title[0].value == text("home.title", "en")
    assert at.query_params == {"lang": "en"}
    at.run()
    assert at.title[0].value == text("home.title", "en")
    assert at.query_params == {"lang": "en"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_says_what_the_paper_and_its_towers_come_to(open_page, language):
    (sentence,) = [value for value in written(open_page("home", lang=language)) if "60,965,224" in value][-1:]
    # The counts of the paper's network, and how many times as many products one tower would need.
    for number in ("227×227", "60,965,224", "724,406,816", "conv3, fc6, fc7, fc8", "1.57", "1,000"):
        assert number in sentence


def picture(at):
    """What the picture's component is sent."""
    (found,) = sent(at)
    return found


def test_every_lesson_has_a_card_and_the_class_a_link(open_page):
    at = open_page("home", lang="en")
    cards = {text(f"home.card_{page.id}", "en") for page in PAGES if page.id not in ("home", "classroom")}
    assert cards <= {note.value for note in at.main.caption}
    links = [link.proto.page for link in at.main.get("page_link")]
    # Layers three times: its card, the paper's network, and what is next.
    assert sorted(links) == sorted(["layers", "layers", *(page.id for page in PAGES if page.id != "home")])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_gets_three_photographs_with_what_shipped_of_them(open_page, language):
    header, arrays = picture(open_page("home", lang=language))
    assert [one["id"] for one in header["pictures"]] == ["kingfisher", "cat_face", "shepherd_dog"]
    assert header["first"] == "kingfisher" and header["classes"][2] == text("classes.bird", language)
    kept = passage.shipped("shipped")["cat_face"]
    np.testing.assert_array_equal(arrays["cat_face/conv2"], kept.layers["conv2"].values)
    cat = header["pictures"][1]
    assert cat["layers"]["conv2"]["numbers"] == kept.layers["conv2"].numbers.tolist()
    assert header["classes"][cat["truth"]] == text("classes.cat", language)
    assert cat["credit"]["licence"] == "CC0 1.0"


def test_a_layer_says_what_its_values_see_and_what_it_costs(open_page):
    header, _ = picture(open_page("home"))
    layers = {one["name"]: one for one in header["layers"]}
    # By hand: windows of 11, then of 3 every 2 pixels, then of 5 every 4: 11 + 2 * 2 + 4 * 4.
    conv2 = layers["conv2"]
    assert (conv2["field"], conv2["stride"], conv2["offset"]) == (31, 4, -5 - 2 * 4)
    assert conv2["size_formula"] == "⌊(15 − 5 + 2 × 2) / 1⌋ + 1 = 15"
    assert layers["conv1"]["parameter_formula"] == "2 × (11 × 11 × 3 + 1) × 48 = 34,944"
    assert layers["fc8"]["parameter_formula"] == "(512 + 1) × 10 = 5,130"
    assert layers["conv1"]["then"] == [["pool1", 15]] and layers["conv3"]["then"] == []
    assert [name for name, one in layers.items() if one["meets"]] == ["conv3", "fc6", "fc7", "fc8"]


def test_every_link_of_a_layer_leads_to_its_very_layer(open_page):
    header, _ = picture(open_page("home"))
    for layer in header["layers"]:
        for link in layer["links"]:
            query = {**link["query"], **({link["picture"]: "cat_face"} if link["picture"] else {})}
            at = open_page(link["page"], "en", **query)
            assert not at.exception and not at.error
            for name, value in query.items():  # the page keeps what it understood, or it is its default
                assert at.query_params.get(name, value) == value
            if "layer" in query:
                assert at.session_state[f"{link['page']}_layer"] == layer["name"]
            if link["picture"]:
                assert at.session_state[f"{link['page']}_{link['picture']}"] == "cat_face"


def test_a_photograph_of_ones_own_is_sent_in_the_same_form(open_page):
    at = upload(open_page("home", "en"), "photograph.jpg")
    header, arrays = picture(at)
    mine = header["pictures"][-1]
    assert len(header["pictures"]) == 4 and mine["own"] and header["first"] == mine["id"]
    assert mine["truth"] is None and sum(mine["probabilities"]) == pytest.approx(1, abs=1e-3)
    for layer in header["layers"][:-1]:
        name = layer["name"]
        assert arrays[f"{mine['id']}/{name}"].shape == arrays[f"cat_face/{name}"].shape
        assert len(mine["layers"][name]["numbers"][0]) == passage.STRONGEST


def test_a_damaged_file_is_explained_and_the_rest_of_the_page_stands(open_page, monkeypatch, tmp_path):
    monkeypatch.setattr(passage, "FOLDER", tmp_path)
    passage.shipped.cache_clear()
    (tmp_path / "shipped.safetensors").write_bytes(b"not a file of tensors")
    at = open_page("home", "en")
    assert len(at.error) == 1 and r"shipped\.safetensors" in at.error[0].value
    assert at.main.get("page_link")
