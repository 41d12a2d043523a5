"""A guess before seeing: it is committed once, travels in the link, and outlives language and page."""

from __future__ import annotations

import pytest

from alexnet.language import text
from alexnet.ui import guess

NAMES = {"a": "first", "b": "second", "c": "third"}


def keys(at):
    return {button.key for button in at.main.button}


def test_nothing_is_committed_before_a_guess_is_chosen(open_page):
    at = open_page("layers")
    assert at.button(key="layers_guess_commit").disabled
    at.pills(key="layers_guess").set_value("56").run()
    assert "guessed" not in at.query_params
    at.button(key="layers_guess_commit").click().run()
    assert at.query_params["guessed"] == "56"
    assert "layers_guess_commit" not in keys(at)


def test_a_guess_outlives_the_language_and_another_page(open_page):
    at = open_page("layers", guessed="56")
    at.sidebar.segmented_control[0].set_value("ko").run()
    assert at.query_params["guessed"] == "56"
    wrong = text("common.guess_wrong", "ko", answer="55", guess="56")
    assert any(wrong in block.value for block in at.main.markdown)
    at.switch_page("pages/home/page.py").run()
    assert "guessed" not in at.query_params
    at.switch_page("pages/layers/page.py").run()
    assert at.query_params["guessed"] == "56"


def test_a_guess_about_one_thing_shows_nothing_else(open_page):
    at = open_page("initializers", view="race", race_guessed="shown")
    assert "initializers_moment_play" in keys(at)
    at.button_group(key="initializers_view").set_value("distribution").run()
    assert "initializers_guess_show" in keys(at)


@pytest.mark.parametrize(
    ("made", "answers", "key", "values"),
    [
        ("a", ["a"], "guess_right", {"answer": "first"}),
        ("b", ["a", "b"], "guess_right", {"answer": "first, second"}),
        ("c", ["a"], "guess_wrong", {"answer": "first", "guess": "third"}),
        (guess.SHOWN, ["c"], "guess_shown", {"answer": "third"}),
    ],
)
def test_a_guess_is_judged_by_the_answers(monkeypatch, made, answers, key, values):
    monkeypatch.setattr(guess, "t", lambda key, **values: text(key, "en", **values))
    expected = {"guess": NAMES.get(made, ""), **values} if key != "guess_shown" else values
    assert guess.judged(made, answers, NAMES) == text(f"common.{key}", "en", **expected)
