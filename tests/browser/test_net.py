"""In a real browser too, what goes wrong in a callback or in a part of a page is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alexnet.language import text
from tools.browsing import running_app

pytestmark = pytest.mark.browser

APP = """
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:
    from alexnet.ui.server.lifespan import script_error

    app = st.App(__file__, on_script_error=script_error)
else:
    from alexnet.ui import net

    def fail():
        raise RuntimeError("a secret path")

    def part():
        st.button("callback of a part", on_click=fail)
        if st.button("part"):
            fail()
        st.write("the rest of the part")

    net.under_callbacks()
    net.caught()
    try:
        st.button("callback", on_click=fail)
        st.text_input("name", key="name")
        st.fragment(part)()
        st.write("the rest of the page")
        if st.button("page"):
            fail()
    except Exception as error:
        net.say(error, "the page")
"""


def test_every_error_is_a_sentence_and_the_page_stays(page: Page, tmp_path: Path):
    script, terminal = tmp_path / "app.py", tmp_path / "terminal.log"
    script.write_text(APP, encoding="utf-8")
    with running_app(script=script, terminal=terminal) as address:
        page.goto(f"{address}/?lang=ko")
        page.get_by_label("name").fill("고양이")
        page.get_by_label("name").press("Enter")
        boxes = page.get_by_test_id("stAlertContentError")
        for button in ("callback", "callback of a part", "part", "page"):
            page.get_by_role("button", name=button, exact=True).click()
            expect(boxes).to_have_count(1)
            expect(boxes).to_contain_text(text("errors.unexpected", "ko", reference="")[:20])
            expect(page.get_by_text("the rest of the page")).to_be_visible()
            expect(page.get_by_label("name")).to_have_value("고양이")
            expect(page.get_by_test_id("stException")).to_have_count(0)
            page.reload()
            page.get_by_label("name").fill("고양이")
            page.get_by_label("name").press("Enter")
            expect(boxes).to_have_count(0)
    assert terminal.read_text(encoding="utf-8").count("a secret path") >= 4
