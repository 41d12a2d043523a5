"""A run's own first layer on the Convolution page, on planted runs of every shape."""

from __future__ import annotations

import numpy as np
import pytest
import streamlit as st

from alexnet.architecture import CLASSROOM, PAPER_2012, network
from alexnet.data.catalogue import STARTER
from alexnet.data.preprocess import enlarge, network_input, reduce, shift_and_unit, square
from alexnet.data.samples import sample
from alexnet.language import text
from alexnet.network import build
from alexnet.numerics.forward import forward
from alexnet.recipes import Recipe
from alexnet.trained import catalogue
from alexnet.trained.catalogue import trained
from alexnet.ui.choices.photograph import FIRST
from alexnet.weights import store
from pages.convolution.colour import doubts
from pages.convolution.dense import columns, suits
from tests.pages.convolution.test_convolution import said, sent
from tests.runs.planted import plant


@pytest.fixture(autouse=True)
def forgetful():
    st.cache_resource.clear()
    st.cache_data.clear()


def notes(at):
    return [note.value for note in at.main.caption]


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_its_kernels_and_biases_are_those_of_the_page(open_page, lang):
    one = plant(recipe=Recipe("five_minutes", (3,), scaling="centred"))
    at = open_page("convolution", lang, model=one.id, kernel="tower2", number="4")
    assert not at.main.error
    header, arrays = sent(at)
    weights = store.read(one.weights("last"))
    np.testing.assert_array_equal(arrays["kernel"].reshape(11, 11, 3), weights["conv1_tower2/kernel"][..., 3])
    assert header["bias"] == pytest.approx(float(weights["conv1_tower2/bias"][3]), abs=1e-6)
    assert arrays["bank"].size == weights["conv1_tower2/kernel"].size
    shift, unit = shift_and_unit(STARTER.preparation(scaling="centred"))
    assert (header["shift"], header["unit"]) == (shift.tolist(), unit.tolist())
    assert any(note.startswith(text("models.shown", lang, name="")) for note in notes(at))
    assert at.query_params["model"] == one.id


def test_it_is_read_as_it_learned_to_read(open_page):
    one = plant(recipe=Recipe("five_minutes", (3,), resize="nearest"))
    header, arrays = sent(open_page("convolution", model=one.id, detail="network"))
    coarse = reduce(square(sample(FIRST).pixels), 32)
    expected = enlarge(coarse[None], CLASSROOM.size, "nearest")[0]
    np.testing.assert_array_equal(arrays["levels"].reshape(expected.shape), expected)
    row = CLASSROOM.first_convolution
    assert (header["along"]["stride"], header["along"]["begin"]) == (row.stride, row.padding)


def test_one_tower_has_no_second_and_its_kernels_no_tower(open_page):
    one = plant(network="study_note")
    at = open_page("convolution", model=one.id, kernel="tower2", number="96")
    options = at.selectbox(key="convolution_kernel").options
    assert text("convolution.kernel_trained", "en") in options
    assert text("convolution.kernel_tower1", "en") not in options
    header, _ = sent(at)
    assert header["names"]["kernel"] == "Kernel 96"


def test_kernels_of_another_size_move_as_in_their_own_network(open_page):
    one = plant(network="fitted_small")
    row = network("fitted_small").first_convolution
    assert row.kernel != PAPER_2012.first_convolution.kernel
    at = open_page("convolution", model=one.id)
    assert at.number_input(key="convolution_stride").value == row.stride
    assert text("convolution.then_normalized", "en") in notes(at)
    at.button(key="convolution_button_try_paper").click().run()
    header, _ = sent(at)
    assert (header["along"]["kernel"], header["along"]["output"]) == (11, 55)
    assert "model" not in at.query_params


def test_a_layer_whose_biases_exploded_is_shown_as_it_is(open_page):
    one = plant()
    weights = dict(store.read(one.weights("last")))
    weights["conv1_tower1/bias"] = np.full(16, -2.5e6, np.float32)
    store.write(one.weights("last"), weights)
    header, _ = sent(open_page("convolution", model=one.id))
    assert header["bias"] == -2.5e6


def test_kernels_that_have_not_learned_colour_are_not_passed_off_as_grey_and_coloured(open_page):
    at = open_page("convolution", view="colour", model=plant().id)  # random kernels
    assert "The grey kernel is hardly one" in said(at) and "The colour kernel is hardly one" in said(at)
    assert not doubts(0.01, 0.99, 11) and len(doubts(0.01, 0.6, 11)) == 1 == len(doubts(0.7, 0.99, 3))


@pytest.mark.parametrize("view", ["pooling", "neighbours", "colour"])
@pytest.mark.parametrize("id", ["classroom", "study_note", "fitted_small"])
def test_its_kernels_stand_in_every_view_on_kernels(open_page, view, id):
    at = open_page("convolution", view=view, model=plant(network=id).id)
    assert not at.main.error
    assert sent(at)[0]["view"] == view


def test_a_layer_that_died_altogether_is_explained(open_page):
    one = plant(kernels=np.zeros((11, 11, 3, 32), np.float32))
    assert not open_page("convolution", model=one.id).main.error
    at = open_page("convolution", view="colour", model=one.id)
    assert at.main.error[0].value == text("errors.kernels_all_dead", "en", kernels=32)


def test_its_last_neurons_are_dot_products_too(open_page):
    one = plant()
    weights = store.of(build(CLASSROOM, initializer="he_normal"))
    store.write(one.weights("last"), weights)
    at = open_page("convolution", view="dense", model=one.id, neuron="dog", image="cat_face")
    assert not at.main.error
    header, arrays = sent(at)
    assert header["classes"] == [text(f"classes.{id}", "en") for id in ("cat", "dog")]
    read = network_input([sample("cat_face").pixels], CLASSROOM.size, STARTER.preparation())[0]
    expected = forward(CLASSROOM, weights, read)[CLASSROOM.rows[-1].name]
    assert header["probabilities"] == pytest.approx(expected.tolist(), abs=1e-6)
    total = float(arrays["inputs"].astype(float) @ arrays["weights"].astype(float)) + header["bias"]
    assert total == pytest.approx(header["logits"][1], abs=1e-4)


@pytest.mark.parametrize("id", catalogue.ENTRIES)
def test_the_networks_of_the_app_are_computed_neuron_by_neuron_themselves(open_page, id):
    at = open_page("convolution", view="dense", model=id)
    assert not at.main.info and not at.main.error
    assert len(sent(at)[1]["inputs"]) == trained(id).network.rows[-3].units


def test_the_apps_own_network_is_never_said_to_give_way_to_itself(open_page, monkeypatch):
    monkeypatch.setattr("pages.convolution.dense.PRODUCTS", 1)
    at = open_page("convolution", view="dense")
    assert not at.main.info and not at.main.error


def test_a_network_too_large_for_the_dense_view_gives_way_to_the_shipped_one(open_page):
    assert not suits(PAPER_2012) and suits(CLASSROOM)
    at = open_page("convolution", view="dense", model=plant(network="study_note").id)
    assert [note.value for note in at.main.info] == [text("convolution.dense_shipped", "en")]
    assert len(sent(at)[0]["classes"]) == 10
    assert "512" in said(at)


@pytest.mark.parametrize(("inputs", "wide"), [(512, 32), (4096, 32), (100, 25), (2, 2), (97, 1)])
def test_inputs_fold_into_full_rows(inputs, wide):
    assert columns(inputs) == wide
