"""A part of a page whose elements move is drawn anew before the browser has been sent what came before."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tools.browsing import running_app

pytestmark = pytest.mark.browser

APP = """
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:
    from alexnet.ui.server import outbox

    outbox.drop_with_blocks()
    app = st.App(__file__)
else:
    LARGE = "x" * 20_000  # so large that the browser keeps it, and is sent a mere reference the second time

    def part():
        time = st.session_state["time"] = st.session_state.get("time", 0) + 1
        if time % 2:
            st.write(f"time {time}")
            st.container().code(LARGE)
        else:
            st.container().code(LARGE)
            st.write(f"time {time}")
            st.rerun(scope="fragment")  # at once, before this is sent
        st.button("again")

    st.title("Moving")
    st.fragment(part)()
"""


def test_the_page_does_not_go_blank(page: Page, tmp_path: Path):
    script = tmp_path / "app.py"
    script.write_text(APP, encoding="utf-8")
    with running_app(script=script) as address:
        page.goto(address)
        for time in range(1, 10, 2):
            expect(page.get_by_text(f"time {time}", exact=True)).to_be_visible()
            page.get_by_role("button", name="again").click()
        page.goto("about:blank")  # a page whose server ends complains in its console
