"""The frame around every page."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import textwrap
import threading

import pytest

from alexnet.errors import InputError
from alexnet.language import LANGUAGES, text
from alexnet.ui import pages
from alexnet.ui.pages import FOLDER, PAGES
from alexnet.ui.server import warm_up

WITHOUT_TENSORFLOW = [page.id for page in PAGES if page.id in ("home", "layers", "initializers", "glossary")]


def fail(error):
    def header(page_id):
        raise error

    return header


@pytest.mark.expects_page_error
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_fails_says_so_in_words_and_the_log_has_the_reason(
    open_page, monkeypatch, caplog, language
):
    monkeypatch.setattr("alexnet.ui.components.header", fail(RuntimeError("a secret path")))
    at = open_page("home", lang=language)
    assert not at.exception
    assert len(at.error) == 1
    (record,) = [record for record in caplog.records if record.name == "alexnet.ui"]
    assert record.levelno == logging.ERROR and record.exc_info[0] is RuntimeError
    reference = record.args[1]
    assert at.error[0].value == text("errors.unexpected", language, reference=reference)
    assert "secret" not in at.error[0].value
    assert at.sidebar.segmented_control(key="language").value == language


@pytest.mark.expects_page_error
def test_an_error_of_ours_that_no_page_caught_is_explained(open_page, monkeypatch):
    error = InputError("network_unknown", id="x", known="y")
    monkeypatch.setattr("alexnet.ui.components.header", fail(error))
    at = open_page("home", lang="ko")
    assert [box.value for box in at.error] == [text("errors.network_unknown", "ko", id="x", known="y")]


@pytest.mark.expects_page_error
def test_after_a_failure_the_next_run_is_well_again(open_page, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("alexnet.ui.components.header", fail(RuntimeError()))
        at = open_page("home", lang="en")
        assert at.error
    at.run()
    assert not at.error and at.title[0].value == text("home.title", "en")


@pytest.mark.parametrize("page", [page.id for page in PAGES])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_opens_and_runs_again_in_both_languages(open_page, page, language):
    at = open_page(page, lang=language)
    assert [title.value for title in at.title] == [text(f"{page}.title", language)]
    assert not at.exception and not at.error
    at.run()
    assert [title.value for title in at.title] == [text(f"{page}.title", language)]
    assert at.query_params == {"lang": language}


@pytest.mark.parametrize("page", [page.id for page in PAGES])
def test_every_page_asks_a_question(page):
    for language in LANGUAGES:
        assert text(f"{page}.title", language).endswith("?")


def test_every_page_of_the_table_has_its_file_and_every_file_its_entry():
    assert sorted(page.file for page in PAGES) == sorted(FOLDER.glob("*/page.py"))
    assert len({page.id for page in PAGES}) == len({page.path for page in PAGES}) == len(PAGES)
    assert PAGES[0].path == ""
    assert pages.listed("home") and not pages.listed("nowhere")


@pytest.mark.parametrize("page", WITHOUT_TENSORFLOW)
def test_a_page_that_needs_no_network_never_imports_tensorflow(page):
    script = textwrap.dedent(
        f"""
        import sys
        from streamlit.runtime.pages_manager import PagesManager
        from streamlit.testing.v1 import AppTest
        init = PagesManager.__init__
        def one_entry_point(self, *args, **kwargs):
            init(self, *args, **kwargs)
            PagesManager.uses_pages_directory = False
        PagesManager.__init__ = one_entry_point
        at = AppTest.from_file("app.py", default_timeout=60).run()
        if {page!r} != "home":
            at.switch_page("pages/{page}/page.py").run()
        assert not at.exception and not at.error, at
        assert at.title, at
        loaded = [name for name in ("tensorflow", "keras", "jax", "torch") if name in sys.modules]
        assert not loaded, loaded
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=FOLDER.parent, capture_output=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.fixture
def warm(monkeypatch):
    """The warm-up of a new process, which notes its imports instead of making them."""
    imported, frame_imported, finished = [], threading.Event(), threading.Event()

    def import_module(name):
        imported.append(name)
        if name == warm_up._FRAME[-1]:
            frame_imported.set()
        if name == "tensorflow":
            finished.set()

    monkeypatch.setattr(warm_up, "_state", {"allowed": False, "started": False})
    monkeypatch.setattr(warm_up, "_QUIET", 0.0)
    monkeypatch.setattr(warm_up.importlib, "import_module", import_module)
    return imported, frame_imported, finished


def test_the_warm_up_starts_once_with_the_first_page_sent(warm):
    imported, frame_imported, finished = warm
    warm_up.server_started()
    assert frame_imported.wait(10)
    assert "tensorflow" not in imported and "keras" not in imported
    imported.clear()
    warm_up.page_sent()
    warm_up.page_sent()
    assert finished.wait(10)
    assert imported == ["keras", "tensorflow"]


def test_without_a_server_nothing_is_warmed_up(warm):
    imported, _, finished = warm
    warm_up.page_sent()
    assert not finished.wait(0.2)
    assert not imported


def test_the_warm_up_waits_until_the_browser_asks_for_nothing_more(warm, monkeypatch):
    imported, _, finished = warm

    async def page(scope, receive, send):
        return None

    def ask():
        asyncio.run(warm_up.Requests(page)({"type": "http"}, None, None))

    monkeypatch.setattr(warm_up, "_QUIET", 0.6)
    warm_up._state["allowed"] = True
    ask()
    warm_up.page_sent()
    for _ in range(4):
        assert not finished.wait(0.3)
        ask()
    assert not imported
    assert finished.wait(10)
