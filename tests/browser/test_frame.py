"""The frame in a real Chromium: deep links, languages, the cookie, and a phone's width."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from alexnet.language import text
from alexnet.ui.pages import PAGES
from tools.browsing import running_app, wait_until_idle

pytestmark = pytest.mark.browser

IDS = [page.id for page in PAGES]
LINKS = {page.id: page.path for page in PAGES}


def title(page: Page, id: str, language: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text(f"{id}.title", language))


@pytest.mark.parametrize("id", IDS)
def test_a_deep_link_on_a_server_that_nobody_has_visited_shows_its_page_in_the_frame(fresh_server, page, id):
    page.goto(f"{fresh_server}/{LINKS[id]}?lang=ko")
    title(page, id, "ko")
    expect(page).to_have_title(f"{text(f'common.page_{id}', 'ko')} · {text('common.app', 'ko')}")
    expect(page.get_by_test_id("stSidebarNavLink")).to_have_count(len(PAGES))
    expect(page.get_by_role("dialog")).to_have_count(0)
    wait_until_idle(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert re.search(rf"/{LINKS[id]}\?lang=ko$", page.url)


def test_the_language_switch_keeps_the_page_the_inputs_and_the_link(server, page):
    page.goto(f"{server}/layers?lang=ko&padding=2")
    field = page.get_by_role("spinbutton", name=text("layers.size", "ko"))
    field.fill("224")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/layers\?(?=.*lang=ko)(?=.*padding=2)(?=.*size=224)"))
    page.get_by_test_id("stSidebar").get_by_text("English", exact=True).click()
    title(page, "layers", "en")
    expect(page).to_have_url(re.compile(r"/layers\?(?=.*lang=en)(?=.*padding=2)(?=.*size=224)"))
    expect(page.get_by_role("spinbutton", name=text("layers.size", "en"))).to_have_value("224")


def test_streamlits_own_words_are_in_the_readers_language_and_follow_the_switch(server, page):
    page.goto(f"{server}/{LINKS['prediction']}?lang=ko&from=upload")
    uploader = page.get_by_test_id("stFileUploader").first
    for said in (text("widgets.upload", "ko"), text("widgets.per_file", "ko", limit="32MB")):
        expect(uploader.get_by_text(said, exact=True)).to_be_visible()
    expect(page.get_by_label(text("widgets.help_for", "ko", label="PIN")).first).to_be_attached()
    page.get_by_test_id("stSidebar").get_by_text("English", exact=True).click()
    title(page, "prediction", "en")
    for said in ("Upload", "32MB per file"):
        expect(uploader.get_by_text(said, exact=True)).to_be_visible()


def test_choices_survive_a_visit_to_another_page(server, page):
    page.goto(f"{server}/layers?lang=en&size=224")
    title(page, "layers", "en")
    links = page.get_by_test_id("stSidebarNavLink")
    links.filter(has_text=text("common.page_home", "en")).click()
    title(page, "home", "en")
    expect(page).to_have_url(re.compile(r"/\?lang=en$"))
    links.filter(has_text=text("common.page_layers", "en")).click()
    expect(page.get_by_role("spinbutton", name=text("layers.size", "en"))).to_have_value("224")
    expect(page).to_have_url(re.compile(r"/layers\?(?=.*size=224)"))


def test_the_back_button_brings_back_the_earlier_choice(server, page):
    page.goto(f"{server}/layers?lang=en")
    field = page.get_by_role("spinbutton", name=text("layers.size", "en"))
    for size in ("224", "100"):
        field.fill(size)
        field.press("Enter")
        expect(page).to_have_url(re.compile(f"size={size}"))
        wait_until_idle(page)
    page.go_back()
    expect(field).to_have_value("224")
    expect(page).to_have_url(re.compile("size=224"))
    wait_until_idle(page)
    page.go_back()
    expect(field).to_have_value("227")


def test_the_browsers_language_is_the_first_one_and_the_link_stays_short(server, browser: Browser):
    for locale, language in (("ko-KR", "ko"), ("en-GB", "en")):
        context = browser.new_context(locale=locale)
        tab = context.new_page()
        tab.goto(server)
        title(tab, "home", language)
        assert tab.url.rstrip("/") == server
        context.close()


def test_a_visitor_gets_one_cookie_that_no_script_and_no_link_shows(server, page):
    page.goto(server)
    title(page, "home", "ko")
    (cookie,) = [cookie for cookie in page.context.cookies() if cookie["name"] == "alexnet_viewer"]
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    assert "alexnet_viewer" not in page.evaluate("document.cookie")
    page.reload()
    title(page, "home", "ko")
    assert cookie["value"] in [kept["value"] for kept in page.context.cookies()]
    assert cookie["value"] not in page.url


@pytest.mark.parametrize("id", IDS)
def test_no_page_scrolls_sideways_on_a_phone(server, page, id):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}/{LINKS[id]}?lang=ko")
    title(page, id, "ko")
    wait_until_idle(page)
    wide = page.evaluate(
        "[document.scrollingElement, document.querySelector('[data-testid=stMain]')]"
        ".map(box => box.scrollWidth - box.clientWidth)"
    )
    assert wide == [0, 0]


def test_a_page_shows_one_of_its_two_pictures(server, page):
    page.goto(f"{server}/layers?lang=en&view=towers")
    expect(page.get_by_role("heading", level=1)).to_have_text(text("layers.title_towers", "en"))
    name = text("layers.towers_picture", "en", network=text("common.network_paper_2012", "en"))
    picture = page.get_by_role("img", name=name)
    expect(picture).to_have_count(1)
    wide = picture.bounding_box()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(picture).to_have_count(1)
    narrow = picture.bounding_box()
    assert wide["width"] > wide["height"] and narrow["width"] < narrow["height"]


def test_the_pin_of_the_terminal_unlocks_every_tab_of_this_browser_and_no_other(browser, tmp_path):
    def tab(context):
        opened = context.new_page()
        opened.goto(address)
        opened.get_by_test_id("stSidebar").get_by_text(text("common.teacher", "en"), exact=True).click()
        return opened

    def type_pin(opened, digits):
        field = opened.get_by_label("PIN", exact=True)
        field.fill(digits)
        field.press("Enter")

    printed = tmp_path / "terminal.txt"
    mine, other = browser.new_context(locale="en-US"), browser.new_context(locale="en-US")
    with running_app(seconds=120, terminal=printed) as address:
        pin = re.search(r"PIN .*?(\d{6})", printed.read_text(encoding="utf-8"))[1]
        first = tab(mine)
        type_pin(first, f"{(int(pin) + 1) % 10**6:06d}")
        expect(first.get_by_text(text("common.teacher_wrong", "en"))).to_be_visible()
        type_pin(first, pin)
        expect(first.get_by_text(text("common.teacher_open", "en"))).to_be_visible()
        expect(tab(mine).get_by_text(text("common.teacher_open", "en"))).to_be_visible()
        expect(tab(other).get_by_label("PIN", exact=True)).to_be_visible()
    mine.close()
    other.close()
