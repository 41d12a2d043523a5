"""Who is looking: a random id in a cookie, never in a link.

The cookie is set with the first HTTP answer, before the page's websocket opens, and scripts in the browser
cannot read it. What the app stores and compares is a hash of it, so that no file of ours holds the secret.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import TYPE_CHECKING

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.requests import Request

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "alexnet_viewer"
_YEAR = 365 * 24 * 3600  # seconds
_TOKEN = re.compile(r"[0-9a-f]{32}")


def viewer_id() -> str:
    """The id of this browser: 16 hexadecimal digits, the same in every tab and after a reload.

    Where the browser keeps no cookies the id holds for the tab.
    """
    token = st.context.cookies.to_dict().get(COOKIE, "")
    if not _TOKEN.fullmatch(token):
        token = st.session_state.setdefault("_viewer", secrets.token_hex(16))
    return hashlib.sha256(token.encode("ascii")).hexdigest()[:16]


def keeps_cookies() -> bool:
    """Has this browser our cookie? If not, it is another viewer in every tab."""
    return bool(_TOKEN.fullmatch(st.context.cookies.to_dict().get(COOKIE, "")))


def viewer_address() -> str:
    """The network address of this browser, which a class behind one router has in common."""
    # Streamlit gives no address for a browser on the server's own machine.
    return st.context.ip_address or "localhost"


def refuses_cookies() -> bool:
    """Whether this browser was given the cookie with the page, and has not kept it.

    A page inside a page of another site gets none of its cookies, and a strict browser may keep none at all.
    Without a connection, as in a page's test, there is nothing to tell.
    """
    return bool(st.context.headers) and COOKIE not in st.context.cookies


class ViewerCookie:
    """ASGI middleware: give a browser without our cookie one.

    Args:
        app: The application behind.
        path: The path that the server answers under, ``/`` or its ``baseUrlPath``.
    """

    def __init__(self, app: ASGIApp, path: str = "/") -> None:
        self.app = app
        self.attributes = f"Path={path}; Max-Age={_YEAR}; HttpOnly; SameSite=Lax"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the cookie to the answer where it is missing."""
        if scope["type"] != "http" or not _needs_cookie(Request(scope)):
            await self.app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                cookie = f"{COOKIE}={secrets.token_hex(16)}; {self.attributes}"
                if scope.get("scheme") == "https":  # of this server, or of the proxy before it
                    cookie += "; Secure"  # so that it never travels in the clear
                message.setdefault("headers", [])
                MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def _needs_cookie(request: Request) -> bool:
    # Only the page itself: parallel fetches of its parts would race to set different cookies.
    is_page = "text/html" in request.headers.get("accept", "")
    return is_page and not _TOKEN.fullmatch(request.cookies.get(COOKIE, ""))
