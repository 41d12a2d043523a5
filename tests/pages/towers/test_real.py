"""The Towers page's first view: the real AlexNet's two towers, where its weights are here."""

from __future__ import annotations

import numpy as np
import pytest
import streamlit as st

from alexnet.facts import PUBLISHED_MEDIANS
from alexnet.home import folder
from alexnet.language import LANGUAGES, text
from alexnet.weights.catalogue import published
from tests.weights import foreign


def kernels(colourful: int) -> np.ndarray:
    """96 of them, out-in-height-width: the colourful tower's hold no grey, the other's nothing else."""
    numbers = np.random.default_rng(0)
    grey = numbers.normal(size=(48, 1, 11, 11)) * np.ones((3, 1, 1))
    pure = numbers.normal(size=(48, 3, 11, 11))
    pure -= pure.mean(axis=1, keepdims=True)
    return np.concatenate([grey, pure] if colourful == 2 else [pure, grey]).astype(np.float32)


@pytest.fixture(autouse=True)
def fresh():
    st.cache_resource.clear()


def words(at) -> str:
    return " ".join(one.value for one in [*at.main.markdown, *at.main.caption])


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_anything_is_here_the_picture_and_the_way_to_it(open_page, language):
    at = open_page("towers", lang=language)
    assert not at.error and at.title[0].value == text("towers.title", language)
    said = words(at)
    assert all(f"{median:.2f}" in said for median in PUBLISHED_MEDIANS)
    assert text("towers.real_get", language) in said
    assert at.button(key="real_fetch_caffenet_first").disabled  # a teacher decides


@pytest.mark.parametrize("colourful", [1, 2])
def test_which_tower_is_the_colourful_one_is_measured(open_page, colourful):
    target = folder("weights") / "caffenet_first"
    foreign.files(
        published("caffenet_first"), target, {"conv1": (kernels(colourful), np.zeros(96, np.float32))}
    )
    at = open_page("towers")
    assert not at.error
    assert f"Tower {colourful} is the colourful one" in words(at)
    medians = (1.0, 0.0) if colourful == 1 else (0.0, 1.0)
    assert f"Medians: {medians[0]:.2f} in tower 1, {medians[1]:.2f} in tower 2" in words(at)


def test_a_file_in_the_data_folder_is_shown_and_one_of_a_single_tower_says_so(open_page):
    np.save(folder("weights") / "mine.npy", kernels(2))
    np.save(folder("weights") / "one tower.npy", np.ones((64, 11, 11, 3), np.float32))
    at = open_page("towers")
    assert "Tower 2 is the colourful one" in words(at)
    at.selectbox(key="towers_real").select("File: one tower.npy").run()
    assert text("towers.real_single", "en") in [one.value for one in at.info]


def test_a_file_that_cannot_be_read_is_explained(open_page):
    (folder("weights") / "mine.npy").write_bytes(b"no numbers")
    assert "mine" in open_page("towers").error[0].value


def test_a_button_leads_on_to_the_small_networks(open_page):
    at = open_page("towers")
    at.button(key="towers_button_try_trainings").click().run()
    assert at.title[0].value == text("towers.title_trainings", "en")
