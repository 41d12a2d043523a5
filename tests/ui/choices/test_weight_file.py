"""The upload of a weight file, on the Kernels and Prediction pages."""

from __future__ import annotations

import io

import numpy as np
import pytest
import streamlit as st

from alexnet.home import folder
from alexnet.language import text
from alexnet.trained import shipped
from alexnet.weights import store

KERNELS = np.random.default_rng(0).normal(size=(96, 11, 11, 3)).astype(np.float32)


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    for module in ("model_choice", "weight_file"):
        monkeypatch.setattr(f"alexnet.ui.choices.{module}.viewer_id", lambda: "mina")
    st.cache_resource.clear()


def npy(array) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def upload(at, content, name):
    at.sidebar.toggle(key="real_file_ask").set_value(True).run()
    (widget,) = [one for one in at.file_uploader if one.key.startswith("real_file_")]
    return widget.set_value([(name, content, "application/octet-stream")]).run()


def captions(at) -> str:
    return " ".join(one.value.replace("\\", "") for one in at.caption)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_kernels_alone_are_chosen_and_shown_at_once(open_page, lang):
    at = upload(open_page("kernels", lang), npy(KERNELS), "mine.npy")
    assert not at.error
    assert text("real.file_name", lang, name="mine.npy") in captions(at)
    assert at.sidebar.selectbox(key="common_model").value.startswith("file_")
    assert text("real.file_no_biases", lang) in [one.value for one in at.markdown]


def test_a_network_saved_by_the_app_answers_on_prediction(open_page):
    at = open_page("prediction")
    before = at.main.markdown
    at = upload(at, shipped.trained().weights.read_bytes(), "saved.safetensors")
    assert not at.error and "saved.safetensors" in captions(at)
    assert before is not None and at.get("plotly_chart")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_what_cannot_be_read_is_explained_and_the_page_stays_as_it_was(open_page, lang):
    at = upload(open_page("kernels", lang), npy(KERNELS[:, :7]), "mine.npy")
    (error,) = at.error
    assert "96" in error.value and "7" in error.value
    assert at.sidebar.selectbox(key="common_model").value == "shipped"


def test_a_file_in_the_data_folder_is_offered_without_being_read(open_page):
    (folder("weights") / "laid here.npy").write_bytes(npy(KERNELS))
    at = open_page("kernels")
    assert "File: laid here.npy" in at.sidebar.selectbox(key="common_model").options
    assert not (folder("weights") / "brought").exists()
    at.sidebar.selectbox(key="common_model").select("File: laid here.npy").run()
    assert not at.error and "laid here.npy" in captions(at)


@pytest.mark.parametrize(("page", "drawn"), [("kernels", False), ("prediction", True)])
def test_weights_that_are_no_numbers_are_warned_of(open_page, page, drawn):
    weights = store.read(shipped.trained().weights)
    kernel = weights["conv1_tower1/kernel"].copy()
    kernel[0, 0, 0, :2] = np.nan, np.inf
    store.write(folder("weights") / "broken.safetensors", {**weights, "conv1_tower1/kernel": kernel})
    at = open_page(page)
    at.sidebar.selectbox(key="common_model").select("File: broken.safetensors").run()
    assert text("real.not_finite", "en", count=2) in [one.value for one in at.warning]
    assert any("no numbers" in one.value for one in at.error) is not drawn
