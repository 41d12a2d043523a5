"""In a real Chromium: a training from the shipped network, the batch it learned from; knobs turned live."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alexnet.language import text
from tests.browser.test_training import TRAINING, button, state
from tools.browsing import running_app

pytestmark = pytest.mark.browser


def test_a_training_from_the_shipped_network_and_the_batch_of_a_step(page: Page, home_folder: Path):
    with running_app(home=home_folder, seconds=120) as address:
        page.goto(f"{address}/training?lang=ko&begin=shipped&learns=frozen&epochs=1&batch=128")
        expect(page.get_by_text("1,443,842").first).to_be_visible()
        button(page, "start").click()
        state(page, "running", TRAINING)
        expect(page.get_by_text(text("beginning.from_shipped", "ko")).first).to_be_visible()
        state(page, "finished", TRAINING)
        page.get_by_text(text("batch.look", "ko"), exact=True).click()
        said = text("batch.said", "ko", step=1, epoch=1, number=1, count=128, size=64)
        expect(page.get_by_text(said)).to_be_visible(timeout=TRAINING)
        page.get_by_text(text("training.view_beginning", "ko"), exact=True).click()
        expect(page.get_by_text(text("beginning.own_none", "ko"))).to_be_visible()
        page.goto("about:blank")


def test_knobs_are_turned_and_the_draws_follow(server: str, page: Page):
    page.goto(f"{server}/training?lang=en&view=augmentation")
    sheet = page.locator("[data-testid=stImage] img").first
    expect(sheet).to_be_visible()
    before = sheet.get_attribute("src")
    page.get_by_role("button", name=text("augmentation.try_recipe", "en"), exact=True).click()
    expect(page.get_by_text("1,620,000")).to_be_visible()
    expect(sheet).not_to_have_attribute("src", before or "")
    page.get_by_text(text("augmentation.knobs", "en")).click()
    page.get_by_label(text("augmentation.rotation", "en"), exact=True).fill("90")
    page.keyboard.press("Enter")
    expect(page.get_by_text("rotation ±90°")).to_be_visible()
    page.get_by_text(text("augmentation.code", "en")).click()
    expect(page.get_by_text("rotation_range=90.0").first).to_be_visible()
