"""How a class gets to this server: its address in large type, a code to scan, a hint about firewalls."""

from __future__ import annotations

import sys
from urllib.parse import urlsplit

import segno
import streamlit as st

from alexnet.ui.components import svg
from alexnet.ui.language import p, t
from alexnet.ui.server.address import Address, is_loopback, server_address

_PLATFORMS = ("windows", "macos", "linux")


def class_address() -> Address:
    """The address to give to a class.

    A reader who came by an address of the network has shown that it works (also behind a proxy, whose name,
    scheme and path only the browser knows), so it is that one; otherwise the one that the server finds for
    itself.
    """
    came_by, own = urlsplit(st.context.url or ""), server_address()
    if not came_by.hostname or is_loopback(came_by.hostname):
        return own
    # Streamlit puts the page's name behind it. Where the app lies under such a name itself, that went before.
    path = came_by.path.rstrip("/").removesuffix("/classroom") or own.path
    return Address(f"{came_by.scheme}://{came_by.netloc}{path}", True)


def qr_code(url: str) -> str:
    """The address as a QR code, SVG markup: black on white with its quiet zone in either theme."""
    code = segno.make(url, micro=False, error="m")
    svg = code.svg_inline(scale=6, border=3, dark="#000000", light="#FFFFFF", omitsize=True)
    return svg.replace("<svg ", '<svg role="img" aria-label="QR" style="border-radius:8px" ', 1)


def show() -> None:
    """Draw the address, its code and the firewall hint, or say that no other device reaches this server."""
    address = class_address()
    if not address.reachable:
        st.warning(p("classroom", "unreachable"), icon=":material/wifi_off:")
        return
    st.markdown(t("classroom.address"))
    with st.container(key="classroom_address"):
        st.code(address.url, language=None, wrap_lines=True)
    code, text = st.columns([1, 1], gap="medium", vertical_alignment="center")
    with code, st.container(key="classroom_qr"):
        svg(qr_code(address.url))
    with text, st.container(key="classroom_steps"):
        st.markdown(t("classroom.address_steps"))
        st.caption(t("classroom.address_same"))
    with st.expander(t("classroom.firewall"), icon=":material/shield:"):
        names = [t(f"classroom.firewall_{platform}") for platform in _PLATFORMS]
        tabs = st.tabs(names, default=names[_PLATFORMS.index(_own_platform())], key="classroom_firewall")
        for tab, platform in zip(tabs, _PLATFORMS, strict=True):
            tab.markdown(p("classroom", f"firewall_{platform}").replace("{port}", str(address.port)))


def _own_platform() -> str:
    return {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
