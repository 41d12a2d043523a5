"""The Kernels page, through app.py, on planted kernels and on the shipped ones."""

from __future__ import annotations

import json

import numpy as np
import pytest
import streamlit as st
from safetensors.numpy import save_file

from alexnet.kernels import analyse
from alexnet.language import text
from alexnet.weights import shipped

SHAPE = (11, 11, 3, 48)


def noise(seed):
    return np.random.default_rng(seed).normal(size=SHAPE).astype(np.float32)


def grey(seed):
    return np.repeat(noise(seed)[:, :, :1], 3, axis=2)


def coloured(seed):
    return noise(seed) - noise(seed).mean(axis=2, keepdims=True)


@pytest.fixture
def plant(tmp_path, monkeypatch):
    """Put two towers' kernels in the shipped model's place; what the page kept is forgotten around it."""

    def plant_(first, second):
        towers = {"conv1_tower1/kernel": first, "conv1_tower2/kernel": second}
        save_file(
            {name: np.ascontiguousarray(tower) for name, tower in towers.items()}, tmp_path / shipped.WEIGHTS
        )
        trained = np.concatenate([first, second], axis=3)
        start = np.random.default_rng(9).normal(0, 0.01, trained.shape)
        snapshots = {"000": start, "001": start, "002": trained}
        save_file(
            {name: array.astype(np.float16) for name, array in snapshots.items()},
            tmp_path / shipped.SNAPSHOTS,
        )
        (tmp_path / shipped.CARD).write_text(json.dumps({"test_accuracy": 0.8, "seed": 7}), encoding="utf-8")
        monkeypatch.setattr(shipped, "FOLDER", tmp_path)
        st.cache_resource.clear()
        st.cache_data.clear()

    yield plant_
    st.cache_resource.clear()
    st.cache_data.clear()


def sheets(at) -> list[str]:
    """The addresses of the pictures, which follow from their content."""
    return [address for image in at.get("image") for address in image.value]


def words(at) -> str:
    return "\n".join(block.value for block in at.markdown)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_it_opens_in_both_languages_with_three_sheets(open_page, plant, language):
    plant(grey(1), coloured(2))
    at = open_page("kernels", lang=language)
    assert at.title[0].value == text("kernels.title", language)
    assert len(sheets(at)) == 3


@pytest.mark.parametrize(("towers", "colourful"), [((1, 2), "tower 2"), ((2, 1), "tower 1")])
def test_planted_towers_are_said_to_divide_and_the_colourful_one_is_computed(
    open_page, plant, towers, colourful
):
    planted = {1: grey(1), 2: coloured(2)}
    plant(*(planted[tower] for tower in towers))
    at = open_page("kernels")
    assert (
        "**Yes, both.** Of 96 kernels 48 are greyer than 99 of 100 untrained ones (below 0.58, down to 0.00)"
        in words(at)
    )
    assert f"in 100% of all pairs the one from {colourful} is the more colourful" in words(at)


def test_untrained_towers_get_a_plain_no_to_both_questions(open_page, plant):
    plant(noise(3), noise(4))
    at = open_page("kernels")
    assert "**No more than chance makes.**" in words(at)
    assert "**No, not in this network.**" in words(at)


def test_towers_that_both_hold_grey_and_coloured_kernels_are_said_not_to_divide_them(open_page, plant):
    def both(seed):
        return np.concatenate([grey(seed)[..., :24], coloured(seed)[..., :24]], axis=3)

    plant(both(1), both(2))
    at = open_page("kernels")
    assert "**Yes, both.**" in words(at)
    assert "**No, not in this network.** Tower 1 has 24 kernels greyer and 24 more colourful" in words(at)


def test_only_grey_or_only_coloured_kernels_are_named(open_page, plant):
    plant(grey(1), noise(2))
    assert "**Grey ones, yes; coloured ones, no.**" in words(open_page("kernels"))
    plant(noise(1), coloured(2))
    assert "**Coloured ones, yes; grey ones, no.**" in words(open_page("kernels"))


def test_dead_kernels_are_counted_aloud(open_page, plant):
    first = grey(1)
    first[..., [4, 9]] = 0
    plant(first, coloured(2))
    at = open_page("kernels")
    assert "Dead kernels: 2." in words(at)
    assert "Of 94 kernels" in words(at)


def test_order_and_contrast_stand_in_the_link_and_change_the_sheets(open_page, plant):
    plant(noise(1), coloured(2))
    at = open_page("kernels")
    before = sheets(at)
    at.selectbox(key="kernels_order").set_value("stored").run()
    stored = sheets(at)
    at.button(key="kernels_button_try_shared").click().run()
    shared = sheets(at)
    assert at.query_params["order"] == "stored"
    assert at.query_params["contrast"] == "shared"
    assert len(before) == 3
    assert len({*before, *stored, *shared}) == 9


@pytest.mark.parametrize("order", ["orientation", "frequency", "norm"])
def test_every_order_has_its_link_and_its_own_sheets(open_page, plant, order):
    plant(noise(1), coloured(2))
    at = open_page("kernels")
    before = sheets(at)
    at.selectbox(key="kernels_order").set_value(order).run()
    assert not at.exception
    assert at.query_params["order"] == order
    assert len({*before, *sheets(at)}) == 6


def test_the_sheets_are_sent_without_loss(open_page, plant):
    plant(noise(1), coloured(2))
    assert [address.rpartition(".")[2] for address in sheets(open_page("kernels"))] == ["png"] * 3


def test_before_training_there_is_nothing_to_find_and_the_link_keeps_the_epoch(open_page, plant):
    plant(grey(1), coloured(2))
    at = open_page("kernels")
    assert at.slider(key="kernels_epoch").value == 2
    at.button(key="kernels_button_try_start").click().run()
    assert "**No more than chance makes.**" in words(at)
    assert at.query_params["epoch"] == "0"
    assert "**Yes.**" in words(open_page("kernels"))
    assert "**No, not in this network.**" in words(open_page("kernels", epoch="1"))


def test_the_model_card_tells_the_accuracy(open_page, plant):
    plant(noise(1), noise(2))
    assert "80.0%" in words(open_page("kernels"))


def test_a_missing_model_is_explained_and_the_app_stays_up(open_page, tmp_path, monkeypatch):
    st.cache_resource.clear()
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    at = open_page("kernels", lang="ko")
    assert "safetensors" in at.error[0].value
    assert not at.exception


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_shipped_kernels_are_shown_and_both_questions_answered(open_page, language):
    at = open_page("kernels", lang=language)
    assert len(sheets(at)) == 3
    report = analyse(*shipped.first_kernels())
    assert f"{report.presence.lowest:.2f}" in words(at)
    assert f"{report.division.agreement:.0%}" in words(at)
