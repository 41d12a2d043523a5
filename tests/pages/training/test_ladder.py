"""The ladder on the Training page, through app.py: guess, climb, see what a change brought, train a rung."""

from __future__ import annotations

import itertools
import json

import pytest

from alexnet.home import ASSETS
from alexnet.language import LANGUAGES, text
from alexnet.runs import run
from alexnet.studies import points
from alexnet.studies.ladder import RUNGS
from alexnet.ui.runs import entries
from pages.training import ladder, ladder_details
from tests.studies import experiments

FOUND = {"note": [0.5, 0.5, 0.5], "rate": [0.6, 0.62, 0.64], "mean": [0.615, 0.63, 0.645]}


@pytest.fixture(autouse=True)
def results(tmp_path, monkeypatch):
    monkeypatch.setattr(points, "RESULTS", tmp_path)
    experiments.ladder(tmp_path, FOUND)
    ladder.measured.clear()
    entries.forget()
    yield
    ladder.measured.clear()
    entries.forget()


def words(at) -> str:
    return "\n".join(block.value for block in [*at.main.markdown, *at.main.caption, *at.main.info])


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_begins_with_the_note_and_asks_what_the_next_change_brings(open_page, language):
    at = open_page("training", lang=language, view="ladder")
    assert text("ladder.first", language, accuracy=0.5, seeds=3) in words(at)
    assert text("ladder.change_rate", language) in words(at)
    assert at.button(key="training_ladder_climb").disabled
    assert at.main.code[0].value == "python -m experiments.ladder --point note --seed 0 --work FOLDER"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_rung_tells_of_each_training_and_which_never_left_chance(
    open_page, tmp_path, language, monkeypatch
):
    monkeypatch.setattr(points, "RESULTS", ASSETS / "experiments")
    ladder.measured.clear()
    shown = words(open_page("training", lang=language, view="ladder"))
    lines = (ASSETS / "experiments" / "ladder.jsonl").read_text(encoding="utf-8").splitlines()
    rung = [line for line in map(json.loads, lines) if line["point"] == "note"]
    each = ", ".join(f"{100 * line['test_accuracy']:.1f}%" for line in rung)
    assert each == "68.8%, 50.0%, 71.2%"
    # A network that names one class alone has never left chance.
    stuck = sum(any(sum(column) == 0 for column in zip(*line["confusion"], strict=True)) for line in rung)
    assert stuck == 1
    assert text("ladder.first_each", language, accuracies=each, stuck=stuck, seeds=3) in shown


