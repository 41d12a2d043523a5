"""The Layers page in a real Chromium."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from playwright.sync_api import expect

from alexnet.architecture import PAPER_2012
from alexnet.quiz import asked
from alexnet.quiz.layers import questions
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
    page.goto(f"{server}/layers?guessed=shown")
    expect(cell(page, "conv1", 2)).to_have_text("55")
    size = page.get_by_label("입력 크기(픽셀)")
    size.fill("224")
    size.press("Enter")
    expect(cell(page, "conv1", 2)).to_have_text("54")
    expect(cell(page, "pool5", 2)).to_have_text("5")
    expect(page).to_have_url(re.compile(r"/layers\?size=224(&|$)"))

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
    page.goto(f"{server}/layers?guessed=shown")
    wait_until_idle(page)
    box = page.locator(".layers-box")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert page.evaluate(SIDEWAYS) <= 0
    name = box.get_by_role("rowheader", name="conv1")
    left = name.bounding_box()["x"]
    box.evaluate("box => { box.scrollLeft = 300 }")
    assert name.bounding_box()["x"] == left  # the layers' names stay in sight


def test_a_layer_is_chosen_in_the_table_by_mouse_and_by_keyboard(server, page):
    page.goto(f"{server}/layers?lang=en&guessed=shown")
    box = page.locator(".layers-box")
    box.get_by_role("cell", name="27 × 27 × 256").first.click()
    expect(page).to_have_url(re.compile(r"layer=conv2"))
    expect(box.locator("tr.chosen th")).to_have_text("conv2")
    expect(box.get_by_role("button", name="conv2")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("p", has_text="conv2: 27 windows of 5 pixels")).to_be_visible()

    box.get_by_role("button", name="conv2").focus()
    page.keyboard.press("ArrowDown")
    expect(box.get_by_role("button", name="pool2")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"layer=pool2"))
    expect(box.locator("tr.chosen th")).to_have_text("pool2")
    # The table was drawn anew, and the keyboard is still where it was.
    expect(box.get_by_role("button", name="pool2")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"layer=conv3"))


def test_the_table_and_its_pictures_can_be_taken_home(server, page):
    page.goto(f"{server}/layers?size=224&convolution=up&pooling=up")
    files = {}
    for name in ("표(CSV)", "표(Markdown)", "신경망 그림(SVG)", "창 그림(SVG)"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        files[download.value.suggested_filename] = Path(download.value.path()).read_bytes()
    assert set(files) == {
        "paper_2012_224.csv",
        "paper_2012_224.md",
        "paper_2012_224.svg",
        "paper_2012_224_conv1.svg",
    }
    table = files["paper_2012_224.csv"]
    assert table.startswith(b"\xef\xbb\xbf") and "완전연결층" in table.decode("utf-8-sig")
    assert "60,965,224" in files["paper_2012_224.md"].decode()
    for name in ("paper_2012_224.svg", "paper_2012_224_conv1.svg"):
        ET.fromstring(files[name])


def test_a_question_is_answered_and_worked_out(server, page):
    page.goto(f"{server}/layers?lang=en&view=quiz&question=1")
    question = asked(questions(PAPER_2012), 1)
    if question.options:
        page.get_by_role("radio", name=str(question.answer), exact=True).check(force=True)
    else:
        page.get_by_label("Your answer").fill(str(question.answer))
    page.get_by_role("button", name="Commit the answer").click()
    expect(page.get_by_text("Right so far: 1 of 1")).to_be_visible()
    expect(page.locator(".katex").first).to_be_visible()
    page.get_by_role("button", name="Another question").click()
    expect(page.get_by_role("button", name="Commit the answer")).to_be_visible()


@pytest.mark.parametrize("view", ["answers", "compare", "towers", "quiz"])
def test_on_a_phone_no_view_scrolls_sideways(server, page, view):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}/layers?view={view}")
    wait_until_idle(page)
    assert page.evaluate(SIDEWAYS) <= 0


def test_a_clicked_line_of_the_notes_code_lights_up_its_row_and_the_link(server, page):
    page.goto(f"{server}/layers?lang=en&view=note")
    page.get_by_role("button", name='self.add(Dense(1000, activation="relu"))').click()
    expect(page.locator(".layers-box:not(.note-code) tr.chosen th")).to_have_text("fc8")
    expect(page.locator(".note-code tr.chosen")).to_contain_text("Dense(1000")
    expect(page).to_have_url(re.compile(r"line=fc8"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".layers-box:not(.note-code) tr.chosen th")).to_have_text("output")
    page.locator(".layers-box:not(.note-code) button", has_text="pool2").click()
    expect(page.locator(".note-code tr.chosen button")).to_have_attribute("data-layer", "pool2")
