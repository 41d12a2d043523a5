"""Who is at the other end of a connection: which address, and whether it is the server's own machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st
import uvicorn.config
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from alexnet.ui.server.address import is_loopback

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_HANDED_ON = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
"""Headers of a request that came through a proxy."""


def believe_only(proxies: tuple[str, ...]) -> None:
    """Take the word of these proxies, and of nobody else, for where a request came from.

    uvicorn believes ``X-Forwarded-For`` of every process on this machine. Behind a proxy here that hands the
    header on as it came, each pupil could then call himself what he likes. Streamlit leaves no way to tell
    uvicorn otherwise, so this must be called while it loads the app.

    Args:
        proxies: Addresses and networks.
    """

    def named_only(app: ASGIApp, trusted_hosts: object) -> ProxyHeadersMiddleware:
        return ProxyHeadersMiddleware(app, trusted_hosts=list(proxies))  # type: ignore[arg-type]

    uvicorn.config.ProxyHeadersMiddleware = named_only  # type: ignore[assignment, attr-defined]


def is_own_machine(peer: str | None, headers: Mapping[str, str]) -> bool:
    """Whether a request comes from a browser on the server's own machine.

    Behind a proxy on the same machine everybody seems to come from it. Such a proxy says so in a header, or
    hands on the name that the browser asked for, without which no websocket opens.

    Args:
        peer: The address at the other end; None where Streamlit leaves out that of this machine.
        headers: Of the request, with names in small letters or in any.
    """
    if peer is not None and not is_loopback(peer):
        return False
    return is_loopback(host_name(headers.get("host")) or "elsewhere") and not any(
        name in headers for name in _HANDED_ON
    )


def at_the_server() -> bool:
    """Whether this reader's browser runs on the server's own machine."""
    return is_own_machine(st.context.ip_address, st.context.headers)


def host_name(host: str | None) -> str | None:
    """The name or address in a ``Host`` header, in small letters; None where it is none."""
    try:
        parts = urlsplit(f"//{host or ''}")
        _ = parts.port  # a port that is none raises
    except ValueError:
        return None
    if parts.netloc != host or parts.username is not None or parts.password is not None:
        return None
    return (parts.hostname or "").rstrip(".") or None
