"""Fifty photographs in a real Chromium: from a zip to a trained network that names another one."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alexnet.data.own import store
from alexnet.language import text
from tests.data.own.photographs import files, packed, photograph
from tools.browsing import running_app

pytestmark = pytest.mark.browser

FLAGS = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
"""A stand-in for a camera, whose picture moves, and nobody who asks whether it may be used."""

TRAINING = 300_000  # milliseconds that a training may take beside other tests on two cores


def ko(key: str, **values: object) -> str:
    return text(key, "ko", **values)


def test_fifty_photographs_go_from_a_zip_to_a_trained_network_to_a_prediction(
    page: Page, home_folder: Path, tmp_path: Path
):
    given = files(25, ("고양이", "pear"), "BMP")  # named .jpg, as those of a textbook are
    (tmp_path / "our class.zip").write_bytes(packed(given | {"pear/broken.jpg": b"BM"}))
    (tmp_path / "new.png").write_bytes(photograph("pear", 999, "PNG"))
    with running_app(home=home_folder, seconds=120) as address:
        page.goto(f"{address}/data?lang=ko&view=make")
        page.locator("input[type=file]").set_input_files(tmp_path / "our class.zip")
        expect(page.get_by_text(ko("data.made_broken", count=1))).to_be_visible()
        (one,) = store.sets()
        assert (one.name, one.classes) == ("our class", ("pear", "고양이"))
        assert one.train + one.validation + one.test == 50
        page.get_by_role("link", name=ko("data.to_look")).first.click()
        expect(page.get_by_text(ko("data.broken", count=1))).to_be_visible()
        expect(page.get_by_text("pear / broken.jpg")).to_have_count(1)  # the printer's table
        page.get_by_role("link", name=ko("data.to_training")).click()
        expect(page).to_have_url(re.compile(f"/training.*data={one.id}"))
        page.get_by_text(re.compile(rf"^{ko('common.settings')}")).click()
        epochs = page.get_by_role("spinbutton", name=ko("training.epochs"))
        epochs.fill("6")
        epochs.press("Enter")
        expect(page).to_have_url(re.compile("epochs=6"))
        page.get_by_role("button", name=ko("training.start")).click()
        badge = page.locator(".stMarkdownBadge", has_text=ko("training.state_finished"))
        expect(badge).to_be_visible(timeout=TRAINING)
        expect(page.get_by_text(ko("training.tested"))).to_be_visible()
        page.get_by_role("link", name=ko("training.to_prediction")).click()
        expect(page).to_have_url(re.compile("/prediction.*model="))
        page.get_by_text(ko("photograph.from_upload"), exact=True).click()
        page.locator("input[type=file]").set_input_files(tmp_path / "new.png")
        expect(page.locator("strong", has_text=re.compile("^pear$"))).to_be_visible()  # its first answer
        expect(page.locator(".js-plotly-plot .bars path")).to_have_count(2)
        page.goto("about:blank")


def take(page: Page, label: str, count: int) -> None:
    """Take pictures until there are so many: a camera that is only just starting takes none."""
    said = [ko("data.labelled_has", label=label, count=more) for more in range(count, 10)]
    there = page.get_by_text(re.compile("|".join(re.escape(one) for one in said)))
    for _ in range(6):
        page.wait_for_function("document.querySelector('video')?.readyState === 4")
        page.get_by_test_id("stCameraInputButton").click()
        with suppress(AssertionError):
            expect(there).to_be_visible(timeout=10_000)
            return
    raise AssertionError(f"no picture of {label} was taken")


def test_pictures_of_the_camera_are_labelled_on_the_spot(page: Page, home_folder: Path):
    with running_app(home=home_folder, seconds=120) as address:
        page.goto(f"{address}/data?lang=ko&view=make&from=labelled&by=camera")
        for label in ("컵", "공"):
            field = page.get_by_role("textbox", name=ko("data.labelled_class"))
            field.fill(label)
            field.press("Enter")
            expect(page.get_by_text(ko("data.labelled_camera", label=label))).to_be_visible()
            for count in range(1, 4):
                take(page, label, count)
        page.get_by_role("button", name=ko("data.labelled_make")).click()
        expect(page.get_by_role("link", name=ko("data.to_training"))).to_be_visible()
        (one,) = store.sets()
        assert one.classes == ("공", "컵") and one.train + one.validation + one.test >= 6
        page.goto("about:blank")
