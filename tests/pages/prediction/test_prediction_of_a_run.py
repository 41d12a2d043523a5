"""A run's answers on the Prediction page: one short real training, looked at as somebody else by its link."""

from __future__ import annotations

import shutil
import weakref

import numpy as np
import pytest
import streamlit as st

from alexnet.data import preprocess
from alexnet.data.samples import SAMPLES, sample
from alexnet.language import text
from alexnet.runs import run
from alexnet.runs.metrics_log import Curves
from alexnet.trained.predictor import load
from alexnet.ui.choices import models
from tests.runs.planted import plant
from tests.training.small import small, train


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """The folder of a finished run that reads pictures its own way: nearest pixels, divided by 255."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALEXNET_HOME", str(tmp_path_factory.mktemp("home")))
        one = run.create(small("somebody else", resize="nearest", scaling="unit"))
        assert train(one) == 0
        return one.path


@pytest.fixture
def one(trained, home_folder):
    st.cache_resource.clear()
    path = home_folder / "runs" / trained.name
    shutil.copytree(trained, path)
    return run.Run(path)


def words(at) -> str:
    return "\n".join(block.value for block in at.markdown)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_page_names_its_two_classes_and_its_own_accuracy(open_page, one, lang):
    at = open_page("prediction", lang, model=one.id)
    assert not at.error
    names = ", ".join(text(f"classes.{id}", lang) for id in ("cat", "dog"))
    assert f"**{names}**" in at.info[0].value
    curves = Curves(one.metrics_file)
    curves.update()
    assert curves.test is not None
    accuracy = text("prediction.accuracy", lang, tested=64, accuracy=curves.test["test_accuracy"], chance=50)
    assert accuracy in words(at)


def test_every_sample_is_answered_and_what_is_no_class_of_it_is_said_to_lie_outside(open_page, one):
    at = open_page("prediction", "en", model=one.id)
    outside = text("prediction.outside", "en")
    for entry in SAMPLES:
        at.query_params["sample"] = entry.id
        at.run()
        assert not at.error
        assert (outside in words(at)) == (entry.class_id not in ("cat", "dog"))


def test_the_answer_is_that_of_its_weights_on_its_own_kind_of_input(open_page, one):
    predictor = load(models.find(one.id))
    reduced = preprocess.reduce(preprocess.square(sample("kitten").pixels), 32)
    seen = preprocess.enlarge(reduced[None], 64, "nearest") / 255
    ((first, second),) = predictor.guesses(seen.astype(np.float32))
    name = first.label.name("en")
    at = open_page("prediction", "en", model=one.id, sample="kitten")
    assert f"**{name}**" in words(at)
    assert f"{first.probability:.1%}" in words(at)
    assert f"{second.probability:.1%}" in words(at)


def test_what_the_network_saw_is_shown_as_it_was_before_its_own_scaling(open_page, one, monkeypatch):
    shown = []
    monkeypatch.setattr("pages.prediction.card.pixelated", lambda pixels: shown.append(pixels) or pixels)
    open_page("prediction", "en", model=one.id, sample="kitten")
    reduced = preprocess.reduce(preprocess.square(sample("kitten").pixels), 32)
    np.testing.assert_array_equal(shown[-1], reduced.repeat(2, axis=0).repeat(2, axis=1))


def test_the_buttons_and_the_network_keep_out_of_each_others_way(open_page, one):
    at = open_page("prediction", "en", model=one.id)
    at.button(key="prediction_button_try_cow").click().run()
    assert at.query_params["model"] == one.id
    assert at.query_params["sample"] == "cow"
    at.sidebar.selectbox(key="common_model").set_value("shipped").run()
    assert "model" not in at.query_params
    assert text("classes.frog", "en") in at.info[0].value


def test_a_run_that_was_stopped_says_that_it_has_not_been_tested(open_page, one):
    lines = one.metrics_file.read_bytes().splitlines(keepends=True)
    one.metrics_file.write_bytes(b"".join(line for line in lines if b'"test"' not in line))
    at = open_page("prediction", "ko", model=one.id)
    assert text("prediction.untested", "ko") in words(at)


def test_weights_that_are_damaged_beyond_the_first_layer_are_explained(open_page, home_folder):
    one = plant("somebody else")  # its file holds a first layer and nothing else
    at = open_page("prediction", "en", model=one.id)
    assert "These weights belong to another network" in at.error[0].value


def test_a_run_that_went_on_answers_with_its_new_weights(one):
    before = models.predictor(models.find(one.id))
    assert models.predictor(models.find(one.id)) is before
    shutil.copy(one.weights("best"), one.weights("last"))
    assert models.predictor(models.find(one.id)) is not before


def test_of_many_versions_only_the_latest_stay_in_memory(one):
    alive = weakref.WeakSet()
    for _ in range(6):
        alive.add(models.predictor(models.find(one.id)))
        shutil.copy(one.weights("last"), one.path / "copy")
        (one.path / "copy").replace(one.weights("last"))
    assert len(alive) <= 3  # two in the cache, and one that the next loading collects
