"""The class's trainings in one chart, through app.py: whose names are seen, and what is said of seeds."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from types import SimpleNamespace

import pytest

from alexnet.data.own import collecting
from alexnet.data.own.archive import Archive
from alexnet.language import LANGUAGES, text
from alexnet.recipes import recipe
from alexnet.runs.beginning import Beginning
from alexnet.ui.runs import entries
from alexnet.ui.server.teacher import LOCK
from tests.data.own.photographs import files, packed
from tests.runs.watched import watched
from tests.training.small import small

TOKEN = "0123456789abcdef" * 2
ME = hashlib.sha256(TOKEN.encode()).hexdigest()[:16]


@pytest.fixture(autouse=True)
def nothing_is_remembered(monkeypatch):
    """Lists that a second of age does not matter for on a server would carry over from test to test."""
    monkeypatch.setattr("alexnet.ui.server.viewer.secrets", SimpleNamespace(token_hex=lambda _: TOKEN))
    entries.forget()
    yield
    entries.forget()
    LOCK.close(ME)


def page(open_page, lang="en"):
    entries.forget()
    return open_page("training", lang=lang, view="together")


def names(at):
    (table,) = at.main.dataframe
    return list(table.value[text("training.column_run", "en")])


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_is_over_it_says_what_to_do(open_page, language):
    watched("another", "running")
    at = page(open_page, language)
    assert at.title[0].value == text("training.title_together", language)
    assert at.main.info[0].value == text("training.together_none", language)


def test_one_sees_ones_own_name_and_numbers_for_the_others(open_page):
    watched(ME, name="Mina", seed=1, created="2026-03-02T09:01:00+00:00")
    watched("another", name="Joon", seed=2, created="2026-03-02T09:00:00+00:00")
    at = page(open_page)
    assert names(at) == [text("training.together_someone", "en", number=1), "Mina"]
    assert len(at.main.get("plotly_chart")) == 1 and "Joon" not in at.main.get("plotly_chart")[0].proto.spec
    said = " ".join(block.value for block in at.main.markdown)
    assert text("training.together_seeds", "en", count=1, points=0.0) in said


def test_a_teacher_sees_all_names(open_page):
    watched(ME, name="Mina")
    watched("another", name="Joon")
    LOCK.try_pin(LOCK.pin, ME, "test", 0.0)
    assert sorted(names(page(open_page))) == ["Joon", "Mina"]


def test_other_recipes_are_another_picture_and_a_race_is_none(open_page):
    watched(ME)
    watched(ME)
    watched("another", recipe=replace(small("another").recipe, id=recipe("five_minutes").id))
    at = page(open_page)
    choice = at.selectbox(key="training_kind")
    assert len(choice.options) == 2 and len(names(at)) == 2
    at = choice.select_index(1).run()
    assert len(names(at)) == 1


def test_a_trained_beginning_is_named_and_is_no_other_seed_of_a_start_from_scratch(open_page):
    watched(ME, seed=1)
    watched(ME, seed=2, beginning=Beginning("shipped", frozen=True))
    at = page(open_page)
    (table,) = at.main.dataframe
    starts = set(table.value[text("training.column_start", "en")])
    assert starts == {text("training.initializer_own", "en"), text("beginning.way_frozen", "en")}
    assert text("training.together_no_seeds", "en") in " ".join(block.value for block in at.main.markdown)


def test_trainings_on_ones_own_photographs_are_a_kind_that_names_them(open_page):
    one = collecting.make(Archive(io.BytesIO(packed(files(8))), "pets.zip"), ME, "pets")
    watched(ME)
    own = replace(small(ME).recipe, batch=4)
    watched(ME, data=one.id, validation=one.validation, limit=None, recipe=own)
    options = page(open_page).selectbox(key="training_kind").options
    assert sorted(option.startswith("pets; ") for option in options) == [False, True]
