"""Training > starting from a trained network: the form, and what the beginning was worth."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from alexnet.data.own import collecting
from alexnet.data.own.archive import Archive
from alexnet.language import LANGUAGES, text
from alexnet.recipes import recipe
from alexnet.runs import queue, run
from alexnet.runs.config import new
from alexnet.runs.run import Run
from alexnet.runs.status import Status
from alexnet.runs.trained_beginning import source
from alexnet.training.recorder import Recorder
from tests.data.own.photographs import files, packed
from tests.pages.training.test_training import ME, nothing_is_remembered, page, words

__all__ = ["nothing_is_remembered"]


def planted(accuracies: tuple[float, ...], test: float, **beginning: object) -> Run:
    """A finished run of this viewer's, written without any training."""
    begin = source("shipped")
    config = new(ME, begin.known, begin.fitted(recipe("half_minute")), seed=1)
    if beginning:
        config = replace(config, beginning=begin.beginning(config.rows, **beginning))
    one = run.create(config, one_each=False)
    writer = Recorder(one.path, Status("queued"))
    for epoch, accuracy in enumerate(accuracies, start=1):
        writer.line("step", step=epoch, epoch=epoch, loss=0.5, accuracy=0.5, rate=0.01, images_per_second=9.0)
        seen = {"loss": 0.5, "validation_loss": 0.5, "accuracy": accuracy, "validation_accuracy": accuracy}
        writer.line("epoch", epoch=epoch, **seen, seconds=1.0)
    right = round(1000 * test)
    writer.line(
        "test",
        test_accuracy=test,
        confusion=[[right, 1000 - right], [1000 - right, right]],
        images=2000,
    )
    run.write_status(one.path, replace(one.status(), state="finished", epoch=len(accuracies), step=2))
    return one


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("learns", "count"), [("all", "2,519,810"), ("frozen", "1,443,842")])
def test_the_form_says_in_numbers_what_learns(open_page, language, learns, count):
    at = page(open_page, lang=language, begin="shipped", learns=learns)
    said = words(at)
    assert count in said and "fc8" in said
    assert text("beginning.has_seen", language) in said
    assert not any(box.key == "training_network" for box in at.selectbox)  # the beginning brings it


def test_the_apps_network_has_seen_nobodys_own_photographs(open_page):
    one = collecting.make(Archive(io.BytesIO(packed(files(8))), "pets.zip"), ME, "pets")
    said = words(page(open_page, begin="shipped", data=one.id))
    assert "fc8" in said and text("beginning.has_seen", "en") not in said


def test_from_scratch_the_form_is_as_it_was(open_page):
    at = page(open_page)
    assert at.selectbox(key="training_begin").value == "scratch"
    assert at.selectbox(key="training_network").value == "fitted_quick"
    assert "fc8" not in words(at)


def test_start_makes_a_run_with_the_beginning(open_page, monkeypatch):
    submitted = []
    monkeypatch.setattr(queue, "submit", lambda config: submitted.append(config) or run.create(config))
    at = page(open_page, begin="shipped", learns="frozen")
    at.button(key="training_start").click().run()
    (config,) = submitted
    assert (config.network, config.beginning.source, config.beginning.frozen) == ("shipped", "shipped", True)
    assert config.beginning.anew == ("fc8",)
    assert (config.recipe.rate, config.recipe.scaling) == (pytest.approx(0.01), "standardized")
    assert config.size is None


def test_a_finished_run_of_ones_own_can_be_started_from(open_page):
    one = planted((0.6,), 0.6)
    (one.path / "weights").mkdir()
    one.weights("last").write_bytes(b"")
    at = page(open_page, begin=one.id)
    assert at.selectbox(key="training_begin").value == one.id
    assert "2,519,810" in words(at) and "fc8" not in words(at)  # the same classes: all fits
    assert text("beginning.all_fits", "en") in words(at)


def test_what_cannot_be_started_from_is_explained(open_page):
    at = page(open_page, begin="20261124-130843-a1b2c3")
    assert "20261124" in at.error[0].value
    assert at.selectbox(key="training_begin").value == "scratch"


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_trainings_stand_in_one_chart_with_what_the_beginning_was_worth(open_page, language):
    planted((0.5, 0.55, 0.6, 0.62), 0.61)
    planted((0.9, 0.93, 0.95, 0.96), 0.87, frozen=True)
    at = page(open_page, lang=language, view="beginning")
    said = words(at)
    assert text("beginning.worth_test", language, points=26.0, trained=0.87, scratch=0.61) in said
    assert text("beginning.has_seen", language) in said
    assert not at.warning  # nothing but the beginning sets them apart


def test_what_else_sets_them_apart_is_named(open_page):
    planted((0.5,), 0.61)
    one = run.create(new(ME, "classroom", recipe("two_minutes")), one_each=False)
    Recorder(one.path, Status("queued"))
    run.write_status(one.path, replace(one.status(), state="finished"))
    planted((0.9,), 0.87, frozen=False)
    said = words(page(open_page, view="beginning", scratch=one.id))
    for name in ("network", "epochs", "batch"):
        assert text(f"beginning.differs_{name}", "en") in said
    assert text("beginning.worth_nothing", "en") in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_pair_it_says_how_to_come_to_one(open_page, language):
    said = words(page(open_page, lang=language, view="beginning"))
    assert text("beginning.own_none", language) in said
    planted((0.5,), 0.61)
    said = words(page(open_page, lang=language, view="beginning"))
    assert text("beginning.own_no_trained", language) in said
