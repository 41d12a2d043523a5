"""Whatever goes wrong in a callback or in a part of a page, the page stands and a sentence says so."""

from __future__ import annotations

import logging

import pytest
import streamlit as st
from streamlit.runtime.state import SessionState
from streamlit.testing.v1 import AppTest

from alexnet.errors import InputError
from alexnet.language import LANGUAGES, text
from alexnet.ui import net

pytestmark = pytest.mark.expects_page_error


def page():
    """A page with a callback of each kind; ``trouble`` in its session says what goes wrong."""
    import streamlit as st

    from alexnet.ui import net

    def fail(*_):
        raise st.session_state["trouble"]

    def part():
        st.button("alone", key="alone", on_click=fail)

    net.under_callbacks()
    net.caught()
    st.button("click", key="click", on_click=fail)
    st.text_input("change", key="change", on_change=fail, args=(1,))
    st.slider("kept", key="kept")
    with st.form("form"):
        st.form_submit_button("submit", key="submit", on_click=fail)
    st.fragment(part)()
    st.write("the rest of the page")


ACTS = {
    "click": lambda at: at.button(key="click").click(),
    "change": lambda at: at.text_input(key="change").set_value("x"),
    "submit": lambda at: at.button(key="submit").click(),
    "alone": lambda at: at.button(key="alone").click(),
}


@pytest.mark.parametrize("act", ACTS)
def test_after_any_callback_s_error_the_page_stands_with_a_sentence_and_what_was_chosen(act, caplog):
    at = AppTest.from_function(page).run()
    at.session_state["trouble"] = RuntimeError("a secret path")
    at.slider(key="kept").set_value(70).run()
    ACTS[act](at).run()
    (record,) = [record for record in caplog.records if record.name == "alexnet.ui"]
    assert record.levelno == logging.ERROR and record.exc_info[0] is RuntimeError
    assert not at.exception
    (box,) = at.error
    said = [text("errors.unexpected", language, reference=record.args[1]) for language in LANGUAGES]
    assert box.value in said
    assert "the rest of the page" in [words.value for words in at.markdown]
    assert at.slider(key="kept").value == 70
    at.run()
    assert not at.error  # said once


def test_an_error_of_ours_has_its_own_sentence_and_two_have_two():
    at = AppTest.from_function(page).run()
    at.session_state["trouble"] = InputError("network_unknown", id="x", known="y")
    at.text_input(key="change").set_value("x")
    at.button(key="click").click().run()
    assert len(at.error) == 2
    assert {box.value for box in at.error} <= {
        text("errors.network_unknown", language, id="x", known="y") for language in LANGUAGES
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_real_page_too(open_page, monkeypatch, language):
    def fail(**_):
        raise OSError("the disk is full")

    monkeypatch.setattr("alexnet.ui.state.set_choices", fail)
    at = open_page("layers", lang=language)
    tries = [button for button in at.button if (button.key or "").startswith("layers_button_")]
    tries[0].click().run()
    assert not at.exception and len(at.error) == 1
    assert at.error[0].value.startswith(text("errors.unexpected", language, reference="")[:20])
    assert [title.value for title in at.title] == [text("layers.title", language)]


def test_what_streamlit_does_with_a_callback_is_still_what_the_net_is_made_for(monkeypatch):
    monkeypatch.setattr(SessionState, "_run_callback_and_record_rerun", net._run_callback)
    monkeypatch.setattr(net, "under_callbacks", lambda: None)
    at = AppTest.from_function(page).run()
    at.session_state["trouble"] = RuntimeError()
    at.button(key="click").click().run()
    assert len(at.exception) == 1  # else Streamlit has a net of its own, and ours can go


def test_a_part_s_error_is_said_once_though_it_reaches_the_frame_as_well(monkeypatch):
    said = []
    monkeypatch.setattr(st, "error", lambda words, icon: said.append(words))
    assert net.of_last_resort(ValueError("x")) is True
    net.say(net.FragmentHandledException(ValueError("x")), "page maps")
    assert len(said) == 1
