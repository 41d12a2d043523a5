"""Who is at the other end, and whose word counts on it."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import os
import subprocess
import sys

import pytest
import uvicorn
import uvicorn.config

from alexnet.ui.server.peer import believe_only, host_name, is_own_machine
from tools.browsing import ROOT, running_app


@pytest.fixture
def client_seen(monkeypatch):
    """What the app sees of a request that came from one address, with ``X-Forwarded-For``."""

    def seen(proxies, peer, forwarded, kind="http"):
        scopes = []

        async def app(scope, receive, send):
            scopes.append(scope)

        monkeypatch.setattr(uvicorn.config, "ProxyHeadersMiddleware", uvicorn.config.ProxyHeadersMiddleware)
        believe_only(proxies)
        server = uvicorn.Config(app)
        server.load()
        scope = {
            "type": kind,
            "scheme": "http" if kind == "http" else "ws",
            "client": (peer, 5000),
            "headers": [(b"x-forwarded-for", forwarded.encode()), (b"x-forwarded-proto", b"https")],
        }
        asyncio.run(server.loaded_app(scope, None, None))
        return scopes[0]["client"][0], scopes[0]["scheme"]

    return seen


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "10.0.0.9"])
def test_nobody_is_believed_who_is_not_named(client_seen, peer, kind):
    scheme = "http" if kind == "http" else "ws"
    assert client_seen((), peer, "1.2.3.4", kind) == (peer, scheme)
    assert client_seen(("192.168.0.0/24",), peer, "1.2.3.4", kind) == (peer, scheme)


def test_a_named_proxy_says_where_a_request_came_from(client_seen):
    assert client_seen(("127.0.0.1",), "127.0.0.1", "10.0.0.9") == ("10.0.0.9", "https")
    assert client_seen(("10.1.0.0/16",), "10.1.2.3", "10.0.0.9", "websocket") == ("10.0.0.9", "wss")


def test_the_app_says_so_in_time_whoever_loads_it():
    code = (
        "import uvicorn; server = uvicorn.Config('app:app'); server.load(); "
        "print([peer in server.loaded_app.trusted_hosts for peer in ('127.0.0.1', '::1', '10.1.2.3')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"ALEXNET_PROXIES": "10.1.0.0/16"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.stdout.strip() == "[False, False, True]", done.stderr[-2000:]


def test_of_a_chain_the_last_address_that_no_trusted_proxy_has_counts(client_seen):
    spoofed = "1.2.3.4, 10.0.0.9, 10.1.0.2"
    assert client_seen(("127.0.0.1", "10.1.0.2"), "127.0.0.1", spoofed)[0] == "10.0.0.9"


@pytest.mark.parametrize(
    ("peer", "headers", "own"),
    [
        ("127.0.0.1", {"host": "localhost:8501"}, True),
        (None, {"host": "[::1]:8501"}, True),
        ("127.0.0.1", {"host": "lab.school.kr"}, False),
        ("127.0.0.1", {}, False),
        ("127.0.0.1", {"host": "localhost", "forwarded": "for=10.0.0.9"}, False),
        ("127.0.0.1", {"host": "localhost", "x-real-ip": "10.0.0.9"}, False),
        ("192.168.0.7", {"host": "localhost"}, False),
    ],
)
def test_a_proxy_on_the_own_machine_is_not_a_browser_there(peer, headers, own):
    assert is_own_machine(peer, headers) is own


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("Lab.School.kr:8501", "lab.school.kr"), ("[::1]:8501", "::1"), ("localhost.", "localhost"),
        ("", None), (None, None), ("a@b", None), ("a/b", None), ("a:b", None), ("[::1", None), ("a?b", None),
    ],
)  # fmt: skip
def test_a_host_header_is_a_name_and_a_port(host, name):
    assert host_name(host) == name


def test_a_real_server_is_guarded():
    def status(path="/", **headers):
        asking = http.client.HTTPConnection(address.partition("//")[2], timeout=20)
        with contextlib.closing(asking):
            asking.request("GET", path, headers=headers)
            return asking.getresponse().status

    def websocket(origin):
        upgrade = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        }
        return status("/_stcore/stream", Origin=origin, **upgrade)

    with running_app(seconds=120) as address:
        assert status() == 200
        assert status(Host="evil.example") == 400
        assert status("/_stcore/metrics") == 200
        assert status("/_stcore/metrics", **{"X-Forwarded-For": "127.0.0.1"}) == 404
        assert websocket(address) == 101
        assert websocket("http://evil.example") == websocket("http://127.0.0.1:9000") == 403
