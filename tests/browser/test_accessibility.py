"""axe-core finds nothing wrong on any page, in either theme, at the levels A and AA of WCAG 2.1.

What Streamlit's own elements do is exempt, each by its rule and by the element that it is about.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from alexnet.language import text
from alexnet.ui.pages import PAGES
from tests.browser.conftest import SECONDS
from tools.browsing import wait_until_idle

pytestmark = pytest.mark.browser

LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
STREAMLITS_OWN = {
    ("list", "stSidebarNavItems"): "the navigation's groups stand in its list without being items",
    ("listitem", "stSidebarNavItems"): "and its links are items of no list",
}
"""Findings that no page of ours causes: the rule and the element that it is about or in, with the reason."""
INSIDE = "([selector, id]) => document.querySelector(selector)?.closest(`[data-testid='${id}']`) != null"


def findings(page: Page) -> list[str]:
    """What axe-core says of a page, one line an element, without Streamlit's own."""
    options = {"runOnly": {"type": "tag", "values": list(LEVELS)}}
    found = []
    for violation in Axe().run(page, options=options).response["violations"]:
        places = [place for rule, place in STREAMLITS_OWN if rule == violation["id"]]
        for node in violation["nodes"]:
            selector = node["target"][0]
            if not any(page.evaluate(INSIDE, [selector, place]) for place in places):
                found.append(f"{violation['id']}: {selector} {node['html'][:200]}")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_finding(server, browser: Browser, scheme):
    context = browser.new_context(
        locale="ko-KR", color_scheme=scheme, viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(SECONDS * 1000)
    expect.set_options(timeout=SECONDS * 1000)
    page = context.new_page()
    found = {}
    for one in PAGES:
        page.goto(f"{server}/{one.path}?lang=ko")
        expect(page.get_by_role("heading", level=1)).to_have_text(text(f"{one.id}.title", "ko"))
        wait_until_idle(page)
        found[one.id] = findings(page)
    context.close()
    assert {id: lines for id, lines in found.items() if lines} == {}


def test_axe_is_listening(server, page):
    page.goto(f"{server}/?lang=ko")
    wait_until_idle(page)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"\" id=\"planted\">')")
    assert any("planted" in line for line in findings(page))
