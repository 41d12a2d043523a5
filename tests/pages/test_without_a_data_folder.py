"""Every page where nothing can be written: it goes on, and what would write says why it does not."""

from __future__ import annotations

import pytest

from alexnet.home import trouble
from alexnet.language import explain
from alexnet.ui.components import plain
from alexnet.ui.pages import PAGES

VIEWS = {
    "towers": [{"view": view} for view in ("real", "trainings")],
    "training": [{"view": view} for view in ("new", "runs", "recorded", "ladder")],
    "initializers": [{"view": view} for view in ("distribution", "signal", "history", "race")]
    + [{"view": "race", "race": "own"}],
}
STARTS = {("training", "new"), ("training", "ladder"), ("towers", "trainings"), ("initializers", "own")}


@pytest.mark.parametrize(
    ("page", "choices"), [(page.id, choices) for page in PAGES for choices in VIEWS.get(page.id, [{}])]
)
def test_a_page_goes_on_and_only_what_would_write_says_why_it_does_not(
    home_folder, open_page, monkeypatch, page, choices
):
    home_folder.write_bytes(b"")
    monkeypatch.setenv("ALEXNET_HOME", str(home_folder / "below"))
    at = open_page(page, lang="ko", **choices)
    assert not at.exception
    problem = trouble()
    assert problem is not None
    said = explain(type(problem)(problem.id, folder=plain(str(problem.values["folder"]))), "ko")
    expected = (page, choices.get("race", choices.get("view"))) in STARTS
    assert [error.value for error in at.error] == [said] * expected
    assert [button.disabled for button in at.button if button.key in ("training_start", "race_start")] == [
        True
    ] * expected
