"""The Towers page in a real Chromium: guess, draw a seed, let it play, see all seeds."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from alexnet.language import text
from alexnet.studies.points import of, results
from alexnet.studies.tower_division import APART, EPOCHS
from tools.browsing import wait_until_idle

pytestmark = pytest.mark.browser


def test_a_class_guesses_draws_a_seed_watches_it_and_sees_all_of_them(server: str, page: Page):
    page.goto(f"{server}/towers?lang=en&view=trainings&condition=apart&seed=1&epoch=0")
    commit = page.get_by_role("button", name="Commit", exact=True)
    expect(commit).to_be_disabled()
    expect(page.get_by_text("Before training:")).to_be_visible()
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_text(f"After epoch {EPOCHS}:")).to_be_visible()
    last = of(APART, results("tower_split"))[0].colour[-1]
    first, second = last["medians"]
    expect(page.get_by_text(f"medians {first:.2f} and {second:.2f}").first).to_be_visible()

    page.get_by_role("button", name="Draw another seed").click()
    expect(page).to_have_url(re.compile(r"seed=[2-5](&|$)"))
    expect(page.locator("[class*=st-key-towers_auc]")).to_have_count(0)
    page.get_by_text("None of them", exact=True).click()
    commit.click()
    expect(page.get_by_text("Of the recorded trainings divided:")).to_be_in_viewport()
    page.get_by_text(text("towers.evidence", "en")).click()
    expect(page.locator("[class*=st-key-towers_auc] .js-plotly-plot")).to_be_visible()
    expect(page.get_by_text("The highest mean AUC is that of")).to_be_visible()
    page.get_by_text("What else might matter?").click()
    expect(page.locator("[class*=st-key-towers_trials_auc] .js-plotly-plot")).to_be_visible()


def test_on_a_phone_towers_do_not_scroll_sideways(server: str, page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}/towers?view=trainings")
    page.get_by_text(text("towers.nobody", "ko"), exact=True).click()
    page.get_by_role("button", name=text("common.commit", "ko"), exact=True).click()
    page.get_by_text(text("towers.evidence", "ko")).click()
    expect(page.locator("[class*=st-key-towers_auc] .js-plotly-plot")).to_be_visible()
    wait_until_idle(page)
    main = "document.querySelector('[data-testid=stMain]').scrollWidth"
    assert page.evaluate(f"() => {main} - document.documentElement.clientWidth") <= 0
