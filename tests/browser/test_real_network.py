"""A published network in a real Chromium, from a teacher's button to the kernels, and a file of one's own."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from alexnet.home import ROOT
from alexnet.language import text
from alexnet.weights.catalogue import published
from tests.weights import foreign
from tools.browsing import running_app

pytestmark = pytest.mark.browser

SECONDS = 60_000
NAME = text("real.name_caffenet_first", "en")
CATALOGUE = """
import sys
from dataclasses import replace
from types import MappingProxyType
sys.path.insert(0, {root!r})
from alexnet.weights import catalogue
entry = catalogue.PUBLISHED["caffenet_first"]
files = tuple(
    replace(file, url=f"{address}/{{file.name}}", checksum=checksum, size=size, about=size)
    for file, (checksum, size) in zip(entry.files, {proofs!r}, strict=True)
)
catalogue.PUBLISHED = MappingProxyType(
    dict(catalogue.PUBLISHED) | {{"caffenet_first": replace(entry, files=files)}}
)
"""


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The first layer's files, drawn at random, on a local server that the app's catalogue names.

    What it was asked for is in the list. Python imports ``sitecustomize`` before anything else.
    """
    folder, requests = tmp_path / "published", []
    pairs = foreign.drawn(published("caffenet").network, 9216)
    paths = foreign.files(published("caffenet_first"), folder, {"conv1": pairs["conv1"]})
    proofs = [
        (f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}", path.stat().st_size) for path in paths
    ]

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            super().do_GET()

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    patch = tmp_path / "patch" / "sitecustomize.py"
    patch.parent.mkdir()
    address = f"http://127.0.0.1:{server.server_port}"
    patch.write_text(CATALOGUE.format(root=str(ROOT), address=address, proofs=proofs), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(patch.parent))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield requests
    server.shutdown()
    server.server_close()
    thread.join()


def test_two_teachers_press_at_once_one_file_comes_and_everybody_sees_the_kernels(
    browser: Browser, asked: list[str], tmp_path: Path
):
    printed = tmp_path / "terminal.txt"
    contexts = [browser.new_context(locale="en-US") for _ in range(3)]
    with running_app(seconds=120, terminal=printed) as address:
        pin = re.search(r"PIN .*?(\d{6})", printed.read_text(encoding="utf-8"))[1]
        buttons = []
        for context in contexts[:2]:
            tab = context.new_page()
            tab.set_default_timeout(SECONDS)
            tab.goto(f"{address}/kernels?lang=en")
            sidebar = tab.get_by_test_id("stSidebar")
            sidebar.get_by_text(text("common.teacher", "en"), exact=True).click()
            tab.get_by_label("PIN", exact=True).fill(pin)
            tab.get_by_label("PIN", exact=True).press("Enter")
            expect(tab.get_by_text(text("common.teacher_open", "en"))).to_be_visible(timeout=SECONDS)
            sidebar.locator("summary").filter(has_text=text("real.title", "en")).click()
            buttons.append(sidebar.get_by_role("button", name=re.compile(re.escape(NAME))))
            expect(buttons[-1]).to_be_enabled(timeout=SECONDS)
        for button in buttons:
            button.click()
        for button in buttons:
            expect(button).to_have_count(0, timeout=SECONDS)  # it is here, and no longer offered
        assert sorted(asked) == ["/conv1Bias.txt", "/conv1Weights.txt"]

        student = contexts[2].new_page()
        student.goto(f"{address}/kernels?lang=en&model=caffenet_first")
        expect(student.get_by_text(f"Trained network: {NAME}")).to_be_visible(timeout=SECONDS)
        expect(student.locator(".st-key-kernels_sheets .tiles, .tiles").first).to_be_visible(timeout=SECONDS)
        student.goto(f"{address}/towers?lang=en")
        expect(student.get_by_text("Medians:")).to_be_visible(timeout=SECONDS)
    for context in contexts:
        context.close()


def test_a_file_of_ones_own_is_uploaded_and_its_kernels_are_shown(browser: Browser, tmp_path: Path):
    path = tmp_path / "my kernels.npy"
    np.save(path, np.random.default_rng(0).normal(size=(96, 11, 11, 3)).astype(np.float32))
    context = browser.new_context(locale="en-US")
    with running_app(seconds=120) as address:
        tab = context.new_page()
        tab.set_default_timeout(SECONDS)
        tab.goto(f"{address}/kernels?lang=en")
        sidebar = tab.get_by_test_id("stSidebar")
        sidebar.get_by_text(text("real.file_title", "en"), exact=True).click()
        sidebar.get_by_text(text("real.file_ask", "en"), exact=True).click()
        sidebar.locator("input[type=file]").set_input_files(path)
        expect(tab.get_by_text("Trained network: File: my kernels.npy")).to_be_visible(timeout=SECONDS)
        expect(tab).to_have_url(re.compile(r"model=file_[0-9a-f]{12}"))
        path.write_bytes(b"no numbers")
        sidebar.locator("input[type=file]").set_input_files(path)
        alert = tab.get_by_test_id("stAlertContentError")
        expect(alert).to_contain_text("damaged", timeout=SECONDS)
    context.close()
