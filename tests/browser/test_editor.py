"""The editor in a real Chromium: an edit, what follows, the network by its link and from its files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from alexnet.architecture import PAPER_2012
from alexnet.architecture.editing import change
from alexnet.architecture.shapes import parameters
from tools.browsing import wait_until_idle

pytestmark = pytest.mark.browser


def test_totals_and_picture_follow_an_edit_and_the_link_opens_it_again(server, page):
    page.goto(f"{server}/layers?lang=en&view=editor")
    total = page.locator(".layers-box tfoot td").nth(1)
    expect(total).to_have_text("60,965,224")
    page.locator(".layers-box").get_by_role("button", name="conv2").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("conv2")
    kernel = page.get_by_label("Kernel (pixels)")
    kernel.fill("3")
    kernel.press("Enter")
    smaller = f"{parameters(change(PAPER_2012, 'conv2', kernel=3)):,}"
    expect(total).to_have_text(smaller)
    expect(page.locator(".picture-wide svg text", has_text="29×29×128").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]net=[A-Za-z0-9_-]+"))
    link = page.url

    page.get_by_role("button", name="Undo").click()
    expect(total).to_have_text("60,965,224")
    page.goto(link)
    expect(total).to_have_text(smaller)
    expect(page.locator(".layers-box tr.chosen th")).to_have_text("conv2")


def test_quick_clicks_are_all_counted(server, page):
    page.goto(f"{server}/layers?lang=en&view=editor&row=pool1")
    wait_until_idle(page)
    for _ in range(3):
        page.get_by_role("button", name="Duplicate").click()
    expect(page.locator(".layers-box tbody tr")).to_have_count(1 + len(PAPER_2012.rows) + 3)


def test_the_network_goes_home_as_json_and_as_code_and_comes_back(server, page):
    page.goto(f"{server}/layers?lang=en&view=editor")
    wait_until_idle(page)
    files = {}
    for name in ("Network (JSON)", "Keras code"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        files[download.value.suggested_filename] = Path(download.value.path()).read_text(encoding="utf-8")
    assert set(files) == {"paper_2012.json", "paper_2012.py"}
    compile(files["paper_2012.py"], "paper_2012.py", "exec")
    document = json.loads(files["paper_2012.json"]) | {"id": "came_back", "size": 224}
    page.locator("input[type=file]").set_input_files(
        {"name": "n.json", "mimeType": "application/json", "buffer": json.dumps(document).encode()}
    )
    expect(page.get_by_role("textbox", name="Name of the network")).to_have_value("came_back")
    expect(page.locator(".layers-box tbody tr").nth(1)).to_contain_text("54 × 54 × 96")
    page.get_by_role("link", name="Train it").click()
    expect(page).to_have_url(re.compile(r"/training\?.*network=mine"))
    expect(page.get_by_role("combobox", name="Network")).to_have_value("My network (came_back)")


def test_a_damaged_link_is_explained_until_the_reader_goes_on(server, page):
    page.goto(f"{server}/layers?lang=en&view=editor&net=damaged")
    wait_until_idle(page)
    message = page.get_by_text("The network in this link cannot be read")
    expect(message).to_be_visible()
    expect(page.locator(".layers-box tfoot td").nth(1)).to_have_text("60,965,224")
    page.get_by_role("button", name="A sixth convolution").click()
    expect(page.locator(".layers-box").get_by_role("button", name="conv6")).to_be_visible()
    expect(message).to_have_count(0)
