"""Terms explained where they stand, in a real Chromium: by mouse, keys and touch, while the page changes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from alexnet.glossary import entries
from alexnet.language import text
from tools.browsing import listen, wait_until_idle

pytestmark = pytest.mark.browser

LESSON = "layers?lang={language}&view=towers"

TERMS = """() => [...CSS.highlights.get("term")].map(range => {
    const box = range.getClientRects()[0];
    return {word: range.toString(), x: box.x + box.width / 2, y: box.y + box.height / 2,
            inside: !!range.startContainer.parentElement.closest("button, a, label, h1, h2, h3, code")};
})"""


def says(id: str, language: str) -> str:
    return next(entry.says for entry in entries(language) if entry.term.id == id)


def terms(page: Page) -> list[dict]:
    """The dotted words, once the script has looked at the page."""
    wait_until_idle(page)
    page.wait_for_function("() => CSS.highlights.get('term')?.size > 1")
    return page.evaluate(TERMS)


def word(page: Page, said: str) -> dict:
    """Where a dotted word stands, in the middle of the screen if it can."""
    terms(page)
    find = "[...CSS.highlights.get('term')].find(range => range.toString() === said)"
    page.wait_for_function(f"said => {find}", arg=said)
    page.evaluate(f"said => {find}.startContainer.parentElement.scrollIntoView({{block: 'center'}})", said)
    page.wait_for_timeout(300)  # a card closes when its page scrolls
    return next(one for one in terms(page) if one["word"] == said)


def card(page: Page):
    return page.locator("#term-card")


def test_the_first_of_each_term_is_dotted_in_prose_only(server, page):
    page.goto(f"{server}/{LESSON.format(language='ko')}")
    found = terms(page)
    said = [one["word"] for one in found]
    assert len(said) == len(set(said)) and {"타워", "배치"} <= set(said)
    assert not any(one["inside"] for one in found)


def test_what_is_folded_away_has_no_lines_until_it_is_opened(server, page):
    page.goto(f"{server}/layers?lang=en&guessed=shown")
    assert "stride" not in [one["word"] for one in terms(page)]
    page.get_by_text(text("common.source", "en")).click()
    assert word(page, "stride")["y"] > 0


def test_a_card_shows_where_the_mouse_rests_and_goes_with_it(server, page):
    page.goto(f"{server}/{LESSON.format(language='en')}")
    tower = word(page, "towers")
    page.mouse.move(tower["x"], tower["y"])
    expect(card(page)).to_be_visible()
    expect(card(page)).to_contain_text(says("tower", "en"))
    expect(card(page).locator("svg")).to_be_visible()
    box = card(page).bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 30)  # onto the card, which stays
    page.wait_for_timeout(600)
    expect(card(page)).to_be_visible()
    page.mouse.move(1270, 700)
    expect(card(page)).to_be_hidden()


def test_a_pressed_word_holds_its_card_until_escape_or_a_press_elsewhere(server, page):
    page.goto(f"{server}/{LESSON.format(language='en')}")
    tower = word(page, "towers")
    for leave in (lambda: page.keyboard.press("Escape"), lambda: page.mouse.click(1270, 700)):
        page.mouse.click(tower["x"], tower["y"])
        page.mouse.move(1270, 690)
        page.wait_for_timeout(600)
        expect(card(page)).to_contain_text(says("tower", "en"))
        leave()
        expect(card(page)).to_be_hidden()


def test_the_keyboard_reaches_every_term_at_the_end_of_the_page(server, page):
    page.goto(f"{server}/{LESSON.format(language='ko')}")
    found = terms(page)
    words = page.locator("#term-words")
    button = words.get_by_role("button", name=text("glossary.card_words", "ko"))
    assert words.bounding_box()["width"] <= 1
    button.focus()
    expect(words.get_by_role("button")).to_have_count(len(found) + 1)
    assert words.bounding_box()["width"] > 1000
    page.keyboard.press("Tab")
    expect(words.get_by_role("button", name="타워", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(card(page)).to_contain_text(says("tower", "ko"))
    expect(card(page).get_by_role("link")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    expect(words.get_by_role("button", name="타워", exact=True)).to_be_focused()


def test_the_page_changes_under_the_lines_and_the_lines_follow(server, page):
    page.goto(f"{server}/layers?lang=ko")
    terms(page)
    field = page.get_by_role("spinbutton", name=text("layers.size", "ko"))
    for size in ("224", "128"):
        field.fill(size)
        field.press("Enter")
        expect(page).to_have_url(re.compile(f"size={size}"))
        assert len(terms(page)) > 3
    page.get_by_test_id("stSidebar").get_by_text("English", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(text("layers.title", "en"))
    tower = word(page, "towers")
    page.mouse.click(tower["x"], tower["y"])
    expect(card(page)).to_contain_text(says("tower", "en"))
    page.get_by_test_id("stSidebarNavLink").filter(has_text=text("common.page_initializers", "en")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(text("initializers.title", "en"))
    expect(card(page)).to_be_hidden()
    assert len(terms(page)) > 1


def test_a_tap_on_a_phone_opens_the_card_at_the_bottom_of_the_screen(server, browser: Browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    heard = listen(page)
    page.goto(f"{server}/{LESSON.format(language='ko')}")
    tower = word(page, "타워")
    page.touchscreen.tap(tower["x"], tower["y"])
    expect(card(page)).to_contain_text(says("tower", "ko"))
    box = card(page).bounding_box()
    assert box["x"] == 0 and box["width"] == 390 and abs(box["y"] + box["height"] - 844) < 1
    assert card(page).evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 16
    page.touchscreen.tap(200, 100)
    expect(card(page)).to_be_hidden()
    context.close()
    assert heard == []


def test_the_cards_link_opens_the_glossary_at_its_term_in_another_tab(server, page):
    page.goto(f"{server}/{LESSON.format(language='en')}")
    tower = word(page, "towers")
    page.mouse.click(tower["x"], tower["y"])
    with page.context.expect_page() as opened:
        card(page).get_by_role("link").click()
    glossary = opened.value
    expect(glossary.get_by_role("heading", level=1)).to_have_text(text("glossary.title", "en"))
    expect(glossary.locator(".st-key-glossary_asked .term-word")).to_have_text("tower")
    wait_until_idle(glossary)
    assert glossary.evaluate("CSS.highlights.get('term').size") == 0  # every word there has its own card
    expect(page.get_by_role("heading", level=1)).to_have_text(text("layers.title_towers", "en"))


def test_a_term_of_the_glossary_leads_to_the_view_that_shows_it(server, page):
    page.goto(f"{server}/glossary?lang=en&term=stride")
    page.locator(".st-key-glossary_asked").get_by_test_id("stPageLink").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(text("layers.title_answers", "en"))
    expect(page).to_have_url(re.compile(r"/layers\?(?=.*view=answers)(?=.*lang=en)"))


def test_without_the_browsers_highlights_nothing_is_dotted_and_the_page_is_whole(server, page):
    page.add_init_script("delete CSS.highlights; delete window.Highlight;")
    page.add_init_script("Object.defineProperty(CSS, 'highlights', {value: undefined});")
    page.goto(f"{server}/layers?lang=en")
    wait_until_idle(page)
    expect(page.locator("#term-words")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text(text("layers.title", "en"))
