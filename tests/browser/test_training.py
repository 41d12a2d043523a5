"""A real, short training in a real Chromium: started, watched, stopped, found again, resumed, used."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alexnet.language import text
from alexnet.runs import run
from alexnet.runs.status import STALE
from tests.browser.conftest import SECONDS
from tests.runs.watched import watched
from tools.browsing import running_app

pytestmark = pytest.mark.browser

TRAINING = 300_000  # milliseconds that the whole training may take beside other tests on two cores

_POINTS = """() => {
    const chart = document.querySelector(".st-key-training_accuracy .js-plotly-plot");
    return chart && chart.data ? chart.data[0].x.length : 0;
}"""


def ko(key: str, **values: object) -> str:
    return text(f"training.{key}", "ko", **values)


def button(page: Page, key: str):
    return page.get_by_role("button", name=ko(key))


def state(page: Page, name: str, milliseconds: float = SECONDS * 1000) -> None:
    badge = page.locator(".stMarkdownBadge", has_text=ko(f"state_{name}"))
    expect(badge).to_be_visible(timeout=milliseconds)


def points(page: Page, more_than: int) -> int:
    """Wait until the accuracy's curve has more points than that; returns how many."""
    page.wait_for_function(f"({_POINTS})() > {more_than}", timeout=TRAINING)
    return int(page.evaluate(_POINTS))


def test_a_training_from_click_to_prediction_through_a_stop_a_reload_and_a_restart(
    page: Page, home_folder: Path
):
    home = home_folder
    with running_app(home=home, seconds=120) as address:
        page.goto(f"{address}/training?lang=ko&epochs=2")
        button(page, "start").click()
        state(page, "running", TRAINING)
        expect(page).to_have_url(re.compile(r"run=\d{8}-\d{6}-[0-9a-f]{6}"))
        seen = points(page, 2)
        assert points(page, seen) > seen  # it grows without a click
        button(page, "stop").click()
        state(page, "stopped", TRAINING)
        page.reload()
        state(page, "stopped")
        assert points(page, seen) > seen
        link = page.url.removeprefix(address)
        page.goto("about:blank")  # a page whose server ends complains in its console
    with running_app(home=home, seconds=120) as address:  # the app ended meanwhile; the run is still there
        page.goto(address + link)
        state(page, "stopped")
        button(page, "resume").click()
        state(page, "running", TRAINING)
        state(page, "finished", TRAINING)
        expect(page.get_by_text(ko("tested"))).to_be_visible()
        the_strip_goes_back_to_the_beginning(page)
        page.get_by_role("link", name=ko("to_prediction")).click()
        expect(page).to_have_url(re.compile("/prediction.*model="))
        expect(page.locator(".js-plotly-plot .bars path")).to_have_count(2)
        a_sleep_is_over(page, address)
        it_stands_among_the_class(page, address)
        page.goto("about:blank")


def the_strip_goes_back_to_the_beginning(page: Page) -> None:
    """Twelve photographs with what is answered; the slider shows what the untrained network answered."""
    strip = page.locator("[data-testid='stHtml']", has=page.locator("img")).filter(has_text="✓")
    expect(strip.locator("img")).to_have_count(12)
    before = strip.inner_text()
    moment = page.get_by_role("slider", name=ko("strip_slider"))
    moment.press("Home")
    expect(moment).to_have_attribute("aria-valuetext", ko("strip_moment", epoch=0.0))
    page.wait_for_function("([at, was]) => at.innerText !== was", arg=[strip.element_handle(), before])


def it_stands_among_the_class(page: Page, address: str) -> None:
    """One mark for the training that is over, none for the one at work."""
    page.goto(f"{address}/training?lang=ko&view=together")
    marks = page.locator(".st-key-training_together .js-plotly-plot .points path")
    expect(marks).to_have_count(1)
    expect(page.get_by_text(ko("together_no_seeds"))).to_be_visible()


def a_sleep_is_over(page: Page, address: str) -> None:
    """Another's training, watched while its computer sleeps and wakes up: it comes back without a click."""
    one = watched("joon", "running", epochs=1)
    awake = one.status()
    run.write_status(one.path, replace(awake, heartbeat=time.time() - 2 * STALE))
    page.goto(f"{address}/training?lang=ko&view=runs&run={one.id}")
    state(page, "lost")
    expect(page.get_by_text(ko("only_look"))).to_be_visible()
    run.write_status(one.path, replace(awake, heartbeat=time.time()))
    state(page, "running")
