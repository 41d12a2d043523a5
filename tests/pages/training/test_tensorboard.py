"""Who is offered TensorBoard, and what the button does."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from streamlit.runtime.context import ContextProxy, StreamlitHeaders
from streamlit.testing.v1 import AppTest

from alexnet.errors import DataError
from alexnet.language import Language, explain, text
from alexnet.runs import run, tensorboard
from pages.training.tensorboard import TENSORBOARD
from tests.training.small import small

ADDRESS = "http://127.0.0.1:6006/"


@pytest.fixture
def open_run(monkeypatch):
    """A page with nothing but a run's button, for a browser seen at one address that asked for another."""

    def open_(seen: str | None, asked: str | None, lang: Language = "en", **headers: str) -> AppTest:
        one = run.create(small(), one_each=False)
        sent = {**({} if asked is None else {"Host": asked}), **headers}
        monkeypatch.setattr(ContextProxy, "ip_address", property(lambda self: seen))
        monkeypatch.setattr(ContextProxy, "headers", property(lambda self: StreamlitHeaders(sent.items())))
        at = AppTest.from_string(
            "from alexnet.runs import run\n"
            "from pages.training.tensorboard import button\n"
            f"button(run.find({one.id!r}))",
            default_timeout=60,
        )
        at.query_params["lang"] = lang
        return at.run()

    return open_


@pytest.mark.parametrize("seen", [None, "127.0.0.1", "::1"])
@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501"])
def test_a_browser_at_the_server_is_offered_it(open_run, seen, host):
    at = open_run(seen, host)
    assert [button.label for button in at.button] == [text("tensorboard.start", "en")]
    assert not at.caption


@pytest.mark.parametrize(
    ("seen", "asked"),
    [
        ("192.168.0.17", "192.168.0.2:8501"),
        ("192.168.0.17", "localhost:8501"),
        (None, "class.example"),  # a proxy on the server's machine
        (None, None),
    ],
)
def test_any_other_is_told_why_not(open_run, seen, asked):
    at = open_run(seen, asked, "ko")
    assert not at.button
    assert [caption.value for caption in at.caption] == [text("tensorboard.elsewhere", "ko")]


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_button_becomes_the_link(open_run, monkeypatch, lang):
    opened: list[str] = []
    monkeypatch.setattr(TENSORBOARD, "open", lambda one: opened.append(one.id) or ADDRESS)
    monkeypatch.setattr(TENSORBOARD, "address", lambda one: ADDRESS if one.id in opened else None)
    at = open_run(None, "localhost:8501", lang)
    at.button(key="tensorboard_start").click().run()
    for _ in range(2):
        assert not at.button and not at.error
        (link,) = at.get("link_button")
        assert (link.proto.label, link.proto.url) == (text("tensorboard.open", lang), ADDRESS)
        at.run()
    assert len(opened) == 1


def test_what_goes_wrong_is_a_sentence_and_the_button_stays(open_run, monkeypatch):
    def fail(_: object) -> str:
        raise DataError("tensorboard_silent", seconds=30)

    monkeypatch.setattr(TENSORBOARD, "open", fail)
    at = open_run(None, "localhost:8501")
    at.button(key="tensorboard_start").click().run()
    said = explain(DataError("tensorboard_silent", seconds=30), "en")
    assert [error.value for error in at.error] == [said]
    assert at.run().button


def test_a_run_that_has_not_trained_says_so(open_run):
    at = open_run(None, "localhost:8501")
    at.button(key="tensorboard_start").click().run()
    assert "no events" in at.error[0].value
    assert tensorboard.TENSORBOARD is TENSORBOARD


def test_it_is_said_before_the_press_which_run_it_would_take_tensorboard_from(open_run, monkeypatch):
    other = run.create(replace(small(), name="first try"), one_each=False)
    monkeypatch.setattr(TENSORBOARD, "_helper", SimpleNamespace(poll=lambda: None))
    monkeypatch.setattr(TENSORBOARD, "_shown", (other.id, ADDRESS))
    at = open_run(None, "localhost:8501")
    (caption,) = at.caption
    assert "“first try" in caption.value and other.id not in caption.value
    assert at.button(key="tensorboard_start")
