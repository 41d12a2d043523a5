"""A photograph is uploaded and predicted in a real Chromium, and bad files are explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alexnet.data.samples import FOLDER
from alexnet.language import text
from tests.pictures import BAD

pytestmark = pytest.mark.browser


def file_input(page: Page):
    return page.get_by_test_id("stFileUploader").locator("input[type=file]")


def test_an_uploaded_photograph_is_predicted(server: str, page: Page):
    page.goto(f"{server}/prediction?lang=en&from=upload")
    file_input(page).set_input_files(FOLDER / "kitten.webp")
    expect(page.locator("strong", has_text="kitten.webp")).to_be_visible()
    expect(page.get_by_text(re.compile(r"First answer|The network is unsure"))).to_be_visible()
    expect(page.locator(".js-plotly-plot .bars path")).to_have_count(5)


def test_bad_files_are_explained_and_a_good_one_still_works(server: str, page: Page, tmp_path: Path):
    paths = []
    for name, (make, _) in BAD.items():
        path = tmp_path / name
        path.write_bytes(make())
        paths.append(path)
    page.goto(f"{server}/prediction?lang=ko&from=upload")
    file_input(page).set_input_files([*paths, FOLDER / "duck.webp"])
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(len(BAD))
    expect(page.locator("strong", has_text="duck.webp")).to_be_visible()
    expect(page.locator(".js-plotly-plot .bars path")).to_have_count(5)


def test_a_sample_is_chosen_by_click_and_stands_in_the_link(server: str, page: Page):
    page.goto(f"{server}/prediction?lang=ko")
    page.get_by_role("radio", name=text("samples.coffee", "ko")).or_(
        page.get_by_role("button", name=text("samples.coffee", "ko"), exact=True)
    ).first.click()
    expect(page).to_have_url(re.compile("sample=coffee"))
    expect(page.get_by_text(text("prediction.outside", "ko")[:20])).to_be_visible()
