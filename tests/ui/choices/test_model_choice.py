"""Which trained network the pages show, on the Kernels page and runs that were planted."""

from __future__ import annotations

import pytest
import streamlit as st

from alexnet.language import text
from alexnet.runs import run
from alexnet.trained import shipped
from alexnet.ui.runs import entries
from alexnet.ui.runs.words import when
from tests.runs.planted import damage, plant

KEY = "common_model"
IN_APP = len(shipped.NETWORKS)


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """The viewer is mina, and nothing is remembered of another test's runs."""
    monkeypatch.setattr("alexnet.ui.choices.model_choice.viewer_id", lambda: "mina")
    st.cache_resource.clear()


def shown(at) -> str:
    notes = [note.value.replace("\\", "") for note in at.caption]  # names are escaped for Markdown
    return next(note for note in notes if note.startswith("Trained network: "))


def options(at) -> list[str]:
    return list(at.sidebar.selectbox(key=KEY).options)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_without_runs_the_networks_of_the_app_are_offered_and_it_is_said_where_others_come_from(
    open_page, lang
):
    at = open_page("kernels", lang)
    assert options(at) == [text(f"models.{id}", lang) for id in shipped.NETWORKS]
    assert text("models.only_shipped", lang) in [note.value for note in at.sidebar.caption]
    assert not at.error


def test_own_runs_that_ended_are_offered_the_newest_first(open_page):
    older = plant(name="older")
    newer = run.Run(older.path.with_name("20991231-000000-aaaaaa"))
    older.path.rename(newer.path)
    config = (newer.path / "config.json").read_text(encoding="utf-8").replace(older.id, newer.id)
    (newer.path / "config.json").write_text(config.replace("older", "newer"), encoding="utf-8")
    plant(name="before", state="stopped", accuracy=None)
    plant("somebody else", name="not mine")
    plant(name="still waiting", state="queued")
    damage(plant(name="no weights"), "missing")
    damage(plant(name="cut short"), "cut")
    names = options(open_page("kernels"))[IN_APP:]
    assert [name.split(" · ")[0] for name in names] == ["newer", "before"]
    assert names[0] == f"newer · {text('common.network_classroom', 'en')} · epochs: 2 · 71.0%"
    assert names[1].endswith("· not tested")


def test_a_run_without_a_name_is_called_by_its_time(open_page):
    one = plant()
    assert options(open_page("kernels"))[IN_APP].startswith(when(one.config().created))


def test_a_choice_holds_on_the_other_page_and_stands_in_the_link(open_page):
    one = plant(name="mine")
    at = open_page("kernels")
    at.sidebar.selectbox(key=KEY).set_value(one.id).run()
    assert at.query_params["model"] == one.id
    at.switch_page("pages/layers/page.py").run()
    assert "model" not in at.query_params
    at.switch_page("pages/kernels/page.py").run()
    assert at.query_params["model"] == one.id
    assert shown(at).startswith("Trained network: mine")


def test_anyone_may_look_at_a_run_by_its_link_and_it_stays_in_the_list(open_page):
    one = plant("somebody else", name="theirs")
    at = open_page("kernels", model=one.id)
    assert not at.error
    assert shown(at).startswith("Trained network: theirs")
    at.sidebar.selectbox(key=KEY).set_value("shipped").run()
    assert at.query_params.get("model") is None
    assert [name.split(" · ")[0] for name in options(at)][IN_APP:] == ["theirs"]


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize(
    ("what", "error"),
    [("cut", "weights_damaged"), ("missing", "weights_missing"), ("settings", "config_damaged")],
)
def test_a_damaged_run_in_a_link_is_explained_and_the_shipped_network_shown(open_page, lang, what, error):
    one = plant()
    damage(one, what)
    at = open_page("kernels", lang, model=one.id)
    assert len(at.error) == 1
    assert text(f"errors.{error}", lang, file="last.safetensors", reason="x")[:12] in at.error[
        0
    ].value.replace("\\", "")
    assert len(at.get("image")) == 3
    assert "model" not in at.query_params


@pytest.mark.parametrize("id", ["20201231-000000-aaaaaa", "../../etc", "", "**x**", "none"])
def test_a_link_to_no_run_is_explained_and_the_shipped_network_shown(open_page, id):
    plant()  # with a list, and without one the same
    at = open_page("kernels", model=id)
    assert len(at.error) == 1
    assert "**x**" not in at.error[0].value
    assert at.sidebar.selectbox(key=KEY).value == "shipped"
    assert not [note for note in at.main.caption if note.value.startswith("Trained network: ")]
    at.run()
    assert not at.error


def test_a_run_that_goes_on_or_is_deleted_meanwhile_is_explained_once(open_page):
    one = plant(name="mine")
    at = open_page("kernels", model=one.id)
    run.write_status(one.path, run.waiting(one.config(), one.status()))
    entries.forget()
    at.run()
    assert "mine" in at.error[0].value and "is waiting or training" in at.error[0].value
    run.delete(one)
    entries.forget()
    at.run()
    assert not at.error
    assert len(options(at)) == IN_APP
