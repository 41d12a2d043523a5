"""The Layers page, through app.py."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import unescape

import pytest

from alexnet.architecture import NETWORKS, network
from alexnet.architecture.shapes import trace
from alexnet.language import text
from pages.layers.controls import TRIES


def table(at):
    """The table as rows of texts."""
    (element,) = at.get("bidi_component")
    markup = json.loads(element.proto.mixed.json or element.proto.json)["markup"]
    rows = re.findall(r"<tr.*?</tr>", markup, re.DOTALL)
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows)
    return [[unescape(re.sub(r"<[^>]*>", " ", cell)).strip() for cell in row] for row in cells]


def rows(at):
    return {row[0]: row for row in table(at)[1:]}


def column(at, number):
    return {name: row[number] for name, row in rows(at).items() if len(row) > number}


def said(at):
    return " ".join(element.value for element in at.markdown)


def press(at, name):
    return at.button(key=f"layers_button_try_{name}").click().run()


def sizes(at):
    found = column(at, 2)
    return tuple(int(found[name].replace(",", "")) for name in ("conv1", "pool1", "pool2", "pool5"))


def test_the_first_size_is_hidden_until_it_is_guessed(open_page):
    at = open_page("layers")
    assert at.title[0].value == "How large is the first feature map?"
    assert column(at, 2)["conv1"] == column(at, 2)["lrn1"] == "?"
    assert column(at, 2)["pool1"] == "27"
    assert rows(at)["conv1"][-3] == rows(at)["conv1"][-1] == "?"
    assert r"\mathbf{55}" not in said(at)
    at.pills(key="layers_layer").set_value("pool1").run()  # which reads the hidden map
    assert r"\mathbf{55}" not in said(at)
    at.pills(key="layers_layer").set_value("conv1").run()
    at.pills(key="layers_guess").set_value("54").run()
    at.button(key="layers_guess_commit").click().run()
    assert at.title[0].value == "Why 55?"
    assert column(at, 2)["conv1"] == "55"
    assert "**55.** You had guessed: 54." in said(at)
    assert at.query_params["guessed"] == "54"


def test_the_paper_network_opens_at_227_with_the_notes_sizes(open_page):
    at = open_page("layers", guessed="shown")
    assert at.title[0].value == "Why 55?"
    assert at.number_input(key="layers_size").value == 227
    names = ("conv1", "pool1", "conv2", "pool2", "conv3", "conv4", "conv5", "pool5", "fc6", "fc7", "fc8")
    found = column(at, 2)
    expected = ["55", "27", "27", "13", "13", "13", "13", "6", "4,096", "4,096", "1,000"]
    assert [found[name] for name in names] == expected
    assert rows(at)["image"][1] == "3"  # an RGB image has three channels
    assert rows(at)["total"][-2:] == ["60,965,224", "724,406,816"]
    assert "62,378,344" in said(at) and "1.57" in said(at)
    assert "96%" in said(at) and "92%" in said(at)


def test_one_tower_of_the_same_width_has_62378344_parameters(open_page):
    at = open_page("layers")
    at.segmented_control(key="layers_towers").set_value("one").run()
    assert rows(at)["total"][-2:] == ["62,378,344", "1,135,256,096"]
    assert at.query_params == {"lang": "en", "towers": "one"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("code_2012", (55, 27, 13, 6)),
        ("caffe", (54, 27, 13, 6)),
        ("valid", (54, 26, 12, 5)),
        ("torchvision", (55, 27, 13, 6)),
        ("same", (56, 27, 13, 6)),
    ],
)
def test_try_this_shows_224_as_a_program_reads_it(open_page, name, expected):
    at = press(open_page("layers", network="classroom"), name)
    assert at.selectbox(key="layers_network").value == "paper_2012"
    assert at.number_input(key="layers_size").value == 224
    assert sizes(at) == expected


def test_the_2012_code_sets_224_up_up_and_the_link(open_page):
    at = press(open_page("layers"), "code_2012")
    assert at.query_params == {"lang": "en", "size": "224", "convolution": "up", "pooling": "up"}
    assert "hangs 3 px over the edge" in said(at)
    assert r"\lceil 53.25 \rceil" in said(at)


def test_rounded_down_224_pixels_do_not_fit_the_trained_dense_layers(open_page):
    at = press(open_page("layers"), "valid")
    assert "6,400" in said(at) and "9,216" in said(at)
    assert r"\lfloor 53.25 \rfloor" in said(at)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_size_that_does_not_fit_is_explained_at_its_layer(open_page, language):
    at = open_page("layers", lang=language, size="40", layer="pool5")
    found = rows(at)
    assert len(found["conv5"]) == 10
    assert len(found["pool5"]) == 2 and "3" in found["pool5"][1]
    assert set(found["fc6"][1:]) == {"–"}
    assert text("layers.total", language) not in found
    assert len(at.error) == 1 and at.error[0].value.startswith("pool5: ")
    at.pills(key="layers_layer").set_value("fc7").run()
    assert at.info[0].value == text("layers.not_reached", language, layer="fc7", failing="pool5")


@pytest.mark.parametrize("size", [1, 2, 10, 11, 66, 67, 512])
@pytest.mark.parametrize("entry", NETWORKS, ids=lambda entry: entry.id)
def test_every_network_opens_at_small_and_large_sizes(open_page, entry, size):
    at = open_page("layers", network=entry.id, size=str(size))
    assert not at.exception
    assert len(table(at)) >= len(entry.rows) + 2


def test_what_the_reader_left_alone_follows_the_network(open_page):
    at = open_page("layers")
    at.selectbox(key="layers_network").set_value("classroom").run()
    assert at.number_input(key="layers_size").value == 64
    assert at.selectbox(key="layers_padding").value == "5"
    assert at.query_params == {"lang": "en", "network": "classroom"}
    at.number_input(key="layers_size").set_value(100).run()
    at.selectbox(key="layers_network").set_value("paper_2012").run()
    assert at.number_input(key="layers_size").value == 100
    assert at.selectbox(key="layers_padding").value == "0"
    assert at.query_params == {"lang": "en", "size": "100"}


def test_one_button_goes_back_to_the_networks_own(open_page):
    at = open_page("layers", size="224", padding="2", convolution="up", pooling="up", guessed="55")
    at.button(key="layers_reset").click().run()
    assert at.query_params == {"lang": "en", "guessed": "55"}
    assert sizes(at) == (55, 27, 13, 6)
    assert "layers_reset" not in {button.key for button in at.main.button}


def test_the_language_switch_keeps_every_choice(open_page):
    at = open_page("layers", lang="ko", size="224", convolution="up", layer="fc6")
    at.sidebar.segmented_control(key="language").set_value("en").run()
    assert at.number_input(key="layers_size").value == 224
    assert at.segmented_control(key="layers_convolution").value == "up"
    assert at.query_params == {"lang": "en", "size": "224", "convolution": "up", "layer": "fc6"}
    assert at.title[0].value == text("layers.title", "en")


@pytest.mark.parametrize("entry", NETWORKS, ids=lambda entry: entry.id)
def test_every_layer_that_is_offered_is_written_out_with_its_numbers(open_page, entry):
    at = open_page("layers", network=entry.id, guessed="shown")
    shapes = {layer.row.name: layer for layer in trace(network(entry.id))}
    for name in at.pills(key="layers_layer").options:
        at.pills(key="layers_layer").set_value(name).run()
        layer = shapes[name]
        formulas = "".join(value for value in (element.value for element in at.markdown) if "$" in value)
        if layer.parameters:
            assert f"{layer.parameters:,}".replace(",", "{,}") in formulas
        if layer.windows is not None:
            assert rf"\mathbf{{{layer.windows.output}}}" in formulas


def test_try_this_sets_only_choices_that_the_page_has(open_page):
    at = open_page("layers")
    keys = {
        widget.key
        for kind in (at.selectbox, at.number_input, at.segmented_control, at.pills)
        for widget in kind
    }
    assert all(set(choices) <= keys for choices in TRIES.values())


def test_layers_never_imports_tensorflow():
    script = """
import sys
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest
PagesManager.uses_pages_directory = False
at = AppTest.from_file("app.py", default_timeout=120).run()
at.switch_page("pages/layers/page.py").run()
at.number_input(key="layers_size").set_value(224).run()
assert at.number_input(key="layers_size").value == 224
print(sorted(name for name in ("tensorflow", "keras") if name in sys.modules))
"""
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "[]"


def test_keras_code_of_one_tower_is_also_had_as_a_class(open_page, monkeypatch):
    made = {}

    def pressed(label, data, *_, key=None, **__):
        if key == "layers_keras":
            made["code"] = data()

    monkeypatch.setattr("streamlit.download_button", pressed)
    at = open_page("layers", network="study_note")
    assert "keras.Model(image" in made["code"]
    at.segmented_control(key="layers_code").set_value("class").run()
    assert not at.exception and "class AlexNet(Sequential):" in made["code"]
    open_page("layers", network="paper_2012", code="class", guessed="shown")
    assert "keras.Model(image" in made["code"]
