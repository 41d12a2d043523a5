"""The Home page, through app.py."""

from __future__ import annotations

from alexnet.language import text


def test_home_opens_in_the_language_of_the_link(open_page):
    assert open_page("home", lang="ko").title[0].value == text("home.title", "ko")
    assert open_page("home", lang="en").title[0].value == text("home.title", "en")


def test_the_language_switch_stays_on_the_page_and_stands_in_the_link(open_page):
    at = open_page("home", lang="ko")
    at.sidebar.segmented_control(key="language").set_value("en").run()
    assert at.title[0].value == text("home.title", "en")
    assert at.query_params == {"lang": "en"}
    at.run()
    assert at.title[0].value == text("home.title", "en")
    assert at.query_params == {"lang": "en"}
