"""A recorded training in a real Chromium, where pictures follow each other by themselves."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import WebSocketRoute, expect

from alexnet.runs.recorded import recorded

pytestmark = pytest.mark.browser


def test_a_recording_plays_to_its_end_by_itself_and_leads_to_a_training_of_ones_own(server, page):
    page.goto(f"{server}/training?lang=en&view=recorded&recorded=stuck_at_chance&speed=60")
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

    page.get_by_role("button", name="Show the explanation").click()
    expect(page.get_by_text("still guesses")).to_be_visible()
    page.get_by_role("button", name="The same settings again").click()
    expect(page.get_by_role("button", name="Start training")).to_be_enabled()
    expect(page).to_have_url(re.compile("rate=0.001.*initializer=random_uniform"))


def test_a_pause_that_comes_after_the_end_does_not_begin_again(server, page):
    """A slow browser still shows Pause when the server has long ended; its messages are held back here."""
    held: list[str | bytes] = []
    waits = holds = False

    def connect(route: WebSocketRoute) -> None:
        up = route.connect_to_server()
        route.on_message(up.send)

        def down(message: str | bytes) -> None:
            nonlocal holds
            holds = holds or (waits and b"play_arrow" in (message if isinstance(message, bytes) else b""))
            held.append(message) if holds else route.send(message)

        up.on_message(down)
        connected.append(route)

    connected: list[WebSocketRoute] = []
    page.route_web_socket("**/_stcore/stream", connect)
    page.goto(f"{server}/training?lang=en&view=recorded&recorded=diverging&speed=1")
    slider = page.locator("[class*=st-key-training_moment] input")
    slider.focus()
    page.keyboard.press("End")
    for _ in range(20):  # of 0.1 seconds each
        page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("before its time")).to_have_count(0)
    page.get_by_role("button", name="Play", exact=True).click()
    pause = page.get_by_role("button", name="Pause", exact=True)
    expect(pause).to_be_visible()

    waits = True
    for _ in range(120):
        if holds:
            break
        page.wait_for_timeout(250)
    assert holds
    pause.click()
    page.wait_for_timeout(1000)
    holds = waits = False
    for message in held:
        connected[-1].send(message)

    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(page.get_by_text("before its time")).to_be_visible()
    expect(page.get_by_text("epoch 1.1 of").first).to_be_visible()
