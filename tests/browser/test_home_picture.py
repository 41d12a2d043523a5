"""Home's picture in a real Chromium: it runs by itself, stops, steps, and opens what a box has seen."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from alexnet.data.samples import FOLDER
from alexnet.language import text
from alexnet.trained import passage
from tools.browsing import listen, wait_until_idle

pytestmark = pytest.mark.browser

LAST = 8  # conv1 to conv5, fc6 to fc8


@pytest.fixture
def quiet(browser: Browser):
    """A tab of somebody who wants less motion: everything is there at once."""
    context = browser.new_context(
        locale="en-GB", viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    )
    tab = context.new_page()
    heard = listen(tab)
    yield tab
    context.close()
    assert heard == []


def open_home(page: Page, server: str, language: str = "en") -> None:
    page.goto(f"{server}/?lang={language}")
    expect(page.locator(".photo canvas")).to_be_visible()


def act(page: Page, name: str):
    return page.locator(f'.player [data-act="{name}"]')


def box(page: Page, layer: str, tower: int):
    return page.locator(f'.box[data-layer="{layer}"][data-tower="{tower - 1}"]')


def to_the_end(page: Page) -> None:
    while act(
        page, "forward"
    ).is_enabled():  # it may have gone some steps by itself; the first click stops it
        act(page, "forward").click()


def at_step(page: Page, step: int) -> None:
    expect(page.locator(".step")).to_have_attribute("data-step", str(step))


def test_it_starts_by_itself_stops_steps_and_begins_again(server, page):
    open_home(page, server, "ko")
    at_step(page, 1)
    act(page, "play").click()
    expect(act(page, "play")).to_have_attribute("aria-label", text("home.js_play", "ko"))
    step = int(page.locator(".step").get_attribute("data-step"))
    page.wait_for_timeout(1600)  # longer than a beat
    at_step(page, step)
    act(page, "forward").click()
    at_step(page, step + 1)
    act(page, "back").click()
    at_step(page, step)
    reached = page.locator(".layer.there").count()
    assert reached == step + 1
    act(page, "replay").click()
    at_step(page, 0)
    at_step(page, 1)


def test_the_answer_comes_at_the_end_and_in_the_readers_language(server, page):
    open_home(page, server, "ko")
    expect(page.locator(".verdict")).to_be_empty()
    to_the_end(page)
    at_step(page, LAST)
    expect(act(page, "forward")).to_be_disabled()
    expect(page.locator(".verdict")).to_contain_text(text("classes.bird", "ko"))
    expect(page.locator(".verdict")).to_contain_text(text("home.js_right", "ko"))
    # One photograph after another, without the server: the third is torn between two classes.
    page.locator('[data-picture="shepherd_dog"]').click()
    expect(page.locator(".verdict")).to_be_empty()
    at_step(page, 1)
    to_the_end(page)
    shares = np.sort(passage.shipped("shipped")["shepherd_dog"].probabilities)[::-1]
    for share in shares[:2]:
        expect(page.locator(".verdict")).to_contain_text(f"{100 * share:.1f} %")


def test_whoever_wants_less_motion_sees_all_at_once_and_steps_by_hand(server, quiet):
    open_home(quiet, server)
    at_step(quiet, LAST)
    expect(quiet.locator(".layer.there")).to_have_count(LAST + 1)
    expect(act(quiet, "play")).to_have_count(0)
    act(quiet, "replay").click()
    at_step(quiet, 0)
    act(quiet, "forward").click()
    at_step(quiet, 1)


def test_a_box_opens_its_strongest_maps_and_a_cell_shows_what_it_sees(server, quiet):
    open_home(quiet, server)
    layer = passage.shipped("shipped")["kingfisher"].layers["conv2"]
    box(quiet, "conv2", 2).click()
    expect(quiet.locator(".panel h3")).to_have_text(text("home.js_panel", "en", layer="conv2", tower=2))
    thumbs = quiet.locator(".thumb")
    expect(thumbs).to_have_count(passage.STRONGEST)
    assert [int(one.get_attribute("data-number")) for one in thumbs.all()] == layer.numbers[1].tolist()
    assert thumbs.locator("small").all_inner_texts() == [f"{peak:.2f}" for peak in layer.peaks[1]]
    # The cell that is chosen at first is the strongest one, and its response is the map's strongest.
    row, column = np.unravel_index(int(layer.values[1, 0].argmax()), (15, 15))
    read = quiet.locator(".read")
    expect(read).to_have_attribute("data-row", str(row))
    expect(read).to_have_attribute("data-column", str(column))
    expect(read).to_contain_text(f"{layer.peaks[1, 0]:.2f}")
    # The upper left cell sees 31 pixels from 13 before the picture, so 18 of 64 in it.
    large = quiet.locator(".large").bounding_box()
    quiet.mouse.move(large["x"] + 2, large["y"] + 2)
    expect(read).to_have_attribute("data-row", "0")
    field = quiet.locator(".view:not(.large) .mark").bounding_box()
    view = quiet.locator(".view:not(.large)").bounding_box()
    assert field["width"] / view["width"] == pytest.approx(18 / 64, abs=0.02)
    quiet.locator(".large").focus()
    quiet.keyboard.press("ArrowRight")
    expect(read).to_have_attribute("data-column", "1")
    thumbs.nth(2).click()
    link = quiet.locator('.links [data-page="maps"]').get_attribute("href")
    for part in ("layer=conv2", "sample=kingfisher", f"unit=2-{layer.numbers[1, 2]}", "lang=en"):
        assert part in link
    quiet.keyboard.press("Escape")
    expect(quiet.locator(".panel")).to_be_hidden()


def test_boxes_are_reached_and_opened_by_keyboard(server, quiet):
    open_home(quiet, server)
    box(quiet, "conv1", 1).focus()
    quiet.keyboard.press("ArrowRight")
    expect(box(quiet, "conv2", 1)).to_be_focused()
    quiet.keyboard.press("ArrowDown")
    expect(box(quiet, "conv2", 2)).to_be_focused()
    quiet.keyboard.press("Enter")
    expect(box(quiet, "conv2", 2)).to_have_attribute("aria-expanded", "true")
    quiet.keyboard.press("Escape")
    expect(box(quiet, "conv2", 2)).to_be_focused()
    for _ in range(LAST):
        quiet.keyboard.press("ArrowRight")
    expect(box(quiet, "fc8", 1)).to_be_focused()
    assert quiet.locator('.box[tabindex="0"]').count() == 1


def test_a_link_opens_the_lesson_with_that_layer_and_photograph(server, quiet):
    open_home(quiet, server)
    quiet.locator('[data-picture="cat_face"]').click()
    box(quiet, "conv3", 1).click()
    quiet.locator('.links [data-page="layers"]').click()
    expect(quiet.get_by_role("heading", level=1)).to_have_text(text("layers.title", "en"))
    expect(quiet).to_have_url(re.compile(r"/layers\?(?=.*network=shipped)(?=.*layer=conv3)"))
    quiet.go_back()
    expect(quiet.get_by_role("heading", level=1)).to_have_text(text("home.title", "en"))


def test_the_language_switch_keeps_photograph_and_panel(server, quiet):
    open_home(quiet, server)
    quiet.locator('[data-picture="cat_face"]').click()
    box(quiet, "fc6", 2).click()
    quiet.get_by_test_id("stSidebar").get_by_text("한국어", exact=True).click()
    expect(quiet.locator(".panel h3")).to_have_text(text("home.js_panel", "ko", layer="fc6", tower=2))
    expect(quiet.locator('[data-picture="cat_face"]')).to_have_attribute("aria-pressed", "true")
    expect(quiet.locator(".verdict")).to_contain_text(text("classes.cat", "ko"))


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_picture_is_above_the_fold(server, quiet, width, height):
    quiet.set_viewport_size({"width": width, "height": height})
    open_home(quiet, server)
    photo = quiet.locator(".photo").bounding_box()
    assert photo["y"] + photo["height"] < height
    net = quiet.locator(".net").bounding_box()
    if width > 700:
        assert net["y"] + net["height"] < height  # all of it
        assert quiet.locator(".verdict").bounding_box()["y"] < height
    assert net["x"] >= 0 and net["x"] + net["width"] <= width


def test_on_a_phone_the_towers_run_down_and_a_box_opens_at_the_bottom(server, quiet):
    quiet.set_viewport_size({"width": 390, "height": 844})
    open_home(quiet, server)
    first, second = box(quiet, "conv1", 1).bounding_box(), box(quiet, "conv2", 1).bounding_box()
    assert second["y"] > first["y"] + first["height"] and second["x"] == pytest.approx(first["x"], abs=1)
    box(quiet, "conv1", 2).click()
    sheet = quiet.locator(".panel").bounding_box()
    assert sheet["y"] + sheet["height"] == pytest.approx(844, abs=1) and sheet["y"] > 844 / 3
    opened = box(quiet, "conv1", 2).bounding_box()
    assert opened["y"] >= 0 and opened["y"] + opened["height"] <= sheet["y"]


def test_a_photograph_of_ones_own_runs_through_the_network(server, quiet):
    open_home(quiet, server)
    quiet.get_by_text(text("home.own", "en"), exact=True).click()
    quiet.locator("input[type=file]").set_input_files(FOLDER / "duck.webp")
    expect(quiet.locator(".choice")).to_have_count(4)
    expect(quiet.locator('.choice[aria-pressed="true"]')).to_contain_text("duck.webp")
    wait_until_idle(quiet)
    box(quiet, "conv1", 1).click()
    expect(quiet.locator(".thumb")).to_have_count(passage.STRONGEST)
    assert "from=upload" in quiet.locator('.links [data-page="maps"]').get_attribute("href")
    quiet.locator('.links [data-page="maps"]').click()
    expect(quiet.get_by_role("heading", level=1)).to_have_text(text("maps.title_deeper", "en"))
    expect(quiet.get_by_role("option").first).to_be_visible()
