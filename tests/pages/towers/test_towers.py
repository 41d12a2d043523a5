"""The page on the towers' experiment, through app.py: guess, draw, watch, and train one oneself."""

from __future__ import annotations

import pytest

from alexnet.language import LANGUAGES, text
from alexnet.runs import run
from alexnet.studies import points
from alexnet.trained import shipped
from alexnet.ui.runs import entries
from pages.towers import lesson
from tests.runs.watched import watched
from tests.studies import experiments

FOUND = {"meeting": [0.55, 0.7], "apart": [0.9, 0.1], "one_tower": [0.5]}


@pytest.fixture(autouse=True)
def results(tmp_path, monkeypatch):
    monkeypatch.setattr(points, "RESULTS", tmp_path)
    experiments.towers(tmp_path, FOUND)
    lesson.measured.clear()
    entries.forget()
    yield
    lesson.measured.clear()
    entries.forget()


def words(at) -> str:
    return "\n".join(block.value for block in [*at.main.markdown, *at.main.caption, *at.main.info])


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_trainings_are_shown_after_the_guess(open_page, language):
    at = open_page("towers", view="trainings", lang=language)
    assert "towers_guess_show" in {button.key for button in at.main.button}
    assert len(at.main.get("plotly_chart")) == 1
    at.button_group(key="towers_guess").set_value("apart").run()
    at.button(key="towers_guess_commit").click().run()
    assert len(at.main.get("plotly_chart")) == 3
    name = text("towers.name_apart", language)
    said = text("towers.condition_says", language, name=name, divided=2, leaning=0, trainings=2, low=0.9,
                high=0.9, accuracy=0.75)  # fmt: skip
    assert said in words(at)
    assert text("common.guess_right", language, answer=name) in words(at)
    assert at.query_params["guessed"] == "apart"
    assert "towers_guess_commit" not in {button.key for button in at.main.button}


def test_the_seeds_say_what_is_sure_and_what_it_costs(open_page):
    at = open_page("towers", view="trainings")
    at.button_group(key="towers_guess").set_value("apart").run()
    at.button(key="towers_guess_commit").click().run()
    said = words(at)
    assert "in **Towers apart**: mean AUC 0.90, against 0.62 in “Towers that meet”, and every seed" in said
    assert "“Towers that meet”, in points: Towers apart +0.0, One tower +0.0." in said
    assert "would have a mean AUC of 0.56: with 32 kernels a side" in said
    for id, auc in (("shipped", "0.63"), ("towers", "0.68")):
        card = shipped.card(id)
        right = f"{card['test_accuracy']:.1%} of the test images right; AUC {auc}"
        assert f"{card['epochs']} epochs, {right}" in said
    *links, _ = [link.proto.query_string for link in at.main.get("page_link")]  # the last is what is next
    for link, model in zip(links, ("shipped", "towers"), strict=True):
        assert f"model={model}" in link and "view=colour" in link
    assert "of 2 trainings 0 divided and 1 only leaned" in said  # an AUC of 0.7 that chance does not explain
    assert "What else might matter?" not in [expander.label for expander in at.main.expander]


def test_the_link_to_the_second_network_shows_its_kernels_and_how_it_was_chosen(open_page):
    at = open_page("kernels", model="towers", view="kernels")
    assert at.sidebar.selectbox(key="common_model").value == "towers"
    assert "First layer: 64 kernels of 11×11×3, half of them in each of two towers." in words(at)
    assert text("models.card_chosen_among", "en", value=5) in words(at)


def test_overlapping_seeds_are_said_to_overlap(open_page, tmp_path):
    experiments.towers(tmp_path, {"meeting": [0.55, 0.7], "apart": [0.9, 0.6]})
    lesson.measured.clear()
    at = open_page("towers", view="trainings")
    at.button_group(key="towers_guess").set_value("apart").run()
    at.button(key="towers_guess_commit").click().run()
    assert "their seeds overlap" in words(at)


