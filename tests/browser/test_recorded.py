"""A recorded training in a real Chromium, where pictures follow each other by themselves."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from alexnet.training.recorded import recorded

pytestmark = pytest.mark.browser


def test_a_recording_plays_to_its_end_by_itself_and_leads_to_a_training_of_ones_own(server, page):
    page.goto(f"{server}/training?lang=en&show=recorded&recorded=stuck_at_chance&speed=60")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible(timeout=30_000)

    slider = page.locator("[class*=st-key-training_moment] input")
    expect(slider).to_have_value(re.compile(slider.get_attribute("max")))
    expect(page.get_by_text("of the 2,000 test images are right")).to_be_visible()
    expect(
        page.get_by_text(f"epoch {recorded('stuck_at_chance').status().epochs}.0 of").first
    ).to_be_visible()
    expect(page.get_by_text("still guesses")).to_have_count(0)

    page.get_by_role("button", name="Show the answer").click()
    expect(page.get_by_text("still guesses")).to_be_visible()
    page.get_by_role("button", name="The same settings again").click()
    expect(page.get_by_role("button", name="Start training")).to_be_enabled()
    expect(page).to_have_url(re.compile("rate=0.001.*initializer=random_uniform"))
