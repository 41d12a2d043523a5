"""What a page shows before anybody scrolls, on a large screen and on a phone."""

from __future__ import annotations

import pytest

from tools.browsing import listen, wait_until_idle

pytestmark = pytest.mark.browser

LARGE, PHONE = (1280, 800), (390, 844)
_TILE = "[role=option] >> nth=1"
_SHOW = "[class*=st-key-{}_show] button"
_PLOT = "[data-testid=stMain] .js-plotly-plot"
VIEWS = {
    # What each opening view is about, its main click, and what that click shows.
    "": (".box[data-layer=conv1]", ".box[data-layer=conv1] >> nth=0", ".panel .thumb"),
    "layers": (".layers-rows table", _SHOW.format("layers_guess"), ".st-key-layers_beside .katex"),
    "layers?view=editor": ("[class^=picture-] svg >> visible=true", None, None),
    "convolution": (".lesson .box", ".lesson canvas >> nth=0", ".lesson [data-field=output]"),
    "kernels": (
        "[class*=st-key-kernels_sheet] canvas",
        f".st-key-kernels_sheet_tower1 {_TILE}",
        ".st-key-kernels_panel .js-plotly-plot",
    ),
    "kernels?view=colour": (
        "[class*=st-key-kernels_colour] canvas",
        _SHOW.format("kernels_guess"),
        ".st-key-kernels_verdict p",
    ),
    "maps": (
        "[class*=st-key-maps_sheet] canvas",
        f".st-key-maps_sheet_1 {_TILE}",
        ".st-key-maps_panel img",
    ),
    "towers": ("[data-testid=stMain] :is(canvas, img, .js-plotly-plot, svg[role=img])", None, None),
    "data": ("[data-testid=stMain] :is(canvas, img, .js-plotly-plot, svg[role=img])", None, None),
    "towers?view=trainings": (
        "[data-testid=stMain] img",
        _SHOW.format("towers_guess"),
        ".st-key-towers_verdict p >> nth=1",
    ),
    "initializers": (_PLOT, _SHOW.format("initializers_guess"), ".st-key-initializers_verdict p"),
    "initializers?view=race": (
        _PLOT,
        _SHOW.format("initializers_race_guess"),
        "[class*=st-key-initializers_moment_play] button",
    ),
    "training?view=ladder": (_PLOT, _SHOW.format("training_ladder"), ".st-key-ladder_panel p"),
    "prediction": (
        "[class*=st-key-prediction_pictures] img",
        ".st-key-prediction_samples button >> nth=1",
        "[class*=st-key-prediction_bars] .bars",
    ),
    # A new training has no picture, but the button that starts it.
    "training": (".st-key-training_start button", None, None),
}
LIMITS = {"layers": (500, 600), "convolution": (500, 600)}
"""Above which pixel it begins, on either screen; on the other pages within the first screen."""
TOPS = """elements => elements
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 15)
    .map((element) => element.getBoundingClientRect().top)"""
COVERED = """() => {
    const title = document.querySelector("[data-testid=stMain] h1").getBoundingClientRect();
    const menu = document.querySelector("[data-testid=stExpandSidebarButton]")?.getBoundingClientRect();
    return Boolean(menu && menu.width && menu.bottom > title.top);
}"""


@pytest.fixture(scope="module")
def screens(browser):
    """A visitor for each screen: whoever comes anew to each page loads Streamlit's own files every time."""
    known = {
        (width, height): browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        for width, height in (LARGE, PHONE)
    }
    yield known
    for context in known.values():
        context.close()


@pytest.mark.parametrize("screen", [LARGE, PHONE], ids=["large", "phone"])
@pytest.mark.parametrize("view", VIEWS)
def test_the_picture_and_what_its_main_click_shows_are_on_one_screen(server, screens, view, screen):
    _, height = screen
    phone = screen == PHONE
    picture, click, result = VIEWS[view]
    page = screens[screen].new_page()
    heard = listen(page)
    try:
        page.goto(f"{server}/{view}{'&' if '?' in view else '?'}lang=ko")
        page.locator(picture).first.wait_for(timeout=60_000)
        wait_until_idle(page, 90)
        tops = page.locator(picture).evaluate_all(TOPS)  # which looks into components
        assert tops
        assert min(tops) < LIMITS.get(view, (LARGE[1], PHONE[1]))[phone] - 40
        assert not page.evaluate(COVERED)
        if view:
            assert page.locator(".st-key-what_is_next a").count() == 1
        if phone:
            menu = page.get_by_test_id("stExpandSidebarButton")
            assert menu.is_visible()
            assert "메뉴" in menu.evaluate("button => getComputedStyle(button, '::after').content")
        if click is not None:
            page.locator(click).click()
            shown = page.locator(result).first  # a moment long the question stands there, too
            shown.wait_for(timeout=60_000)
            wait_until_idle(page, 90)
            box = shown.bounding_box()
            assert box is not None
            assert 0 <= box["y"] < height - 20
    finally:
        page.close()
    assert heard == []


def test_the_answers_bars_are_whole_within_a_phones_first_screen(server, browser):
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    page = context.new_page()
    try:
        page.goto(f"{server}/prediction?lang=ko")
        bars = page.locator("[class*=st-key-prediction_bars] .bars path")
        bars.first.wait_for(timeout=60_000)
        wait_until_idle(page, 90)
        bottoms = bars.evaluate_all("all => all.map((bar) => bar.getBoundingClientRect().bottom)")
        assert len(bottoms) == 5
        assert max(bottoms) <= PHONE[1]
    finally:
        context.close()


@pytest.mark.parametrize("screen", [LARGE, PHONE], ids=["large", "phone"])
def test_a_clicked_layers_formula_is_on_the_same_screen(server, browser, screen):
    width, height = screen
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    try:
        page.goto(f"{server}/layers?lang=en&guessed=shown")
        wait_until_idle(page)
        page.locator(".layers-rows button").nth(1).click()
        formula = page.locator(".st-key-layers_beside .katex").first
        page.wait_for_url("**layer=pool1**")
        wait_until_idle(page)
        box = formula.bounding_box()
        assert 0 < box["y"] < height - 20
    finally:
        context.close()
