"""The buttons that hand out a run's weights, on planted files."""

from __future__ import annotations

import textwrap
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from alexnet.language import text
from alexnet.runs import run
from pages.training.weights_download import file_name
from tests.training.small import small

SCRIPT = textwrap.dedent(
    """
    import streamlit as st
    from alexnet.runs import run
    from pages.training import weights_download

    weights_download.button(run.find(st.session_state["id"]))
    """
)


@pytest.fixture
def one(home_folder):
    made = run.create(small())
    run.write_status(made.path, replace(made.status(), state="finished"))
    return made


def put(one, which, content):
    one.weights(which).parent.mkdir(exist_ok=True)
    one.weights(which).write_bytes(content)


def drawn(one, lang="en"):
    at = AppTest.from_string(SCRIPT, default_timeout=20)
    at.query_params["lang"] = lang
    at.session_state["id"] = one.id
    at.run()
    assert not at.exception
    return at


HOME = {lang: text("models.take_home", lang) for lang in ("ko", "en")}


def labels(at):
    return [button.proto.label for button in at.get("download_button")]


def notes(at):
    return [caption.value for caption in at.caption]


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_without_weights_it_says_why(one, lang):
    at = drawn(one, lang)
    assert labels(at) == []
    assert notes(at) == [text("models.weights_none", lang)]


def test_last_and_best_have_a_button_each_with_their_size(one):
    put(one, "last", bytes(1_740_000))
    put(one, "best", b"x" * 640_000)
    assert labels(drawn(one)) == ["Last weights (1.7 MB)", "Best weights (640 KB)", HOME["en"]]
    assert labels(drawn(one, "ko")) == ["마지막 가중치 (1.7 MB)", "가장 좋은 가중치 (640 KB)", HOME["ko"]]


def test_weights_that_are_the_best_as_well_are_offered_once(one):
    put(one, "last", b"alike")
    put(one, "best", b"alike")
    assert labels(drawn(one)) == ["Last weights (1 KB)", HOME["en"]]


def test_where_only_the_best_are_left_it_says_so(one):
    put(one, "best", b"best")
    at = drawn(one)
    assert labels(at) == ["Best weights (1 KB)"]
    assert notes(at) == [text("models.weights_last_missing", "en")]


def test_what_is_downloaded_is_the_file_under_the_runs_name(one, monkeypatch):
    put(one, "last", b"the weights")
    given = {}

    def pressed(label, data, **rest):
        if label != HOME["en"]:
            given.update(rest, content=data())

    monkeypatch.setattr("streamlit.download_button", pressed)
    drawn(one)
    assert given["content"] == b"the weights"
    assert given["file_name"] == file_name(one.id, "last") == f"alexnet-{one.id}-last.safetensors"
