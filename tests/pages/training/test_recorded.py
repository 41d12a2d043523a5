"""Recorded trainings on the Training page, through app.py: play, guess, show the answer, try it again."""

from __future__ import annotations

import json

import pytest

from alexnet.language import LANGUAGES, text
from alexnet.runs import recorded as recordings
from alexnet.runs.metrics_log import Curves
from alexnet.runs.recorded import RECORDED, Timeline
from alexnet.ui.runs import entries
from pages.training import recorded
from tests.runs.watched import watched


def length(id: str) -> float:
    curves = Curves(recordings.recorded(id).metrics_file)
    curves.update()
    return Timeline(curves).length


LENGTHS = {id: length(id) for id in RECORDED}


@pytest.fixture(autouse=True)
def nothing_is_remembered():
    """A list of runs a second old would carry over from test to test."""
    entries.forget()


@pytest.fixture
def page(open_page):
    def open_(id="learning_well", lang="en", **link):
        return open_page("training", lang=lang, view="recorded", recorded=id, **link)

    return open_


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test sets."""

    class Clock:
        now = 100.0

        def monotonic(self) -> float:
            return self.now

    one = Clock()
    monkeypatch.setattr(recorded, "time", one)
    return one


def words(at) -> str:
    blocks = [*at.main.markdown, *at.main.caption, *at.main.subheader, *at.main.error]
    return "\n".join(block.value for block in blocks)


def points(at) -> dict[str, int]:
    """How many points each curve of the accuracy has, by its name."""
    chart = at.main.get("plotly_chart")[0]
    traces = json.loads(chart.proto.spec)["data"]
    return {trace["name"]: len(trace["x"]) for trace in traces}


def moment(at):
    (slider,) = [slider for slider in at.slider if slider.key.startswith("training_moment")]
    return slider


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", RECORDED)
def test_each_opens_at_its_beginning_without_the_answer(page, id, language):
    at = page(id, lang=language)
    assert moment(at).value == 0 and moment(at).max == pytest.approx(LENGTHS[id], abs=0.1)
    assert len(at.main.get("plotly_chart")) == 2
    assert text("recorded.question", language) in words(at)
    assert text("recorded.answer", language) not in words(at)
    assert at.query_params.get("recorded") == (None if id == RECORDED[0] else id)


@pytest.mark.parametrize("id", RECORDED)
def test_at_its_end_the_whole_run_is_there_and_still_no_answer(page, id):
    at = page(id)
    moment(at).set_value(LENGTHS[id]).run()
    run = recordings.recorded(id)
    assert points(at)["Validation"] == run.status().epoch
    assert ("test images are right" if id != "diverging" else "before its time") in words(at)
    assert "overfits" not in words(at) and "lower" not in words(at)


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("learning_well", "The network learns"),
        ("overfitting", "The network overfits"),
        ("stuck_at_chance", "still guesses"),
        ("diverging", "The training diverges"),
    ],
)
def test_the_answer_comes_when_it_is_asked_for_and_can_be_hidden_again(page, id, said):
    at = page(id)
    moment(at).set_value(LENGTHS[id]).run()
    at.button(key="recorded_answer").click().run()
    assert said in words(at)
    at.button(key="recorded_answer").click().run()
    assert said not in words(at)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_names_every_setting_that_differs_from_the_first_one(page, lang):
    settings = {id: recordings.recorded(id).config() for id in RECORDED}
    first = settings["learning_well"]
    for id, one in settings.items():
        at = page(id, lang)
        at.button(key="recorded_answer").click().run()
        said = words(at)
        assert not one.recipe.augment or first.recipe.augment
        for mine, other in (
            (one.images, first.images),
            (one.recipe.batch, first.recipe.batch),
            (one.recipe.rate, first.recipe.rate),
        ):
            if mine != other and id != "diverging":
                assert f"{mine:,}" in said and f"{other:,}" in said


def test_the_answer_is_of_what_has_been_seen_so_far(page):
    at = page("overfitting")
    at.button(key="recorded_answer").click().run()
    assert text("training.finding_too_early", "en", epochs=0) in words(at)
    assert "overfits" not in words(at)


def test_playing_moves_it_on_until_it_is_paused(page, clock):
    at = page()
    at.button(key="recorded_play").click().run()
    clock.now += 2.0
    at.run()
    seen = points(at)["Training, batch by batch"]
    assert seen > 0
    at.button(key="recorded_pause").click().run()
    assert moment(at).value == pytest.approx(20.0)
    clock.now += 2.0
    at.run()
    assert moment(at).value == pytest.approx(20.0)
    assert points(at)["Training, batch by batch"] == seen
    at.button(key="recorded_start_over").click().run()
    assert moment(at).value == 0


def test_it_ends_by_itself_and_can_be_played_again(page, clock):
    at = page("diverging", speed="60")
    assert at.button(key="recorded_play").label == "Play"
    at.button(key="recorded_play").click().run()
    assert at.button(key="recorded_pause").label == "Pause"
    clock.now += 2.9
    at.run()
    assert moment(at).value == pytest.approx(LENGTHS["diverging"], abs=0.1)
    assert at.button(key="recorded_play").label == "Play"
    at.button(key="recorded_play").click().run()
    clock.now += 0.1
    at.button(key="recorded_pause").click().run()
    assert moment(at).value == 0


def test_while_it_plays_a_bar_stands_in_for_the_slider(page, clock):
    at = page()
    assert moment(at) and not at.main.get("progress")
    at.button(key="recorded_play").click().run()
    assert not at.slider and len(at.main.get("progress")) == 1
    at.button(key="recorded_start_over").click().run()
    assert moment(at).value == 0 and at.button(key="recorded_play").label == "Play"


def test_each_run_keeps_its_place_while_another_is_looked_at(page):
    at = page()
    moment(at).set_value(33.0).run()
    at.pills(key="training_recorded").set_value("overfitting").run()
    assert moment(at).value == 0
    at.pills(key="training_recorded").set_value("learning_well").run()
    assert moment(at).value == 33.0


def test_the_place_stays_out_of_the_link(page):
    at = page()
    moment(at).set_value(33.0).run()
    assert set(at.query_params) <= {"lang", "view", "recorded"}


@pytest.mark.parametrize(
    ("id", "button", "rate", "initializer"),
    [
        ("overfitting", "recorded_button_try_cure_overfitting", 0.02, "own"),
        ("stuck_at_chance", "recorded_button_try_cure_stuck_at_chance", 0.02, "own"),
        ("stuck_at_chance", "recorded_button_try_repeat", 0.001, "random_uniform"),
        ("diverging", "recorded_button_try_cure_diverging", 0.02, "own"),
        ("diverging", "recorded_button_try_repeat", 1.0, "own"),
    ],
)
def test_what_fixes_it_is_one_click_from_a_training_of_ones_own(page, id, button, rate, initializer):
    at = page(id)
    at.button(key="recorded_answer").click().run()
    at.button(key=button).click().run()
    assert at.button(key="training_start").disabled is False
    assert at.number_input(key="training_rate").value == pytest.approx(rate)
    assert at.selectbox(key="training_initializer").value == initializer
    assert at.number_input(key="training_epochs").value == 12
    assert at.toggle(key="training_augment").value is True


def test_a_damaged_recording_is_said_and_the_page_stands(page, tmp_path, monkeypatch):
    monkeypatch.setattr(recordings, "FOLDER", tmp_path)
    recorded._tape.clear()
    at = page()
    assert "of the recorded training learning" in at.main.error[0].value
    assert at.pills(key="training_recorded").value == "learning_well"
    recorded._tape.clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_waits_sees_the_run_that_learns_well_play_over_and_over(open_page, clock, language):
    watched("another", "running", epochs=1)
    mine = watched("mina", "queued", epochs=0)
    at = open_page("training", lang=language, view="runs", run=mine.id)
    assert text("recorded.meanwhile", language) in words(at)
    before = points(at)[text("training.curve_validation", language)]
    for _ in range(4):
        clock.now += 3
        at = at.run()
    assert points(at)[text("training.curve_validation", language)] > before
    clock.now += 3
    for _ in range(1 + int(LENGTHS[RECORDED[0]] / 30)):  # ten times as fast, three seconds at a look
        clock.now += 3
        at = at.run()
    assert (
        points(at)[text("training.curve_validation", language)]
        < recordings.recorded(RECORDED[0]).status().epoch
    )


def test_the_next_in_line_waits_for_nothing_that_plays(open_page):
    mine = watched("mina", "queued", epochs=0)
    at = open_page("training", lang="en", view="runs", run=mine.id)
    assert text("recorded.meanwhile", "en") not in words(at) and not at.main.get("plotly_chart")
