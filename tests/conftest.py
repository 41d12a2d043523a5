"""What every test of a page needs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "app.py"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "expects_page_error: this test makes a page fail on purpose")


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """No test is named by bytes: a zip holds the time at which it was made, and two workers would differ."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a test makes the app write lies in the test's own folder."""
    folder = tmp_path / "alexnet_home"
    monkeypatch.setenv("ALEXNET_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def one_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reruns go through app.py, as the server ensures; AppTest alone would run a page without it."""
    original = PagesManager.__init__

    def init(self: PagesManager, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", init)


@pytest.fixture(autouse=True)
def pages_do_not_fail(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The frame turns an exception in a page into a sentence; in a test it is a failure all the same."""
    yield
    if request.node.get_closest_marker("expects_page_error"):
        return
    failed = [
        record.getMessage() + (f": {record.exc_info[1]!r}" if record.exc_info else "")
        for record in caplog.get_records("call")
        if record.name == "alexnet.ui" and record.levelno >= logging.WARNING
    ]
    assert not failed, failed


@pytest.fixture
def open_page() -> Callable[..., AppTest]:
    """Open a page through app.py: ``open_page("layers", lang="ko", size="224")``."""

    def open_(page: str, lang: str = "en", **parameters: str) -> AppTest:
        at = AppTest.from_file(str(APP), default_timeout=60)
        at.query_params.update({"lang": lang} | (parameters if page == "home" else {}))
        at.run()
        if page != "home":
            at.switch_page(f"pages/{page}/page.py")
            at.query_params.update({"lang": lang} | parameters)
            at.run()
        return at

    return open_
