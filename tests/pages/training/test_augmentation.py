"""Training > Augmentation: many draws of a picture, each knob alone, counts, code; and the form's knobs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alexnet.data.augmentation import NOTE, PAPER, Augmentation
from alexnet.language import LANGUAGES, text
from alexnet.runs import queue, run
from alexnet.runs.words import augmentation_words
from tests.pages.training.test_training import nothing_is_remembered, page, words

__all__ = ["nothing_is_remembered"]


def sheets(at) -> list:
    return at.main.get("image")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_with_the_textbooks_knobs_many_draws_and_what_they_can_make(open_page, language):
    at = page(open_page, lang=language, view="augmentation")
    assert at.title[0].value == text("training.title_augmentation", language)
    assert len(sheets(at)) == 1 + len(NOTE.used)  # all draws, and each knob alone
    said = words(at)
    assert text("augmentation.endless", language) in said
    assert "2,048" in said and "2,178" in said
    assert at.number_input(key="training_rotation").value == 10
    assert not at.exception


def test_the_recipes_knobs_make_a_number_of_pictures_that_can_be_counted(open_page):
    at = page(open_page, view="augmentation")
    at.button(key="training_button_try_recipe").click().run()
    said = words(at)
    assert f"{9 * 9 * 2:,}" in said and f"{9 * 9 * 2 * 10_000:,}" in said
    assert at.query_params["margin"] == "4"


def test_the_papers_knobs_show_the_measured_components(open_page):
    at = page(open_page, view="augmentation")
    at.button(key="training_button_try_paper").click().run()
    table = next(one.value for one in at.main.dataframe)
    shares = table[text("augmentation.share", "en")]
    assert list(shares) == sorted(shares, reverse=True) and sum(shares) == pytest.approx(100)
    brightness = [table[text(f"augmentation.{name}", "en")][0] for name in ("red", "green", "blue")]
    assert min(brightness) > 0.5  # red, green and blue rise together
    assert at.number_input(key="training_crop").value == PAPER.crop * 32 // 256 == 28


def test_the_code_follows_the_knobs(open_page):
    at = page(open_page, view="augmentation", rotation="25", fill="wrap")
    old, today = (block.value for block in at.main.code)
    assert "rotation_range=25.0" in old and 'fill_mode="wrap"' in old
    assert f"RandomRotation({25 / 360:.4g}" in today


def test_a_square_larger_than_a_crop_allows_is_explained_and_a_foreign_link_falls_back(open_page):
    at = page(open_page, view="augmentation", rotation="many", fill="mirror")
    assert at.number_input(key="training_rotation").value == 10
    assert at.selectbox(key="training_fill").value == "nearest"


def test_own_pictures_are_asked_for_where_there_are_none(open_page):
    at = page(open_page, view="augmentation", **{"from": "upload"})
    assert text("augmentation.no_picture", "en") in words(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_takes_every_knob_with_a_picture_of_what_it_does(open_page, monkeypatch, language):
    submitted = []
    monkeypatch.setattr(queue, "submit", lambda config: submitted.append(config) or run.create(config))
    at = page(open_page, lang=language, own="1", zoom="0.3", flip_x="1")
    assert len(sheets(at)) == len(replace(NOTE, flip_x=True).used)
    at.button(key="training_start").click().run()
    (config,) = submitted
    assert config.augmentation == replace(NOTE, zoom=0.3, flip_x=True)


def test_without_the_switch_the_recipe_augments_as_ever(open_page, monkeypatch):
    submitted = []
    monkeypatch.setattr(queue, "submit", lambda config: submitted.append(config) or run.create(config))
    at = page(open_page)
    assert not sheets(at)
    at.button(key="training_start").click().run()
    assert submitted[0].augmentation is None and submitted[0].recipe.augment


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_knob_has_words(language):
    everything = Augmentation(1, 0.1, 0.1, 1, 0.1, True, True, "wrap", 1, 1, 0.1, 1)
    assert len(augmentation_words(everything, language).split(", ")) == len(everything.used) + 1
    assert augmentation_words(Augmentation(), language) == text("training.augment_off", language)
