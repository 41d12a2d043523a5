"""What a page shows before anybody scrolls, on a large screen and on a phone."""

from __future__ import annotations

import pytest

from tools.browsing import listen, wait_until_idle

pytestmark = pytest.mark.browser

LARGE, PHONE = (1280, 800), (390, 844)
PICTURES = {
    "layers": ".layers-rows table",
    "convolution": ".lesson .box",
    "kernels": "[data-testid=stMain] :is(canvas, img, .js-plotly-plot, svg[role=img])",
    "maps": "[data-testid=stMain] :is(canvas, img, .js-plotly-plot, svg[role=img])",
    "towers": "[data-testid=stMain] :is(canvas, img, .js-plotly-plot, svg[role=img])",
    "initializers": "[data-testid=stMain] :is(canvas, img, .js-plotly-plot, svg[role=img])",
    "prediction": "[data-testid=stMain] :is(canvas, img, .js-plotly-plot, svg[role=img])",
    "training": ".st-key-training_start button",
}
"""What each page's opening view is about; a new training has no picture, but the button that starts it."""
LIMITS = {"layers": (500, 600), "convolution": (500, 600)}
"""Above which pixel it begins, on either screen; on the other pages within the first screen."""
TOPS = """elements => elements
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 40)
    .map((element) => element.getBoundingClientRect().top)"""
COVERED = """() => {
    const title = document.querySelector("[data-testid=stMain] h1").getBoundingClientRect();
    const menu = document.querySelector("[data-testid=stExpandSidebarButton]")?.getBoundingClientRect();
    return Boolean(menu && menu.width && menu.bottom > title.top);
}"""


@pytest.mark.parametrize("screen", [LARGE, PHONE], ids=["large", "phone"])
@pytest.mark.parametrize("id", PICTURES)
def test_the_picture_begins_on_the_first_screen(server, browser, id, screen):
    width, height = screen
    phone = screen == PHONE
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page = context.new_page()
    heard = listen(page)
    try:
        page.goto(f"{server}/{id}?lang=ko")
        wait_until_idle(page, 90)
        tops = page.locator(PICTURES[id]).evaluate_all(TOPS)  # which looks into components
        assert tops
        assert min(tops) < LIMITS.get(id, (LARGE[1], PHONE[1]))[phone]
        assert not page.evaluate(COVERED)
        assert page.locator(".st-key-what_is_next a").count() == 1
        if phone:
            menu = page.get_by_test_id("stExpandSidebarButton")
            assert menu.is_visible()
            assert "메뉴" in menu.evaluate("button => getComputedStyle(button, '::after').content")
    finally:
        context.close()
    assert heard == []


@pytest.mark.parametrize("screen", [LARGE, PHONE], ids=["large", "phone"])
def test_a_clicked_layers_formula_is_on_the_same_screen(server, browser, screen):
    width, height = screen
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    try:
        page.goto(f"{server}/layers?lang=en")
        wait_until_idle(page)
        page.locator(".layers-rows button").nth(1).click()
        formula = page.locator(".st-key-layers_beside .katex").first
        page.wait_for_url("**layer=pool1**")
        wait_until_idle(page)
        box = formula.bounding_box()
        assert 0 < box["y"] < height - 20
    finally:
        context.close()
