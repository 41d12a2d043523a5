"""The Home page, through app.py."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from alexnet.language import LANGUAGES, text
from alexnet.ui.pages import PAGES
from alexnet.ui.server import address
from alexnet.ui.server.address import Address
from pages.home import invitation

SVG = "{http://www.w3.org/2000/svg}"


def written(at):
    return [block.value for block in at.main.markdown]


def pictures(at):
    """The two layouts of the network's picture."""
    (block,) = [value for value in written(at) if "picture-wide" in value]
    return list(ElementTree.fromstring(block).iter(f"{SVG}svg"))


def test_home_opens_in_the_language_of_the_link(open_page):
    assert open_page("home", lang="ko").title[0].value == text("home.title", "ko")
    assert open_page("home", lang="en").title[0].value == text("home.title", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_home_says_that_the_paper_prints_224_where_its_picture_has_227(open_page, lang):
    notes = " ".join(note.value for note in open_page("home", lang=lang).main.caption)
    assert notes == notes.replace("{", "") and all(number in notes for number in ("224", "227", "55"))


def test_the_language_switch_stays_on_the_page_and_stands_in_the_link(open_page):
    at = open_page("home", lang="ko")
    at.sidebar.segmented_control(key="language").set_value("en").run()
    assert at.title[0].value == text("home.title", "en")
    assert at.query_params == {"lang": "en"}
    at.run()
    assert at.title[0].value == text("home.title", "en")
    assert at.query_params == {"lang": "en"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_says_what_the_paper_and_its_towers_come_to(open_page, language):
    (sentence,) = [value for value in written(open_page("home", lang=language)) if "60,965,224" in value][-1:]
    # The counts of the paper's network, and how many times as many products one tower would need.
    for number in ("227×227", "60,965,224", "724,406,816", "conv3, fc6, fc7, fc8", "1.57", "1,000"):
        assert number in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_stands_there_in_two_layouts_with_the_sentence_for_a_screen_reader(open_page, language):
    wide, narrow = pictures(open_page("home", lang=language))
    for picture in (wide, narrow):
        assert picture.get("role") == "img"
        assert "60,965,224" in picture.find(f"{SVG}desc").text
        shown = [label.text for label in picture.iter(f"{SVG}text")]
        assert {"conv1", "fc8", "55×55×48", "GPU 1", "GPU 2", text("home.diagram_image", language)} <= set(
            shown
        )


def test_every_lesson_has_a_card_and_every_page_a_place_in_the_plan(open_page):
    at = open_page("home", lang="en")
    shown = written(at)
    planned = [page for page in PAGES if page.minutes]
    assert [page.id for page in PAGES if page not in planned] == [
        "glossary"
    ]  # which one looks into at any time
    for page in planned:
        assert text(f"home.plan_{page.id}", "en") in shown
    for page in PAGES:
        assert page.id == "home" or text(f"home.card_{page.id}", "en") in shown
    links = [link.proto.page for link in at.main.get("page_link")]
    assert len(links) == len(PAGES) - 1 + len(planned)


def test_the_plan_fills_a_lesson_of_50_minutes_without_a_gap(open_page):
    assert sum(page.minutes for page in PAGES) == 50
    at = open_page("home", lang="en")
    assert text("home.plan", "en", minutes=50) in [header.value for header in at.header]
    begin = 0
    for page in filter(lambda page: page.minutes, PAGES):
        end = begin + page.minutes
        assert f"**{text('home.plan_minutes', 'en', begin=begin, end=end)}**" in written(at)
        begin = end


@pytest.mark.parametrize("language", LANGUAGES)
def test_students_are_given_the_network_address_its_code_and_a_firewall_hint(
    open_page, monkeypatch, language
):
    monkeypatch.setattr(invitation, "class_address", lambda: Address("http://192.168.0.7:8501", True))
    at = open_page("home", lang=language)
    assert [code.value for code in at.main.code] == ["http://192.168.0.7:8501"]
    assert any(block.startswith('<div><svg role="img"') for block in written(at))
    firewall = "\n".join(written(at))
    assert "-LocalPort 8501" in firewall and "ufw allow 8501/tcp" in firewall and "{port}" not in firewall
    assert not at.main.warning


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_server_that_nobody_else_reaches_says_so_and_gives_no_address(open_page, monkeypatch, language):
    monkeypatch.setattr(address, "local_host", lambda: "localhost")
    monkeypatch.setattr(invitation, "class_address", address.server_address)
    at = open_page("home", lang=language)
    assert len(at.main.warning) == 1
    assert "--server.address localhost" in at.main.warning[0].value
    assert not at.main.code
