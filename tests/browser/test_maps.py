"""The Maps page in a real Chromium: tiles by mouse and keyboard, hues, best pictures, what is taken home."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from alexnet.language import text
from tools.browsing import wait_until_idle

pytestmark = pytest.mark.browser


BRIGHTEST = """canvas => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    const levels = data.filter((_, at) => at % 4 === 0);
    const place = levels.indexOf(Math.max(...levels));
    return [Math.floor(place / width), place % width, levels[place]];
}"""


def downloaded(page: Page, name: str) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_maps_are_chosen_by_mouse_and_keyboard_and_taken_home(server: str, page: Page):
    page.goto(f"{server}/maps?lang=en")
    first = page.get_by_role("listbox", name=re.compile(r"conv1, Tower 1"))
    tiles = first.get_by_role("option")
    expect(tiles).to_have_count(48)
    number = tiles.nth(3).inner_text()
    tiles.nth(3).click()
    expect(page).to_have_url(re.compile(rf"unit=1-{number}(&|$)"))
    expect(page.locator("strong", has_text=re.compile(rf"^Map {number} of tower 1$"))).to_be_visible()
    expect(tiles.nth(3)).to_have_attribute("aria-selected", "true")

    page.keyboard.press("ArrowRight")
    expect(tiles.nth(4)).to_be_focused()
    number = tiles.nth(4).inner_text()
    expect(page).to_have_url(re.compile(rf"unit=1-{number}(&|$)"))
    expect(tiles.nth(4)).to_have_attribute("aria-selected", "true")
    expect(page.locator("strong", has_text=re.compile(rf"^Map {number} of tower 1$"))).to_be_visible()
    wait_until_idle(page)
    expect(tiles.nth(4)).to_be_focused()

    # The tile is that map: brightest where the sentence says.
    said = page.get_by_text(re.compile("stands in row")).inner_text()
    row, column = map(int, re.search(r"row (\d+), column (\d+)", said).groups())
    brightest = tiles.nth(4).locator("canvas").evaluate(BRIGHTEST)
    assert brightest == [row - 1, column - 1, 255]

    name, png = downloaded(page, "Maps (PNG)")
    assert name == "shipped_conv1.png"
    assert Image.open(io.BytesIO(png)).width > 900
    name, table = downloaded(page, "All activations (CSV)")
    assert name == "shipped_conv1.csv"
    assert table.startswith(b"\xef\xbb\xbftower,") and table.count(b"\n") == 97

    page.get_by_role("radio", name="Grey against colour").or_(
        page.get_by_role("button", name="Grey against colour")
    ).first.click()
    expect(page.get_by_text("With its hues turned by 120°")).to_be_visible()
    page.get_by_role("slider").first.press("ArrowRight")
    expect(page.get_by_text("With its hues turned by 135°")).to_be_visible()
    expect(page).to_have_url(re.compile("hue=135"))
    assert downloaded(page, "All changes (CSV)")[1].count(b"\n") == 1 + 2 * (3 + 12)


def test_the_pictures_that_excite_a_unit_appear_by_themselves_and_nothing_scrolls_sideways(
    server: str, page: Page
):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}/maps?view=deeper&layer=conv2&unit=2-5")
    best = page.get_by_role("group", name=text("maps.best_sheet", "ko"))
    expect(best.get_by_role("img")).to_have_count(9)
    wait_until_idle(page)
    main = "document.querySelector('[data-testid=stMain]').scrollWidth"
    assert page.evaluate(f"() => {main} - document.documentElement.clientWidth") <= 0
    assert downloaded(page, text("maps.download_best_table", "ko"))[1].count(b"\n") == 10
