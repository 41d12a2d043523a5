"""A server and a browser for the tests that look at the app as a person does."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tools.browsing import chromium, listen, running_app

SECONDS = 45
"""How long an expectation waits. Two cores may be training a network meanwhile."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test in Chromium has a second try; the summary names each that needed it.

    Two tests, two servers, two browsers and perhaps a training share the cores, so a redraw may come between
    two steps that no reader would take so fast. A fault of the app fails both tries.
    """
    for item in items:
        if item.get_closest_marker("browser") is not None:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server that a module's tests share: do nothing there that another would notice."""
    with running_app(seconds=120) as address:
        yield address


@pytest.fixture
def fresh_server() -> Iterator[str]:
    """The address of a server that nobody has visited yet."""
    with running_app(seconds=120) as address:
        yield address


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """A Chromium for a module's tests, with the flags that its ``FLAGS`` names.

    Where there is none they are left out, but never in CI.

    Not for the whole session: Playwright keeps an event loop running, and tests elsewhere need their own.
    """
    with contextlib.ExitStack() as stack:
        try:
            opened = stack.enter_context(chromium(*getattr(request.module, "FLAGS", ())))
        except Error as error:
            if os.environ.get("CI") or "Executable doesn't exist" not in str(error):
                raise
            pytest.skip("no Chromium: install one, name it in $CHROMIUM, or `playwright install chromium`")
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new visitor's tab, Korean, 1280 by 900; a console error or a request elsewhere fails the test."""
    context = browser.new_context(locale="ko-KR", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(SECONDS * 1000)
    expect.set_options(timeout=SECONDS * 1000)
    tab = context.new_page()
    heard = listen(tab)
    yield tab
    context.close()
    assert heard == []