def test_what_the_textbook_did_is_told_on_the_first_rung_alone(open_page):
    assert "github.com/gilbutITbook/080263" in words(open_page("training", view="ladder"))
    assert "gilbutITbook" not in words(open_page("training", view="ladder", rung="rate"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_rates_in_the_texts_are_those_of_the_recipes(language):
    recipes = [rung.recipe for rung in RUNGS]
    for below, here in itertools.pairwise(recipes):
        said = text(f"ladder.change_{here.id}", language)
        if here.rate != below.rate and here.optimizer == below.optimizer:
            assert f"{here.rate:g}" in said and f"{below.rate:g}" in said
        if here.weight_decay != below.weight_decay:
            assert f"{here.weight_decay:g}" in said


def test_a_guess_is_judged_by_what_was_measured(open_page):
    at = open_page("training", view="ladder")
    at.button_group(key="ladder_guess_rate").set_value("much").run()
    at.button(key="training_ladder_climb").click().run()
    assert at.query_params["rung"] == "rate"
    said = words(at)
    assert "brings +12.0 points, from 50.0% to 62.0% (means; seeds: 3)" in said
    assert text("ladder.sure_up", "en") in said and text("ladder.right", "en") in said
    at.button_group(key="ladder_guess_mean").set_value("lower").run()
    at.button(key="training_ladder_climb").click().run()
    said = words(at)
    assert text("ladder.unsure", "en") in said
    assert text("ladder.wrong", "en", guess=text("ladder.guess_lower", "en")) in said
    assert text("ladder.score", "en", right=1, all=2) in said


def test_a_rung_without_a_result_says_so_and_can_be_trained(open_page):
    at = open_page("training", view="ladder", rung="momentum")
    assert text("ladder.missing", "en") in words(at)
    at.number_input(key="training_seed").set_value(7).run()
    at.button(key="training_start").click().run()
    (one,) = run.runs()
    config = one.config()
    rung = next(rung for rung in RUNGS if rung.id == "momentum")
    assert (config.recipe, config.seed, config.size, config.network) == (rung.recipe, 7, 100, "note_dropout")
    assert config.name == "Rung 7: SGD, momentum"


def test_what_to_try_next_stays_on_the_ladder(open_page):
    at = open_page("training", view="ladder")
    at.button(key="training_button_try_fitted").click().run()
    assert (at.query_params["view"], at.query_params["rung"]) == ("ladder", "fitted")
    assert text("ladder.no_curves", "en") in words(at)  # neither this rung nor the one below has a result


def test_seeds_that_only_one_of_two_rungs_has_are_left_out_of_their_comparison(open_page, tmp_path):
    experiments.ladder(tmp_path, {"note": [0.5, 0.9, 0.9], "rate": [0.6]})
    ladder.measured.clear()
    said = words(open_page("training", view="ladder", rung="rate"))
    assert "brings +10.0 points, from 50.0% to 60.0% (means; seeds: 1)" in said


def test_gains_in_the_table_are_those_of_the_sentence(open_page, tmp_path):
    experiments.ladder(tmp_path, {"note": [0.5, 0.9, 0.9], "rate": [0.6]})
    ladder.measured.clear()
    at = open_page("training", view="ladder", rung="rate")
    assert list(at.main.dataframe[0].value["Gain, points"]) == ["", "+10.0"]


def test_trainings_that_diverged_are_told_and_not_called_missing(open_page, tmp_path):
    experiments.ladder(tmp_path, FOUND)
    lines = (tmp_path / "ladder.jsonl").read_text(encoding="utf-8").splitlines()
    lost = [
        json.dumps(line | {"state": "loss_not_finite", "test_accuracy": None})
        if (line := json.loads(written))["point"] == "mean" and line["seed"] < 2
        else written
        for written in lines
    ]
    (tmp_path / "ladder.jsonl").write_text("\n".join(lost) + "\n", encoding="utf-8")
    ladder.measured.clear()
    said = words(open_page("training", view="ladder", rung="mean"))
    assert text("ladder.diverged", "en", seeds="0, 1") in said
    assert "from 64.0% to 64.5% (means; seeds: 1)" in said and text("ladder.missing", "en") not in said


def test_rungs_above_the_tuned_ones_stand_alone_where_nothing_below_is_measured(open_page, tmp_path):
    experiments.ladder(tmp_path, {"fitted": [0.8]})
    ladder.measured.clear()
    at = open_page("training", view="ladder", rung="fitted")
    assert not at.exception and "Tuning alone" not in words(at)


def test_a_guess_that_nothing_measured_can_judge_is_not_counted(open_page, tmp_path):
    experiments.ladder(tmp_path, {"note": [0.5], "rate": [0.6], "initializer": [0.6], "augmentation": [0.6]})
    ladder.measured.clear()
    at = open_page("training", view="ladder")
    for rung, guess in (
        ("rate", "much"),
        ("mean", "much"),
        ("initializer", "much"),
        ("augmentation", "much"),
    ):
        at.button_group(key=f"ladder_guess_{rung}").set_value(guess).run()
        at.button(key="training_ladder_climb").click().run()
    assert text("ladder.score", "en", right=1, all=2) in words(at)


def test_what_was_tried_tells_nothing_of_rungs_that_are_still_to_be_guessed_at(open_page, tmp_path):
    experiments.ladder(tmp_path, FOUND | {"tenth_rate": [0.7]})
    ladder.measured.clear()
    assert "against 60.0%" not in words(open_page("training", view="ladder", rung="note"))


def test_a_difference_that_chance_can_make_is_called_so(open_page, tmp_path):
    assert ladder_details.chance(0.75, 1000) == pytest.approx(2 * (2 * 0.75 * 0.25 / 1000) ** 0.5)
    experiments.ladder(tmp_path, FOUND | {"tenth_rate": [0.7]})
    ladder.measured.clear()
    said = words(open_page("training", view="ladder", rung="rate"))
    assert "0.0001 in the note's recipe: validation accuracy 70.0%, against 60.0% of what was taken" in said
    assert "a difference of up to about 4 points can be chance" in said


def test_what_was_tried_instead_of_a_rung_can_be_trained_too(open_page):
    at = open_page("training", view="ladder", rung="rate")
    at.selectbox(key="training_variant_rate").set_value("tenth_rate").run()
    assert "--point tenth_rate" in at.main.code[0].value
    at.button(key="training_start").click().run()
    config = run.runs()[0].config()
    assert config.recipe.rate == 0.0001 and config.test
    assert config.name == "Rung 1: Adam's rate 0.0001 in the note's recipe"


@pytest.mark.parametrize(
    ("before", "after", "guess"),
    [(0.6, 0.59, "lower"), (0.6, 0.6099, "same"), (0.6, 0.595, "same"), (0.6, 0.61, "some"),
     (0.6, 0.65, "some"), (0.6, 0.651, "much")],
)  # fmt: skip
def test_what_a_guess_means(before, after, guess):
    assert ladder.judged(before, after) == guess


def test_a_gain_says_how_often_chance_goes_as_far_and_what_else_changed(open_page, monkeypatch):
    monkeypatch.setattr(points, "RESULTS", ASSETS / "experiments")
    ladder.measured.clear()
    said = words(open_page("training", view="ladder", rung="weight_decay"))
    assert "less than single seeds of one rung lie apart" in said
    assert "it can never be less than 10%" in said
    top = words(open_page("training", view="ladder", rung="mirrored"))
    assert "another weight decay, erased squares, test-time augmentation" in top
