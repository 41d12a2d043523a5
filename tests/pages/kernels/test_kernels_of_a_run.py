"""A run's first layer on the Kernels page, on planted runs of every shape."""

from __future__ import annotations

import numpy as np
import pytest
import streamlit as st

from alexnet.kernels.colour import analyse
from alexnet.language import template, text
from alexnet.numerics.initializers import fans, initializer
from alexnet.runs import snapshots
from alexnet.trained import first_layer
from alexnet.ui.choices import models
from pages.kernels import first_layer as first_kernels
from tests.pages.shown_sheets import notes, sheets, words
from tests.runs.planted import plant


@pytest.fixture(autouse=True)
def forgetful():
    st.cache_resource.clear()
    st.cache_data.clear()


def grey_and_coloured(count):
    noise = np.random.default_rng(4).normal(0, 0.05, (11, 11, 3, count)).astype(np.float32)
    half = count // 2
    grey = np.repeat(noise[:, :, :1, :half], 3, axis=2)
    return np.concatenate([grey, noise[..., half:] - noise[..., half:].mean(axis=2, keepdims=True)], axis=-1)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_run_of_two_towers_is_judged_like_the_shipped_network(open_page, lang):
    one = plant(kernels=grey_and_coloured(32))
    at = open_page("kernels", lang, model=one.id)
    assert not at.error
    assert [len(tiles) for _, tiles in sheets(at)[:2]] == [16, 16]
    assert text("kernels.layer_towers", lang, count=32, size="11×11×3") in notes(at)
    report = analyse(*first_layer.divided(grey_and_coloured(32), 2))
    said = words(open_page("kernels", lang, model=one.id, view="colour", guessed="shown"))
    assert template("kernels.presence_both", lang).split("**")[1] in said
    assert f"{report.division.agreement:.0%}" in said and f"{report.towers[0].median:.2f}" in said


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_run_of_one_tower_has_one_sheet_and_no_division_is_judged(open_page, lang):
    one = plant(network="study_note", kernels=grey_and_coloured(96))
    at = open_page("kernels", lang, model=one.id)
    assert not at.error
    assert [len(tiles) for _, tiles in sheets(at)] == [96, 6]
    assert text("kernels.layer_single", lang, count=96, size="11×11×3") in notes(at)
    at = open_page("kernels", lang, model=one.id, view="colour", guessed="shown")
    assert text("kernels.division_single", lang) in words(at)
    assert text("kernels.guess_question", lang) not in words(at)


def test_the_slider_goes_from_before_training_to_the_last_epoch(open_page):
    one = plant(kernels=grey_and_coloured(32), epochs=3)
    at = open_page("kernels", model=one.id, view="growth")
    slider = at.slider(key="kernels_epoch")
    assert (slider.min, slider.max, slider.value) == (0, 3, 3)
    trained = sheets(at)[0][1]
    at.button(key="kernels_button_try_start").click().run()
    assert at.query_params["epoch"] == "0"
    assert (sheets(at)[0][1] != trained).any()


def test_an_epoch_of_a_long_training_that_was_not_kept_shows_the_one_before_and_says_so(
    open_page, monkeypatch
):
    monkeypatch.setattr(snapshots, "MOST", 2)
    one = plant(kernels=grey_and_coloured(32), epochs=3)  # of a recipe of three epochs: every second is kept
    (one.path / "kernels" / "001.npy").unlink()
    at = open_page("kernels", model=one.id, view="growth", epoch="1")
    assert text("kernels.not_kept", "en", epoch=1, kept=0) in notes(at)
    shown = sheets(at)[0][1]
    at = open_page("kernels", model=one.id, view="growth", epoch="0")
    assert (sheets(at)[0][1] == shown).all() and text("kernels.not_kept", "en", epoch=0, kept=0) not in notes(
        at
    )
    assert not at.error


def test_of_huge_kernels_only_the_end_is_there_to_be_looked_at(open_page, monkeypatch):
    one = plant(kernels=grey_and_coloured(32), epochs=3)
    monkeypatch.setattr(snapshots, "LARGEST", 1000)
    at = open_page("kernels", model=one.id, view="growth")
    assert text("kernels.no_snapshots", "en") in [info.value for info in at.info]