def test_trials_alone_are_no_results_of_the_conditions(open_page, tmp_path):
    experiments.towers(tmp_path, {"higher_rate": [0.35]})
    lesson.measured.clear()
    at = open_page("towers", view="trainings")
    at.button_group(key="towers_guess").set_value("apart").run()
    at.button(key="towers_guess_commit").click().run()
    assert not at.exception
    assert [block.value for block in at.main.info].count(text("towers.none", "en")) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_changes_that_were_tried_stand_beside_towers_apart(open_page, tmp_path, language):
    experiments.towers(tmp_path, FOUND | {"higher_rate": [0.35], "more_decay": [0.52]})
    lesson.measured.clear()
    at = open_page("towers", view="trainings", lang=language)
    at.button_group(key="towers_guess").set_value("apart").run()
    at.button(key="towers_guess_commit").click().run()
    most = text("towers.name_higher_rate", language)
    said = text("towers.trials_say", language, usual=0.9, name=most, highest=0.65, p=0.0001, sure=1, tried=2)
    assert said in words(at)
    assert text("towers.what_more_decay", language) in words(at)
    assert len(at.main.get("plotly_chart")) == 5


def test_a_wrong_guess_is_told_what_it_was(open_page):
    at = open_page("towers", view="trainings")
    at.button_group(key="towers_guess").set_value("meeting").run()
    at.button(key="towers_guess_commit").click().run()
    verdict = "**Towers apart.** You had guessed: Towers that meet. Of the recorded trainings divided: "
    assert verdict + "Towers that meet 0 of 2, Towers apart 2 of 2, One tower 0 of 1." in words(at)


@pytest.mark.parametrize(("link", "button"), [("", "towers_guess_show"), ("shown", None), ("42", None)])
def test_whoever_asks_to_be_shown_sees_the_verdict_without_a_guess(open_page, link, button):
    at = open_page("towers", view="trainings", **({"guessed": link} if link else {}))
    if button:
        at.button(key=button).click().run()
    assert "**Towers apart.** Of the recorded trainings divided:" in words(at)
    assert at.query_params["guessed"] == "shown"


def test_the_link_opens_a_training_at_an_epoch(open_page):
    at = open_page("towers", view="trainings", condition="apart", seed="2", epoch="0")
    assert "Before training: **not shown at the 1% level.**" in words(at)
    at.slider(key="towers_epoch").set_value(2).run()
    assert "After epoch 2: **divided.** In 90% of all pairs" in words(at)
    assert "“Tower 1 (GPU 1)” is the more colourful" in words(at)  # an AUC of 0.1
    images = [address for image in at.main.get("image") for address in image.value]
    assert len(images) == 2 and all(image.startswith("data:image/png") for image in images)


def test_another_seed_is_drawn(open_page):
    at = open_page("towers", view="trainings", condition="apart")
    at.button(key="towers_draw").click().run()
    assert at.query_params["seed"] == "2"


def test_it_plays_from_the_first_epoch_and_pauses(open_page):
    at = open_page("towers", view="trainings")
    at.button(key="towers_epoch_play").click().run()
    assert "towers_epoch_pause" in {button.key for button in at.main.button}
    at.button(key="towers_epoch_pause").click().run()
    assert at.slider(key="towers_epoch").value in (0, 1)


def test_a_condition_is_trained_with_a_seed_of_ones_own(open_page):
    at = open_page("towers", view="trainings", again="one_tower", again_seed="9")
    at.button(key="training_start").click().run()
    (one,) = run.runs()
    config = one.config()
    assert (config.network, config.seed, config.data) == ("towers_joined", 9, "cifar10")
    assert (at.query_params["view"], at.query_params["run"]) == ("runs", one.id)
    assert text("training.queue_next", "en") in words(at)


def test_a_run_of_ones_own_that_is_not_over_is_shown_on_training(open_page, monkeypatch):
    monkeypatch.setattr("alexnet.ui.runs.listing.viewer_id", lambda: "mina")
    one = watched("mina", "running")
    at = open_page("towers", view="trainings")
    assert at.button(key="training_start").disabled
    at.button(key="training_show_active").click().run()
    assert (at.query_params["view"], at.query_params["run"]) == ("runs", one.id)
    assert text("training.state_running", "en") in words(at)


def test_a_change_that_was_tried_is_trained_again(open_page):
    at = open_page("towers", view="trainings", again="few_kernels")
    at.button(key="training_start").click().run()
    config = run.runs()[0].config()
    assert config.rows.first_convolution.maps == 32 and config.test
    assert config.name == "32 kernels, towers apart"


def test_without_results_the_page_says_so(open_page, tmp_path):
    (tmp_path / "tower_split.jsonl").unlink()
    lesson.measured.clear()
    at = open_page("towers", view="trainings")
    assert text("towers.none", "en") in words(at)
