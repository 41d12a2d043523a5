"""The Glossary page, through app.py."""

from __future__ import annotations

import pytest

from alexnet.glossary import TERMS, entries
from alexnet.language import LANGUAGES, text


def cards(at):
    """The words in the page's order."""
    return [block.value for block in at.main.markdown if "term-word" in block.value]


def ids(at, language):
    words = {f">{entry.word}<": entry.term.id for entry in entries(language)}
    words |= {f">{entry.word} <": entry.term.id for entry in entries(language)}
    return [next(id for word, id in words.items() if word in card) for card in cards(at)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_stands_there_with_its_sentence_and_a_way_to_see_it(open_page, language):
    at = open_page("glossary", lang=language)
    assert ids(at, language) == [entry.term.id for entry in entries(language)]
    shown = "\n".join(cards(at))
    assert all(entry.picture in shown for entry in entries(language))
    assert len(at.main.get("page_link")) == len(TERMS)
    assert text("glossary.shown", language, count=len(TERMS)) in [one.value for one in at.main.caption]


@pytest.mark.parametrize("searched", ["스트라이드", "stride"])
def test_a_word_is_found_in_korean_or_english(open_page, searched):
    at = open_page("glossary", lang="ko")
    at.text_input(key="glossary_search").set_value(searched).run()
    assert "stride" in ids(at, "ko") and len(cards(at)) < 5


def test_a_search_for_nothing_that_is_there_says_so_and_does_not_repeat_what_was_typed(open_page):
    at = open_page("glossary", lang="en")
    at.text_input(key="glossary_search").set_value("<b>**x**</b>").run()
    assert not cards(at)
    assert text("glossary.nothing", "en") in [one.value for one in at.main.caption]
    assert not any("<b>**x**" in one.value for kind in (at.main.markdown, at.main.caption) for one in kind)


def test_a_link_opens_the_page_at_its_term_until_something_is_searched_for(open_page):
    at = open_page("glossary", lang="en", term="stride")
    assert ids(at, "en")[0] == "stride" and len(cards(at)) == len(TERMS) + 1
    assert at.query_params == {"lang": "en", "term": "stride"}
    at.text_input(key="glossary_search").set_value("softmax").run()
    assert "stride" not in ids(at, "en")


def test_a_link_to_an_unknown_term_opens_the_whole_glossary(open_page):
    at = open_page("glossary", lang="en", term="<script>")
    assert len(cards(at)) == len(TERMS)
    assert at.query_params == {"lang": "en"}


def test_the_language_switch_keeps_the_term(open_page):
    at = open_page("glossary", lang="ko", term="stride")
    at.sidebar.segmented_control(key="language").set_value("en").run()
    assert ids(at, "en")[0] == "stride"


def test_a_terms_link_names_the_view_that_shows_it(open_page):
    at = open_page("glossary", lang="en")
    links = {link.proto.label: link.proto for link in at.main.get("page_link")}
    see = text("glossary.see", "en", page=f"{text('common.page_layers', 'en')} · ")
    (stride,) = [link for label, link in links.items() if label == see + text("layers.view_answers", "en")]
    assert stride.query_string == "view=answers"
