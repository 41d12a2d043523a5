"""Pages on paper, in forced colours, and in light and dark: what is to be read can be."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tools.browsing import wait_until_idle

pytestmark = pytest.mark.browser

LADDER = "training?lang=en&view=ladder&rung=mirrored"

PAPER = {"width": 718, "height": 1046}
"""Upright A4 in pixels, without margins of a centimetre."""

TOO_WIDE = """() => [...document.querySelectorAll(
    '[data-testid="stMain"] :is(h1, h2, h3, p, table, img, .main-svg, .katex)')]
    .filter(one => one.getClientRects().length && one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => `${one.tagName} ${one.className} ${one.getBoundingClientRect().right}`)"""


@pytest.mark.parametrize("query", ["layers?lang=en", "kernels?lang=en&view=colour&guessed=shown", LADDER])
def test_a_printed_page_has_no_sidebar_and_nothing_is_wider_than_the_paper(server, page, query):
    page.goto(f"{server}/{query}")
    wait_until_idle(page)
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar).to_be_visible()
    twin = page.locator(".print-only")
    if query == LADDER:
        page.get_by_text("All rungs in numbers").click()
        wait_until_idle(page)
    for table in twin.all():
        expect(table).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # at the screen's width, as a browser does
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    expect(sidebar).to_be_hidden()
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    assert page.evaluate(TOO_WIDE) == []
    if query == LADDER:  # its table scrolls in a canvas on the screen
        expect(twin).to_be_visible()
        expect(page.get_by_test_id("stDataFrame")).to_be_hidden()
        expect(twin).to_contain_text("1. lower rate")
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_a_page_in_the_dark_theme_prints_dark_on_white(server, page):
    page.emulate_media(color_scheme="dark")
    page.goto(f"{server}/initializers?lang=en&guessed=shown")
    wait_until_idle(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")

    def colour(selector: str, which: str) -> list[int]:
        style = page.locator(selector).first.evaluate(f"one => getComputedStyle(one).{which}")
        return [int(part) for part in re.findall(r"\d+", style)[:3]]

    assert colour('[data-testid="stApp"]', "backgroundColor") == [255, 255, 255]
    for words in ("h1", '[data-testid="stMarkdownContainer"] p'):
        assert max(colour(words, "color")) < 80
    assert max(colour("[data-testid=stPlotlyChart] .xtick text", "fill")) < 80
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen", color_scheme="dark")
    assert max(colour('[data-testid="stApp"]', "backgroundColor")) < 80


OVERLAPPING = """() => {
  const box = one => one.getBoundingClientRect();
  const apart = (a, b) => a.right <= b.left + 1 || a.bottom <= b.top + 1;
  const meet = (a, b) => !apart(a, b) && !apart(b, a);
  return [...document.querySelectorAll(".js-plotly-plot")].flatMap(chart =>
    [...chart.querySelectorAll(".legend")].flatMap(legend =>
      [...chart.querySelectorAll('.infolayer [class*="title"] text, .xtick text, .ytick text')]
        .filter(text => text.getClientRects().length && meet(box(text), box(legend)))
        .map(text => text.textContent)));
}"""


@pytest.mark.parametrize("width", [640, 390])  # 1,280 pixels at 200 % are 640
@pytest.mark.parametrize(
    "query",
    [
        "initializers?lang=en&rules=he_normal,lecun_normal,glorot_normal,random_normal",
        "kernels?lang=ko&view=growth",
        "training?lang=ko&view=recorded",
        LADDER,
    ],
)
def test_no_title_or_tick_lies_on_a_legend_at_200_percent_or_on_a_phone(server, page, query, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{server}/{query}")
    wait_until_idle(page)
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    assert page.evaluate(OVERLAPPING) == []


def test_what_is_chosen_has_a_line_where_the_system_chooses_the_colours(server, page):
    page.emulate_media(forced_colors="active")
    page.goto(f"{server}/kernels?lang=en&view=growth")
    wait_until_idle(page)
    pills = page.get_by_label("View", exact=True).get_by_role("radio")
    outlines = pills.evaluate_all("all => all.map(one => getComputedStyle(one).outlineStyle)")
    chosen = [pill.get_attribute("aria-checked") for pill in pills.all()]
    assert [outline == "solid" for outline in outlines] == [one == "true" for one in chosen]
    thumb = page.locator('[data-testid="stSlider"] div:has(> div > input)').first
    assert thumb.evaluate("one => getComputedStyle(one).borderTopWidth") == "5px"
    page.goto(f"{server}/initializers?lang=en")
    wait_until_idle(page)
    page.locator(".st-key-initializers_settings summary").click()
    track = page.locator('[data-testid="stCheckbox"] label > div').first
    width = "one => getComputedStyle(one).borderTopWidth"
    assert track.evaluate(width) == "2px"
    page.get_by_text("Draw as Keras does").click()
    wait_until_idle(page)
    assert track.evaluate(width) == "5px"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_tick_and_note_of_a_chart_has_a_contrast_that_can_be_read(server, page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{server}/kernels?lang=en&view=colour&guessed=shown")
    page.get_by_text("The evidence").click()
    expect(page.locator(".js-plotly-plot .annotation-text").first).to_be_visible()
    wait_until_idle(page)
    parts = "[data-testid=stPlotlyChart] :is(.xtick text, .ytick text, .xtitle, .annotation-text)"
    fills = page.locator(parts).evaluate_all("all => all.map(one => getComputedStyle(one).fill)")
    ground = page.get_by_test_id("stApp").evaluate("one => getComputedStyle(one).backgroundColor")
    assert len(fills) > 5
    assert min(contrast(fill, ground) for fill in fills) > 4.5


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours "rgb(r, g, b)", 1 to 21 (WCAG 2.2)."""
    found = []
    for colour in (one, other):
        shares = [int(part) / 255 for part in re.findall(r"[0-9]+", colour)[:3]]
        linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in shares]
        found.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(found) + 0.05) / (min(found) + 0.05)
