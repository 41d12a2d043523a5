"""The cookie that says who is looking."""

from __future__ import annotations

import asyncio
import re

import pytest
from streamlit.runtime.context import ContextProxy, StreamlitCookies
from streamlit.testing.v1 import AppTest

from alexnet.ui.server.viewer import COOKIE, ViewerCookie

BROWSER = {"accept": "text/html,application/xhtml+xml"}
ATTRIBUTES = "Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"


def cookie_set(headers=BROWSER, scheme="http", **settings):
    """Ask for a page as a browser does; the cookie that the answer sets, or None."""
    sent = []

    async def page(scope, receive, send):
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]}
        )
        await send({"type": "http.response.body", "body": b"page"})

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request"}

    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    asyncio.run(
        ViewerCookie(page, **settings)({"type": "http", "scheme": scheme, "headers": raw}, receive, send)
    )
    assert (b"content-type", b"text/html") in sent[0]["headers"]
    assert sent[1]["body"] == b"page"
    found = [value.decode() for name, value in sent[0]["headers"] if name == b"set-cookie"]
    assert len(found) <= 1
    return found[0] if found else None


def test_a_browser_without_the_cookie_gets_one_that_scripts_cannot_read():
    assert re.fullmatch(rf"{COOKIE}=[0-9a-f]{{32}}; {ATTRIBUTES}", cookie_set())


def test_every_browser_gets_another():
    assert len({cookie_set() for _ in range(20)}) == 20


def test_a_browser_that_has_it_keeps_it():
    given = cookie_set().partition(";")[0]
    assert cookie_set(BROWSER | {"cookie": f"other=1; {given}"}) is None


@pytest.mark.parametrize("forged", ["", "x", "0" * 31, "0" * 33, "../../etc", "G" * 32])
def test_a_cookie_that_is_not_ours_is_replaced(forged):
    given = cookie_set(BROWSER | {"cookie": f"{COOKIE}={forged}; other=1"})
    assert re.fullmatch(rf"{COOKIE}=[0-9a-f]{{32}}; {ATTRIBUTES}", given)


def test_scripts_and_pictures_set_no_cookie():
    assert cookie_set({"accept": "*/*"}) is None


def test_a_websocket_passes_untouched():
    scopes = []

    async def page(scope, receive, send):
        scopes.append((scope, send))

    scope = {"type": "websocket", "headers": [(b"accept", b"text/html")]}
    asyncio.run(ViewerCookie(page)(scope, None, print))
    assert scopes == [(scope, print)]


def test_under_a_path_and_https_the_cookie_keeps_to_them():
    given = cookie_set(path="/alexnet", scheme="https")
    assert "Path=/alexnet;" in given
    assert given.endswith("; Secure")
    assert "Secure" not in cookie_set()


@pytest.fixture
def viewer_of(monkeypatch):
    """The id of a browser that sends this cookie, or none, in two runs of one tab."""
    script = (
        "import streamlit as st\n"
        "from alexnet.ui.server.viewer import viewer_id\n"
        "st.session_state['ids'] = [*st.session_state.get('ids', []), viewer_id()]"
    )

    def viewer(cookie):
        cookies = StreamlitCookies({} if cookie is None else {COOKIE: cookie})
        monkeypatch.setattr(ContextProxy, "cookies", property(lambda self: cookies))
        first, second = AppTest.from_string(script, default_timeout=20).run().run().session_state["ids"]
        assert first == second
        return first

    return viewer


def test_the_id_is_a_hash_so_that_no_file_holds_the_secret(viewer_of):
    one, other = viewer_of("a" * 32), viewer_of("b" * 32)
    assert re.fullmatch(r"[0-9a-f]{16}", one)
    assert one == viewer_of("a" * 32) != other
    assert one not in "a" * 32


def test_without_cookies_each_tab_is_a_viewer(viewer_of):
    assert viewer_of(None) != viewer_of(None)
    assert viewer_of("not ours") != viewer_of("not ours")
