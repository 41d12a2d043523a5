"""Choices, links and who wins between them, on a page made for the test."""

from __future__ import annotations

import textwrap

import pytest
from streamlit.testing.v1 import AppTest

SCRIPT = textwrap.dedent(
    """
    import streamlit as st
    from alexnet.ui import language, state

    page = st.session_state.get("goto", "demo")
    state.begin(page)
    language.switch()
    if page == "demo":
        names = {"ko": {"a": "가", "b": "나"}, "en": {"a": "Ay", "b": "Bee"}}[language.current_language()]
        label = {"ko": "고르기", "en": "Pick"}[language.current_language()]
        kind = st.session_state.get("kind", "select")
        got = {
            "pick": state.choice("demo_pick", ["a", "b"], label=label, default="a", name=names.get,
                                 kind=kind),
            "size": state.number("demo_size", label="size", default=227, low=1, high=512),
            "rate": state.number("demo_rate", label="rate", default=0.01, low=0.0, high=1.0, step=0.001),
            "on": state.toggle("demo_on", label="on"),
        }
        st.button("try", on_click=state.set_choices, kwargs={"demo_size": 224, "demo_pick": "b"})
        st.button("wrong", on_click=state.set_choices, kwargs={"demo_size": 9999})
        st.session_state["got"] = got
    else:
        st.session_state["got"] = {"size": state.number("other_size", label="s", default=5, low=1, high=9)}
    state.finish()
    """
)
DEFAULTS = {"pick": "a", "size": 227, "rate": 0.01, "on": False}


def open_(link=None, **session):
    at = AppTest.from_string(SCRIPT, default_timeout=20)
    at.query_params.update(link or {})
    for key, value in session.items():
        at.session_state[key] = value
    return at.run()


def got(at):
    assert not at.exception
    return at.session_state["got"]


def goto(at, page, link=None):
    """As the navigation does it: another page, its link only."""
    at.session_state["goto"] = page
    at.query_params.clear()
    at.query_params.update(link or {})
    return at.run()


def test_without_a_link_everything_is_at_its_default_and_the_link_stays_empty():
    at = open_()
    assert got(at) == DEFAULTS
    assert at.query_params == {}


def test_a_link_opens_with_its_choices():
    at = open_({"pick": "b", "size": "224", "rate": "0.05", "on": "1"})
    assert got(at) == {"pick": "b", "size": 224, "rate": 0.05, "on": True}
    assert at.query_params == {"pick": "b", "size": "224", "rate": "0.05", "on": "1"}


@pytest.mark.parametrize(
    "link",
    [{"pick": "나"}, {"pick": ""}, {"size": "0"}, {"size": "513"}, {"size": "x"}, {"size": "1e9"},
     {"size": "224.5"}, {"rate": "nan"}, {"rate": "inf"}, {"rate": "2"}, {"on": "yes"}, {"nobody": "knows"}],
)  # fmt: skip
def test_what_a_link_cannot_mean_falls_back_to_the_default_and_leaves_the_link(link):
    at = open_(link)
    assert got(at) == DEFAULTS
    assert at.query_params == {}


def test_the_link_holds_ids_and_only_what_differs_from_the_default():
    at = open_()
    at.selectbox(key="demo_pick").set_value("b").run()
    at.number_input(key="demo_size").set_value(224).run()
    assert at.query_params == {"pick": "b", "size": "224"}
    at.selectbox(key="demo_pick").set_value("a").run()
    assert at.query_params == {"size": "224"}
    at.number_input(key="demo_size").set_value(227).run()
    assert at.query_params == {}


def test_a_language_switch_keeps_every_choice_and_names_itself_in_the_link():
    at = open_({"lang": "ko", "pick": "b", "size": "224", "on": "1"})
    assert at.selectbox(key="demo_pick").label == "고르기"
    at.segmented_control(key="language").set_value("en").run()
    assert at.selectbox(key="demo_pick").label == "Pick"
    assert at.selectbox(key="demo_pick").options == ["Ay", "Bee"]
    assert got(at) == {"pick": "b", "size": 224, "rate": 0.01, "on": True}
    assert at.query_params == {"lang": "en", "pick": "b", "size": "224", "on": "1"}


@pytest.mark.parametrize("kind", ["segmented", "pills"])
def test_the_other_kinds_of_choice_keep_theirs_too(kind):
    at = open_({"lang": "ko"}, kind=kind)
    at.button_group(key="demo_pick").set_value("b").run()
    at.segmented_control(key="language").set_value("en").run()
    assert got(at)["pick"] == "b"
    assert at.query_params == {"lang": "en", "pick": "b"}


