"""Who may speak to the server: names that it answers to, websockets of its own pages, and its figures.

A page of any site can make a browser ask this server, so the browser's own word counts: ``Host`` is the name
that it was led here by, ``Origin`` the page that asks.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from streamlit import config

from alexnet.language import LANGUAGES, text
from alexnet.ui.server.address import is_loopback
from alexnet.ui.server.peer import host_name, is_own_machine
from alexnet.ui.server.settings import HOSTS, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG = logging.getLogger("alexnet.ui")

_FIGURES = "/_stcore/metrics"
_PRIVATE = ("arpa", "home", "internal", "lan", "local", "localdomain")
"""Ends of names that a room's own network gives and nobody can buy."""
_PORTS = {"http": 80, "https": 443}
_NAMED_IN_LOG = 20  # strange names that the log tells of


class Gate:
    """ASGI middleware that turns away what does not belong here, and says to browsers what they may do.

    * A name that the server does not go by gets 400: else a foreign page whose name is changed to lead here
      (DNS rebinding) could act as the reader. An address in digits cannot be changed so.
    * A websocket opens only for a page of this very server; Streamlit would take any port of this machine's.
    * Streamlit's figures about its sessions are for the server's own machine.

    Args:
        app: The application behind.
        settings: What the teacher allows beyond.
        names: The server's own names; those of this machine where None.
    """

    def __init__(self, app: ASGIApp, settings: Settings, names: Iterable[str] | None = None) -> None:
        self.app = app
        self.settings = settings
        self.names = {name.lower().rstrip(".") for name in (own_names() if names is None else names)}
        ancestors = " ".join(["'self'", *settings.embed])
        self.headers = {
            "content-security-policy": f"frame-ancestors {ancestors}",
            "referrer-policy": "same-origin",
            "x-content-type-options": "nosniff",
        }
        self._told: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it here."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host")
        known = self._knows(host)
        if scope["type"] == "websocket":
            origin = headers.get("origin")
            if not known or not (origin is None or self._is_own(origin, host or "")):
                self._tell(f"a websocket of {origin!r} to {host!r}")
                await send({"type": "websocket.close", "code": 1008})
                return
            if origin is not None:
                scope = _asked_as(scope, urlsplit(origin).netloc)
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message.setdefault("headers", [])
                sent = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    sent.setdefault(name, value)
            await send(message)

        answer = self.app
        if not known:
            self._tell(f"a request for {host!r}")
            answer = PlainTextResponse(_refusal(host), 400)
        elif scope["path"].rstrip("/").endswith(_FIGURES) and not _is_here(scope, headers):
            answer = PlainTextResponse("Not Found", 404)
        await answer(scope, receive, send_with_headers)

    def _knows(self, host: str | None) -> bool:
        name = host_name(host)
        if name is None:
            return False
        first, _, rest = name.partition(".")
        return (
            name in self.names
            or is_loopback(name)
            or name.endswith(".localhost")
            or _is_address(name)
            or (first in self.names and rest.rpartition(".")[2] in _PRIVATE)
            or any(_matches(name, named.partition(":")[0]) for named in self.settings.hosts)
        )

    def _is_own(self, origin: str, host: str) -> bool:
        """Whether a page of this origin is one of this server's, as the request's own name and port say.

        A proxy may have lost the port; then the origin may be one that the teacher has named.
        """
        try:
            page, own = urlsplit(origin), urlsplit(f"//{host}")
            port = _PORTS[page.scheme]
            if (page.hostname, page.port or port) == (own.hostname, own.port or port):
                return True
        except (KeyError, ValueError):  # "null", or no address at all
            return False
        return page.netloc.lower() in self.settings.hosts or page.hostname in self.settings.hosts

    def _tell(self, what: str) -> None:
        if what not in self._told and len(self._told) < _NAMED_IN_LOG:
            self._told.add(what)
            _LOG.warning("Refused %.200s. If it is the class's, name it in %s: see the README", what, HOSTS)


def own_names() -> set[str]:
    """The names of this machine, and those that Streamlit's settings give the server."""
    machine = socket.gethostname()
    given = [str(config.get_option(name) or "") for name in ("browser.serverAddress", "server.address")]
    return {name for name in (machine, machine.partition(".")[0], *given) if name}


def _refusal(host: str | None) -> str:
    shown = "".join(letter for letter in host or "" if letter.isprintable())[:100]
    return "\n\n".join(
        text("connection.host_refused", language, host=shown, setting=HOSTS) for language in LANGUAGES
    )


def _is_here(scope: Scope, headers: Headers) -> bool:
    client = scope.get("client")
    return client is not None and is_own_machine(client[0], headers)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


def _matches(name: str, named: str) -> bool:
    return name.endswith(named[1:]) if named.startswith("*.") else name == named


def _asked_as(scope: Scope, host: str) -> Scope:
    """The request with the host that its page has, for Streamlit's own, letter by letter comparison."""
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [*headers, (b"host", host.encode("latin-1"))]}
