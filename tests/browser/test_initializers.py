"""The Initializers page in a real Chromium, from a distribution to the recorded race."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_from_a_distribution_to_the_end_of_the_recorded_race(server, page):
    page.goto(f"{server}/initializers?lang=en&network=free")
    expect(page.get_by_text("200,000 weights drawn").first).to_be_visible()
    page.get_by_role("radio", name="He before He").click()
    expect(page.get_by_text("comes nearest to He")).to_be_visible()
    page.get_by_role("radio", name="Race", exact=True).click()
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    expect(page.get_by_role("button", name="Play")).to_have_count(0)
    page.get_by_role("radio", name="Zeros").click()
    page.get_by_role("button", name="Commit", exact=True).click()
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_text("You had guessed: Zeros")).to_have_count(0)
    expect(page.get_by_text("You had guessed: Zeros")).to_be_visible()
    page.get_by_role("radio", name="Your own").click()
    expect(page.get_by_role("button", name="Start the race")).to_be_enabled()
    expect(page).to_have_url(re.compile("view=race.*race=own|race=own.*view=race"))
