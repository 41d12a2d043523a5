"""The Kernels page in a real Chromium: kernels chosen by mouse, keyboard and finger; epochs that play."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from alexnet.trained import shipped
from tools.browsing import wait_until_idle

pytestmark = pytest.mark.browser

PIXELS = """canvas => Array.from(
    canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data
)"""
LATE = """async tiles => {
    const { sheet } = tiles.parentElement;
    const tile = tiles.querySelector("[aria-selected=true]");
    tile.focus();
    tile.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
    await sheet.show({ ...sheet.given, name: "drawn anew", chosen: tile.dataset.id }, sheet.picture);
}"""
SIDEWAYS = (
    "() => document.querySelector('[data-testid=stMain]').scrollWidth - document.documentElement.clientWidth"
)


def heading(page, tower, number):
    return page.get_by_role("heading", name=f"Tower {tower} (GPU {tower}), kernel {number}", exact=True)


def sheet(page, key):
    return page.locator(f".st-key-kernels_{key} .tiles")


def test_kernels_are_chosen_by_mouse_and_keyboard_and_the_address_follows(server, page):
    page.goto(f"{server}/kernels?lang=en&kernel=2-17")
    expect(heading(page, 2, 17)).to_be_visible()
    wait_until_idle(page)
    first, second = sheet(page, "sheet_tower1"), sheet(page, "sheet_tower2")
    expect(second.locator("[aria-selected=true]")).to_have_attribute("data-id", "2-17")
    expect(first.locator("[aria-selected=true]")).to_have_count(0)

    # What is drawn are the weights.
    canvas = first.locator('[data-id="1-9"] canvas')
    drawn = np.array(canvas.evaluate(PIXELS)).reshape(11, 11, 4)
    kernel = shipped.trained().first_kernels()[0][..., 8]
    np.testing.assert_array_equal(
        drawn[..., :3], 127 + np.rint(127 * (kernel / np.abs(kernel).max()).astype(np.float32))
    )

    first.locator('[data-id="1-9"]').click()
    expect(heading(page, 1, 9)).to_be_visible()
    expect(page).to_have_url(re.compile("lang=en$"))  # it is the strongest, with which the page opens
    expect(second.locator("[aria-selected=true]")).to_have_count(0)
    order = first.locator("[role=option]").evaluate_all(
        "tiles => tiles.map(tile => Number(tile.dataset.id.split('-')[1]))"
    )
    at = order.index(9)

    page.keyboard.press("ArrowRight")
    expect(heading(page, 1, order[at + 1])).to_be_visible()
    wait_until_idle(page)
    expect(first.locator(f'[data-id="1-{order[at + 1]}"]')).to_be_focused()
    across = first.evaluate("tiles => getComputedStyle(tiles).gridTemplateColumns.split(' ').length")
    page.keyboard.press("ArrowDown")
    below = order[at + 1 + across]
    expect(heading(page, 1, below)).to_be_visible()
    expect(page).to_have_url(re.compile(f"kernel=1-{below}"))

    # Those alike lead on; the browser's way back leads back.
    wait_until_idle(page)  # the heading comes before those alike, which are still the last kernel's
    alike = sheet(page, "alike_tower2").locator("[role=option]").first
    id = alike.get_attribute("data-id")
    alike.click()
    expect(heading(page, *id.split("-"))).to_be_visible()
    wait_until_idle(page)
    page.go_back()
    expect(heading(page, 1, below)).to_be_visible()


def test_an_answer_that_comes_while_the_reader_is_under_way_does_not_take_the_reader_back(server, page):
    page.goto(f"{server}/kernels?lang=en&kernel=1-9")
    expect(heading(page, 1, 9)).to_be_visible()
    wait_until_idle(page)
    tiles = sheet(page, "sheet_tower1")
    order = tiles.locator("[role=option]").evaluate_all("tiles => tiles.map(tile => tile.dataset.id)")
    new = order[order.index("1-9") + 1]
    # An arrow key, and before its rest is over an answer about the old kernel, with all tiles drawn anew.
    tiles.evaluate(LATE)
    expect(tiles.locator(f'[data-id="{new}"]')).to_be_focused()
    expect(heading(page, *new.split("-"))).to_be_visible()
    expect(tiles.locator("[aria-selected=true]")).to_have_attribute("data-id", new)


def test_epochs_play_by_themselves_until_they_are_paused(server, page):
    page.goto(f"{server}/kernels?lang=en&view=growth&epoch=0&order=stored&kernel=1-9")
    chosen = sheet(page, "sheet_tower1").locator("[aria-selected=true]")
    expect(chosen).to_have_attribute("data-id", "1-9")
    before = chosen.locator("canvas").evaluate(PIXELS)
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_text(re.compile("At epoch [1-9]")).first).to_be_visible()
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("epoch=[1-9]"))
    wait_until_idle(page)
    assert chosen.locator("canvas").evaluate(PIXELS) != before
    expect(chosen).to_have_attribute("data-id", "1-9")
    another = sheet(page, "sheet_tower2").locator('[data-id="2-4"]')
    another.click()
    expect(another).to_have_attribute("aria-selected", "true")
    expect(page).to_have_url(re.compile("kernel=2-4"))


def test_on_a_phone_a_kernel_is_chosen_with_a_finger_and_nothing_scrolls_sideways(server, browser):
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    try:
        page = context.new_page()
        page.goto(f"{server}/kernels?lang=en")
        tile = sheet(page, "sheet_tower2").locator('[data-id="2-5"]')
        tile.tap()
        expect(heading(page, 2, 5)).to_be_visible()
        wait_until_idle(page)
        assert page.evaluate(SIDEWAYS) <= 0
        box = tile.bounding_box()
        assert box is not None and min(box["width"], box["height"]) >= 44
    finally:
        context.close()
