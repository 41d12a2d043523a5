"""A server and a browser for the tests that look at the app as a person does."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tools.browsing import chromium, running_app

SECONDS = 45
"""How long an expectation waits. Two cores may be training a network meanwhile."""


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server that all tests share: do nothing there that another test would notice."""
    with running_app(seconds=120) as address:
        yield address


@pytest.fixture
def fresh_server() -> Iterator[str]:
    """The address of a server that nobody has visited yet."""
    with running_app(seconds=120) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium. Where none is installed these tests are left out, but never in CI."""
    found = chromium()
    try:
        opened = found.__enter__()
    except Error as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no Chromium: set CHROMIUM, or run `playwright install chromium` ({error.message[:80]})")
    yield opened
    found.__exit__(None, None, None)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new visitor's tab, Korean, 1280 by 900; a script error in the page fails the test."""
    context = browser.new_context(locale="ko-KR", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(SECONDS * 1000)
    expect.set_options(timeout=SECONDS * 1000)
    tab, errors = context.new_page(), []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    yield tab
    context.close()
    assert not errors, errors
