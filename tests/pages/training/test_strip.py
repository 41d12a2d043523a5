"""The strip of photographs of a run on the Training page."""

from __future__ import annotations

import hashlib
from types import SimpleNamespace

import numpy as np
import pytest

from alexnet.language import LANGUAGES, text
from alexnet.runs.status import Status
from alexnet.training.recorder import Recorder
from alexnet.ui.runs import entries
from tests.runs.watched import watched

TOKEN = "0123456789abcdef" * 2
ME = hashlib.sha256(TOKEN.encode()).hexdigest()[:16]


@pytest.fixture(autouse=True)
def nothing_is_remembered(monkeypatch):
    monkeypatch.setattr("alexnet.ui.server.viewer.secrets", SimpleNamespace(token_hex=lambda _: TOKEN))
    entries.forget()
    yield
    entries.forget()


def followed(state: str):
    """A run that answered one of two right at first, then the other, then both."""
    one = watched(ME, state)
    writer = Recorder(one.path, Status("queued"))
    writer.photographs(np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3), np.uint8))
    for step, said in ((0, [0, 0]), (2, [1, 1]), (4, [0, 1])):
        writer.line("answers", step=step, epoch=step / 4, answers=said, sure=[0.8, 0.6], truth=[0, 1])
    return one


def words(at) -> str:
    return "\n".join(block.value for block in at.main.markdown)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["running", "finished"])
def test_a_run_shows_its_photographs_and_counts_what_turned(open_page, language, state):
    one = followed(state)
    at = open_page("training", lang=language, view="runs", run=one.id)
    said = text("training.strip_right", language, right=2, began=1, count=2, flips=3)
    assert said in words(at)
    assert sum("photograph-strip" in str(block.proto) for block in at.main.get("html")) == 1


def test_a_run_that_is_over_is_moved_through_again(open_page):
    one = followed("finished")
    at = open_page("training", view="runs", run=one.id)
    at.select_slider(key=f"training_strip_{one.id}").set_value(1).run()
    assert text("training.strip_right", "en", right=1, began=1, count=2, flips=2) in words(at)


def test_a_run_of_an_earlier_version_has_no_strip(open_page):
    one = watched(ME)
    at = open_page("training", view="runs", run=one.id)
    assert not any("photograph-strip" in str(block.proto) for block in at.main.get("html"))
