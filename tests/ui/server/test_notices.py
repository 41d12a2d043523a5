"""What a reader is told of the connection, and when there is nothing to tell."""

from __future__ import annotations

import json

import pytest
from streamlit.runtime.context import ContextProxy, StreamlitCookies, StreamlitHeaders

from alexnet.language import LANGUAGES, text
from alexnet.ui.server import notices
from alexnet.ui.server.viewer import COOKIE

OWN = "test session id"  # of AppTest
URL = "http://192.168.0.7:8501/alexnet"


@pytest.fixture
def connect(monkeypatch):
    """A browser's connection: the cookie that it keeps, the session that it asks for, its address."""

    def connect(cookie=True, session=None, url=URL):
        protocols = ["streamlit", "PLACEHOLDER_AUTH_TOKEN", *([session] if session is not None else [])]
        headers = {"Host": "192.168.0.7:8501", "Sec-WebSocket-Protocol": ", ".join(protocols)}
        cookies = {COOKIE: "a" * 32} if cookie else {"_streamlit_xsrf": "x"}
        values = {
            "headers": StreamlitHeaders(headers.items()),
            "cookies": StreamlitCookies(cookies),
            "url": url,
        }
        for name, value in values.items():
            monkeypatch.setattr(ContextProxy, name, property(lambda self, value=value: value))

    return connect


def told(at):
    return [box.value for box in at.main.warning]


@pytest.mark.parametrize("session", [None, "", OWN])
def test_a_visit_and_the_same_session_again_are_told_nothing(open_page, connect, session):
    connect(session=session)
    at = open_page("layers")
    assert told(at) == [] and not at.get("link_button")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_cookies_every_page_says_what_does_not_work_and_leads_out(open_page, connect, language):
    connect(cookie=False)
    at = open_page("layers", lang=language, size="224")
    for _ in range(2):
        assert told(at) == [text("connection.cookies_refused", language)]
        (link,) = at.get("link_button")
        assert link.proto.label == text("connection.cookies_open", language)
        assert link.proto.url.partition("?")[0] == URL and "size=224" in link.proto.url
        at.run()


@pytest.mark.parametrize("url", [None, "javascript:alert(1)"])
def test_without_an_address_there_is_no_way_out_to_offer(open_page, connect, url):
    connect(cookie=False, url=url)
    at = open_page("layers")
    assert told(at) and not at.get("link_button")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_a_session_that_is_gone_says_so_until_it_was_read(open_page, connect, language):
    connect(session="a session of yesterday")
    at = open_page("layers", lang=language)
    for _ in range(2):
        assert told(at) == [text("connection.new_session", language)]
        at.run()
    at.button(key="new_session_seen").click().run()
    assert told(at) == []
    at.run()
    assert told(at) == []


def test_words_for_the_browser_end_no_script(monkeypatch):
    monkeypatch.setattr(notices, "template", lambda key, language: f"{key}</script><script>alert(1)")
    script = notices.words()
    assert "<" not in script
    said = json.loads(script.partition(" = ")[2].removesuffix(";"))
    assert said["lost_title"] == "connection.lost_title</script><script>alert(1)"