def test_choices_are_there_again_after_a_visit_to_another_page():
    at = open_()
    at.number_input(key="demo_size").set_value(224).run()
    goto(at, "other")
    assert got(at) == {"size": 5}
    assert at.query_params == {}
    goto(at, "demo")
    assert got(at)["size"] == 224
    assert at.query_params == {"size": "224"}


def test_two_pages_may_use_one_name_in_their_links():
    at = open_({"size": "100"})
    goto(at, "other", {"size": "7"})
    assert got(at) == {"size": 7}
    assert at.query_params == {"size": "7"}
    goto(at, "demo")
    assert got(at)["size"] == 100


def test_a_link_to_another_page_wins_over_what_is_remembered_there():
    at = open_({"size": "100", "on": "1"})
    goto(at, "other")
    goto(at, "demo", {"size": "64"})
    assert got(at) == DEFAULTS | {"size": 64, "on": True}


def test_the_back_button_brings_back_the_earlier_choices():
    at = open_()
    at.number_input(key="demo_size").set_value(224).run()
    at.number_input(key="demo_size").set_value(100).run()
    at.query_params.update({"size": "224"})
    at.run()
    assert got(at)["size"] == 224
    at.query_params.clear()
    at.run()
    assert got(at) == DEFAULTS


def test_a_click_that_still_carries_an_older_link_undoes_nothing():
    at = open_()
    at.number_input(key="demo_size").set_value(224).run()
    at.query_params.clear()  # the browser had not yet seen the new link
    at.toggle(key="demo_on").set_value(True).run()
    assert got(at) == DEFAULTS | {"size": 224, "on": True}
    assert at.query_params == {"size": "224", "on": "1"}


def test_a_try_this_button_sets_the_widgets_and_the_link():
    at = open_()
    at.button[0].click().run()
    assert got(at) == DEFAULTS | {"size": 224, "pick": "b"}
    assert at.number_input(key="demo_size").value == 224
    assert at.query_params == {"size": "224", "pick": "b"}


def test_a_button_that_sets_what_is_not_offered_falls_back():
    at = open_({"size": "100"})
    at.button[1].click().run()
    assert got(at)["size"] == 227


@pytest.mark.parametrize(
    ("locale", "language"), [("ko-KR", "ko"), ("ko", "ko"), ("en-US", "en"), ("ja", "en"), (None, "en")]
)
def test_the_browser_chooses_the_first_language_and_the_link_stays_empty(locale, language):
    at = AppTest.from_string(SCRIPT, default_timeout=20)
    if locale:
        at.context["locale"] = locale
    at.run()
    assert at.segmented_control(key="language").value == language
    assert at.query_params == {}


def test_a_link_in_an_unknown_language_opens_in_the_browsers():
    at = open_({"lang": "xx"})
    assert at.segmented_control(key="language").value == "en"
    assert at.query_params == {}


CHANGING = textwrap.dedent(
    """
    import streamlit as st
    from alexnet.ui import state

    if sent := st.session_state.pop("sent", None):  # an old label, as Streamlit hands it over
        st.session_state["demo_pick"] = sent
    state.begin("demo")
    names = st.session_state.get("names", {"a": "Ay", "b": "Bee"})
    st.session_state["wished"] = state.requested("demo_pick")
    st.session_state["got"] = state.choice(
        "demo_pick", list(names), label="Pick", default="a", name=names.get,
        kind=st.session_state.get("kind", "select"),
    )
    state.finish()
    """
)


@pytest.mark.parametrize("kind", ["select", "segmented", "pills"])
def test_a_label_that_the_browser_still_shows_is_read_as_the_id_that_it_stood_for(kind):
    at = AppTest.from_string(CHANGING, default_timeout=20)
    at.session_state["kind"] = kind
    at.run()
    at.session_state["names"] = {"a": "Ay, stopped", "b": "Bee, stopped"}
    at.run()
    for label in ("Bee", "Bee, stopped"):
        at.session_state["sent"] = label
        at.run()
        assert (at.session_state["wished"], at.session_state["got"]) == ("b", "b")
        assert at.query_params == {"pick": "b"}
    assert not at.exception


def test_the_label_of_a_choice_that_is_gone_counts_no_more_than_what_is_remembered():
    at = AppTest.from_string(CHANGING, default_timeout=20).run()
    at.selectbox(key="demo_pick").set_value("b").run()
    at.selectbox(key="demo_pick").set_value("a").run()
    at.session_state["names"] = {"a": "Ay", "c": "See"}
    at.run()
    at.session_state["sent"] = "Bee"
    at.run()
    assert (at.session_state["wished"], at.session_state["got"]) == ("a", "a")
