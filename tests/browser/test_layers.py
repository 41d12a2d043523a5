"""The Layers page in a real Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tools.browsing import wait_until_idle

pytestmark = pytest.mark.browser

SIDEWAYS = (
    "() => document.querySelector('[data-testid=stMain]').scrollWidth - document.documentElement.clientWidth"
)


def cell(page, layer, column):
    """A cell of the table, counted from 0 at the layer's name."""
    row = page.locator(".layers-box tr", has=page.locator("th", has_text=re.compile(f"^{layer}$")))
    return row.locator("th, td").nth(column)


def test_a_changed_input_size_redraws_the_table_and_the_link(server, page):
    page.goto(f"{server}/layers")
    expect(cell(page, "conv1", 2)).to_have_text("55")
    size = page.get_by_label("입력 크기(픽셀)")
    size.fill("224")
    size.press("Enter")
    expect(cell(page, "conv1", 2)).to_have_text("54")
    expect(cell(page, "pool5", 2)).to_have_text("5")
    expect(page).to_have_url(re.compile(r"/layers\?size=224$"))

    page.get_by_role("button", name="2012년 코드: 224, 올림·올림").click()
    expect(cell(page, "conv1", 2)).to_have_text("55")
    expect(cell(page, "pool5", 2)).to_have_text("6")
    expect(page).to_have_url(re.compile(r"size=224&convolution=up&pooling=up"))


def test_a_size_that_does_not_fit_is_explained_and_the_page_goes_on(server, page):
    page.goto(f"{server}/layers?lang=en&size=40")
    expect(page.locator(".layers-box tr.failing th")).to_have_text("pool5")
    expect(page.locator(".layers-box tr.failing td")).to_contain_text("3")
    page.get_by_role("button", name="The network's own").click()
    expect(page.locator(".layers-box tr.failing")).to_have_count(0)
    expect(cell(page, "total", 2)).to_have_text("60,965,224")


def test_on_a_phone_the_table_scrolls_in_its_own_box(server, page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}/layers")
    wait_until_idle(page)
    box = page.locator(".layers-box")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert page.evaluate(SIDEWAYS) <= 0
    name = box.get_by_role("rowheader", name="conv1")
    left = name.bounding_box()["x"]
    box.evaluate("box => { box.scrollLeft = 300 }")
    assert name.bounding_box()["x"] == left  # the layers' names stay in sight