def test_another_network_has_its_own_last_epoch_and_a_choice_at_the_end_follows_it(open_page):
    one = plant(kernels=grey_and_coloured(32), epochs=2)
    at = open_page("kernels", model=one.id, view="growth")
    assert at.slider(key="kernels_epoch").value == 2
    at.sidebar.selectbox(key="common_model").set_value("shipped").run()
    slider = at.slider(key="kernels_epoch")
    assert slider.value == slider.max > 2
    assert "epoch" not in at.query_params


def test_a_run_stopped_within_an_epoch_shows_the_weights_as_they_stood_and_says_so(open_page):
    one = plant(kernels=grey_and_coloured(32), epochs=1, batches=17, state="stopped", accuracy=None)
    unfinished = text("kernels.unfinished", "en", epoch=2, batches=17)
    assert unfinished in notes(open_page("kernels", model=one.id))
    at = open_page("kernels", model=one.id, view="growth")
    assert at.slider(key="kernels_epoch").max == 2
    assert unfinished in notes(at)
    at.slider(key="kernels_epoch").set_value(1).run()
    assert unfinished not in notes(at)
    assert not at.error


def test_a_run_without_snapshots_has_nothing_to_play_and_draws_what_it_began_with(open_page):
    one = plant(kernels=grey_and_coloured(32))
    for path in (one.path / "kernels").iterdir():
        path.unlink()
    at = open_page("kernels", model=one.id, view="growth")
    assert not at.slider
    assert at.info[0].value == text("kernels.no_snapshots", "en")
    at = open_page("kernels", model=one.id, source="untrained")
    assert not at.error
    assert len(sheets(at)[0][1]) == 16


def test_a_missing_snapshot_is_explained_and_the_slider_leads_on(open_page):
    one = plant(kernels=grey_and_coloured(32), epochs=3)
    (one.path / "kernels" / "001.npy").write_bytes(b"torn")
    at = open_page("kernels", model=one.id, view="growth", epoch="1")
    assert at.error[0].value == text("errors.kernels_unreadable", "en", epoch=1)
    at.slider(key="kernels_epoch").set_value(2).run()
    assert not at.error


def test_a_layer_that_died_altogether_is_explained(open_page):
    at = open_page("kernels", model=plant(kernels=np.zeros((11, 11, 3, 32), np.float32)).id)
    assert len(at.error) == 1


def test_the_card_tells_what_was_asked_for_and_what_came_of_it(open_page):
    said = words(open_page("kernels", model=plant(epochs=2).id))
    assert text("models.fact_tested", "en", accuracy=0.71, images=2000) in said
    assert text("models.fact_epochs", "en", done=2, epochs=3) in said
    assert text("training.recipe_five_minutes", "en") in said
    stopped = plant("somebody else", state="stopped", accuracy=None)
    assert text("models.fact_untested", "en") in words(open_page("kernels", model=stopped.id))


def test_the_untrained_kernels_are_drawn_as_this_layer_was():
    one = plant()
    shape = first_layer.shape(one.config().rows)
    own = first_kernels.of(models.find(one.id)).deviation
    assert own == pytest.approx(np.sqrt(2 / (11 * 11 * 3)))
    chosen = first_kernels.of(models.find(plant(initializer="glorot_uniform").id)).deviation
    assert chosen == initializer("glorot_uniform").distribution(fans(shape)).std
    assert first_kernels.of(models.find("shipped")).deviation == 0.01


@pytest.mark.parametrize("kept", [True, False])
def test_kernels_that_began_with_zeros_have_no_colour_before_training_and_say_so(open_page, kept):
    one = plant(initializer="zeros", kernels=grey_and_coloured(32))
    for path in (one.path / "kernels").iterdir():
        if not kept:
            path.unlink()
        elif path.stem == "000":
            np.save(path, np.zeros((11, 11, 3, 32), np.float16))
    at = open_page("kernels", model=one.id, view="colour", guessed="shown")
    assert not at.error
    assert at.table[0].value["Kernels of"].tolist() == ["Tower 1 (GPU 1)", "Tower 2 (GPU 2)"]
    assert len(open_page("kernels", model=one.id, source="untrained").error) == 1
    at = open_page("kernels", model=one.id, view="growth")
    assert not at.error


def test_first_kernels_of_three_by_three_are_shown_in_full(open_page):
    at = open_page("kernels", model=plant(network="fitted_small").id, kernel="1-3")
    assert not at.error
    assert [tiles.shape[1:] for _, tiles in sheets(at)] == [(3, 3, 3)] * 4
    assert at.subheader[0].value == "Tower 1 (GPU 1), kernel 3"
