"""One kernel of the Kernels page in full: what the link names, its map, its best places, those like it."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
import streamlit as st
from PIL import Image

from alexnet.data.preprocess import square
from alexnet.data.samples import sample
from alexnet.figures.kernel_responses import signed
from alexnet.trained import shipped
from alexnet.ui.choices import models
from alexnet.ui.choices.unit import Unit
from pages.kernels import downloads, first_layer, responses
from tests.pages.shown_sheets import sheets, words
from tests.runs.planted import plant


@pytest.fixture(autouse=True)
def forgetful():
    st.cache_resource.clear()
    st.cache_data.clear()


def subheads(at):
    return [head.value for head in at.subheader]


def test_the_link_names_a_kernel_and_it_is_marked_on_its_towers_sheet_alone(open_page):
    at = open_page("kernels", kernel="2-17")
    assert subheads(at) == ["Tower 2 (GPU 2), kernel 17"]
    (first, _), (second, _), *_ = sheets(at)
    assert first["chosen"] == second["chosen"] == "2-17"
    assert "2-17" in second["ids"] and "2-17" not in first["ids"]
    assert at.query_params["kernel"] == "2-17"
    at.selectbox(key="kernels_order").set_value("norm").run()
    assert at.query_params["kernel"] == "2-17"


@pytest.mark.parametrize("kernel", ["", "3-1", "1-49", "0-0", "1-0", "x", "2-1-1", "٢-١"])
def test_what_is_no_kernel_gives_the_strongest_one(open_page, kernel):
    at = open_page("kernels", kernel=kernel)
    norms = np.stack([np.linalg.norm(t.reshape(-1, 48), axis=0) for t in shipped.trained().first_kernels()])
    tower, number = np.unravel_index(norms.argmax(), norms.shape)
    assert subheads(at) == [f"Tower {tower + 1} (GPU {tower + 1}), kernel {number + 1}"]
    assert "kernel" not in at.query_params


def test_a_kernel_stays_chosen_from_view_to_view(open_page):
    at = open_page("kernels", kernel="2-17")
    at.pills(key="kernels_view").set_value("growth").run()
    assert [header["chosen"] in header["ids"] for header, _ in sheets(at)] == [False, True]
    assert at.query_params["kernel"] == "2-17"


def test_its_numbers_are_those_of_the_table_to_take_away(open_page):
    at = open_page("kernels", kernel="2-17")
    layer = first_layer.of(models.find("shipped"))
    file = downloads.table(layer, layer.last)()
    assert file.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
    assert len(lines) == 97
    index, angle, frequency, norm = map(float, lines[1 + 48 + 16][2:6])
    assert [metric.value for metric in at.metric] == [
        f"{index:.2f}",
        f"{angle:.0f}°",
        f"{frequency:.3f}",
        f"{norm:.3g}",
    ]


def test_its_weights_to_take_away_are_the_weights():
    kernel = shipped.trained().first_kernels()[1][..., 16]
    lines = list(csv.reader(io.StringIO(downloads.weights(kernel)().decode("utf-8-sig"))))
    assert [line[:2] for line in lines[1:13]] == [["1", str(column)] for column in range(1, 12)] + [
        ["2", "1"]
    ]
    read = np.array([line[2:] for line in lines[1:]], np.float64).reshape(11, 11, 3)
    np.testing.assert_allclose(read, kernel, rtol=1e-6)


def test_its_map_is_kerass_before_bias_and_activation():
    import tensorflow as tf

    model = models.find("shipped")
    row = model.network.first_convolution
    read = model.reads([square(sample("kingfisher").pixels)])
    kernel = shipped.trained().first_kernels()[0][..., 8]
    padded = np.pad(read, ((0, 0), (row.padding,) * 2, (row.padding,) * 2, (0, 0)))
    expected = tf.nn.conv2d(padded, kernel[..., None], row.stride, "VALID").numpy()[0, ..., 0]
    found = responses.respond(model, kernel, read[0])
    np.testing.assert_allclose(found, expected, atol=1e-4)
    layer = first_layer.of(model)
    shown = responses._responses("", 0, layer.last, Unit(1, 9), "kingfisher", layer)
    np.testing.assert_allclose(shown.map, expected, atol=1e-4)
    best = shown.places[0]
    assert best.value == pytest.approx(expected.max(), abs=1e-4)
    assert expected[best.row, best.column] == expected.max()
    # The picture of the map holds the map: a cell where nothing is marked has its value's colour.
    drawn = np.array(Image.open(io.BytesIO(shown.drawn)))
    factor = len(drawn) // len(found)
    colours = signed(found, float(np.abs(found).max()))
    assert (drawn[::factor, ::factor] == colours).all(axis=2).mean() > 0.95


def test_planted_copies_are_the_kernels_most_like_it_and_lead_there(open_page):
    planted = np.random.default_rng(4).normal(0, 0.05, (11, 11, 3, 32)).astype(np.float32)
    pattern = np.zeros((11, 11, 3), np.float32)
    pattern[3:8, 3:8] = np.random.default_rng(5).normal(size=(5, 5, 3))
    planted[..., 2] = pattern
    planted[..., 9] = np.roll(pattern, (2, -1), axis=(0, 1))
    planted[..., 16 + 5] = 0.5 * np.roll(pattern, (-3, 3), axis=(0, 1))
    at = open_page("kernels", model=plant(kernels=planted).id, kernel="1-3")
    *_, (own, _), (other, _) = sheets(at)
    assert (own["numbers"][0], own["captions"][0]) == (9, "1.00")
    assert (other["numbers"][0], other["captions"][0]) == (5, "1.00")
    assert 2 not in own["numbers"]
    assert "Most alike in its own tower: kernel 10 (1.00); in the other tower: kernel 6 (1.00)" in words(at)


def test_a_kernel_that_never_answers_says_so(open_page):
    planted = np.random.default_rng(4).normal(0, 0.05, (11, 11, 3, 32)).astype(np.float32)
    planted[..., 3] = 0
    at = open_page("kernels", model=plant(kernels=planted).id, kernel="1-4")
    assert "It responds nowhere in this picture" in words(at)
    assert not at.error
