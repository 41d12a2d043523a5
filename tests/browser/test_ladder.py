"""The ladder in a real Chromium: guess, climb, see what a change brought, take the numbers home."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alexnet.language import text
from alexnet.studies.ladder import RUNGS
from alexnet.studies.points import pair, results
from pages.training.ladder import judged
from tools.browsing import wait_until_idle

pytestmark = pytest.mark.browser


def test_a_class_guesses_climbs_and_sees_what_the_change_brought(server: str, page: Page):
    both = pair(RUNGS[0], RUNGS[1], results("ladder"))
    assert both is not None
    below, here = both
    page.goto(f"{server}/training?lang=en&view=ladder")
    climb = page.get_by_role("button", name="Climb", exact=True)
    expect(climb).to_be_disabled()
    page.get_by_text(text(f"ladder.guess_{judged(below.mean, here.mean)}", "en"), exact=True).click()
    climb.click()
    expect(page).to_have_url(re.compile(r"rung=rate(&|$)"))
    expect(page.get_by_text(f"from {below.mean:.1%} to {here.mean:.1%}")).to_be_visible()
    expect(page.get_by_text("You guessed it.")).to_be_visible()
    expect(page.get_by_text("Guessed right: 1 of 1.")).to_be_visible()

    page.get_by_role("button", name="Show the whole ladder").click()
    expect(page).to_have_url(re.compile(rf"rung={RUNGS[-1].id}(&|$)"))
    chart = page.locator("[class*=st-key-training_ladder] .js-plotly-plot").first
    expect(chart.locator("text", has_text=f"{len(RUNGS) - 1}. ")).to_be_visible()
    page.get_by_text("All rungs in numbers").click()
    with page.expect_download() as download:
        page.locator("[class*=st-key-alexnet_ladder_csv] button").click()
    written = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(written) == 1 + len(RUNGS)


def test_on_a_phone_the_ladder_does_not_scroll_sideways(server: str, page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}/training?view=ladder&rung={RUNGS[-1].id}")
    expect(page.get_by_text(text("ladder.again", "ko"))).to_be_visible()
    wait_until_idle(page)
    main = "document.querySelector('[data-testid=stMain]').scrollWidth"
    assert page.evaluate(f"() => {main} - document.documentElement.clientWidth") <= 0
