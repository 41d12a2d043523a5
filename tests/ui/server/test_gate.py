"""Whom the server answers, by name, by page and by place."""

from __future__ import annotations

import asyncio

import pytest

from alexnet.language import LANGUAGES, text
from alexnet.ui.server.gate import Gate
from alexnet.ui.server.settings import Settings

pytestmark = pytest.mark.expects_page_error  # the log tells the teacher of strangers

NAMES = {"Teacher-PC", "lab.example"}
GIVEN = Settings(("lab.school.kr", "*.class.kr", "other.kr:8443"), ("https://lms.example",))


def ask(kind="http", host="127.0.0.1:8501", path="/", client=("10.0.0.9", 5000), given=GIVEN, **headers):
    """Ask the gate as a browser does; what it sent, and the scopes that it let in."""
    let_in, sent = [], []

    async def app(scope, receive, send):
        let_in.append(scope)
        if kind == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"page"})

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    if host is not None:
        raw.append((b"host", host.encode("latin-1")))
    scope = {"type": kind, "path": path, "method": "GET", "headers": raw, "client": client}
    asyncio.run(Gate(app, given, NAMES)(scope, receive, send))
    return sent, let_in


@pytest.mark.parametrize(
    "host",
    [
        "localhost:8501", "127.0.0.1:8501", "[::1]:8501", "192.168.0.7:8501", "[fd00::5]", "10.0.0.1",
        "teacher-pc", "TEACHER-PC.local:8501", "teacher-pc.school.local", "teacher-pc.lan", "app.localhost",
        "lab.example", "lab.example.:8501", "lab.school.kr", "LAB.school.kr:443", "a.class.kr", "other.kr",
    ],
)  # fmt: skip
def test_the_server_answers_to_addresses_and_to_names_that_are_its_own_or_named(host):
    sent, let_in = ask(host=host)
    assert sent[0]["status"] == 200 and len(let_in) == 1


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "teacher-pc.evil.example",
        "lab.example.evil.kr", "class.kr", "aclass.kr", "school.kr", "", None, "127.0.0.1@evil.example",
        "evil.example/127.0.0.1", "127.0.0.1:x", "evil.local",
    ],
)  # fmt: skip
def test_a_strange_name_gets_400_which_says_what_to_set_and_no_websocket(host, caplog):
    sent, let_in = ask(host=host)
    assert let_in == [] and sent[0]["status"] == 400
    assert dict(sent[0]["headers"])[b"content-type"].startswith(b"text/plain")
    said = sent[1]["body"].decode()
    for language in LANGUAGES:
        assert text("connection.host_refused", language, host=host or "", setting="ALEXNET_HOSTS") in said
    assert "ALEXNET_HOSTS" in caplog.text
    sent, let_in = ask("websocket", host=host)
    assert let_in == [] and sent == [{"type": "websocket.close", "code": 1008}]


def test_every_answer_says_what_browsers_may_do():
    for host in ("127.0.0.1", "evil.example"):
        headers = dict(ask(host=host)[0][0]["headers"])
        assert headers[b"content-security-policy"] == b"frame-ancestors 'self' https://lms.example"
        assert headers[b"x-content-type-options"] == b"nosniff"
        assert headers[b"referrer-policy"] == b"same-origin"
    alone = dict(ask(given=Settings())[0][0]["headers"])
    assert alone[b"content-security-policy"] == b"frame-ancestors 'self'"


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://127.0.0.1:8501", "127.0.0.1:8501"),
        ("http://[::1]:8501", "[::1]:8501"),
        ("https://lab.school.kr", "lab.school.kr"),
        ("https://lab.school.kr", "lab.school.kr:443"),
        (
            "https://lab.school.kr:9443",
            "lab.school.kr",
        ),  # the proxy has lost the port, the teacher named the host
        ("https://other.kr:8443", "127.0.0.1:8501"),  # the proxy hands on no name
    ],
)
def test_a_websocket_opens_for_the_servers_own_pages(origin, host):
    sent, (scope,) = ask("websocket", host=host, origin=origin)
    assert sent == []
    # Streamlit compares letter by letter.
    assert dict(scope["headers"])[b"host"].decode() == origin.partition("//")[2]


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://evil.example", "127.0.0.1:8501"),
        ("http://127.0.0.1:9000", "127.0.0.1:8501"),  # another program of this machine
        ("http://localhost:8501", "127.0.0.1:8501"),
        ("http://127.0.0.1", "127.0.0.1:8501"),
        ("https://other.kr:9999", "other.kr:8443"),
        ("https://b.class.kr", "a.class.kr"),
        ("https://lms.example", "127.0.0.1:8501"),  # may show the app, not speak for it
        ("null", "127.0.0.1:8501"),
        ("file://127.0.0.1:8501", "127.0.0.1:8501"),
        ("http://[", "127.0.0.1:8501"),
        ("", "127.0.0.1:8501"),
    ],
)
def test_a_websocket_of_any_other_page_is_refused(origin, host):
    sent, let_in = ask("websocket", host=host, origin=origin)
    assert let_in == [] and sent == [{"type": "websocket.close", "code": 1008}]


def test_a_program_without_origin_may_open_a_websocket():
    assert len(ask("websocket")[1]) == 1


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/alexnet/_stcore/metrics", "/_stcore/metrics/"])
@pytest.mark.parametrize(
    ("client", "headers", "status"),
    [
        (("127.0.0.1", 5000), {}, 200),
        (("::1", 5000), {}, 200),
        (("10.0.0.9", 5000), {}, 404),
        (None, {}, 404),
        (("127.0.0.1", 5000), {"x-forwarded-for": "127.0.0.1"}, 404),
        (("127.0.0.1", 5000), {"via": "1.1 caddy"}, 404),
        (("127.0.0.1", 5000), {"host": "lab.school.kr"}, 404),
    ],
)
def test_the_servers_figures_are_for_its_own_machine(path, client, headers, status):
    sent, _ = ask(path=path, client=client, **({"host": "localhost:8501"} | headers))
    assert sent[0]["status"] == status


def test_the_log_names_each_stranger_once_and_no_more_than_twenty(caplog):
    async def nothing(*_):
        return None

    async def many():
        gate = Gate(nothing, Settings(), NAMES)
        for number in [*range(30), *range(30)]:
            scope = {"type": "http", "path": "/", "headers": [(b"host", b"evil%d.example" % number)]}
            await gate(scope, nothing, nothing)

    asyncio.run(many())
    assert len(caplog.records) == 20


def test_the_servers_life_passes():
    assert ask("lifespan", host="evil.example") == ([], [ask("lifespan", host="evil.example")[1][0]])
