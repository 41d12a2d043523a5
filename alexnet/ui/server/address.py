"""Where other devices in the room reach this server."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from streamlit import config


@dataclass(frozen=True)
class Address:
    """The server's address.

    Attributes:
        url: What to type in a browser.
        reachable: Whether it can be reached from another device: false when only this machine's own loopback
            address was found or the server listens on nothing else.
    """

    url: str
    reachable: bool

    @property
    def path(self) -> str:
        """The path that the server answers under: ``""`` or its ``baseUrlPath``."""
        return urlsplit(self.url).path

    @property
    def port(self) -> int:
        """The port, also where the url leaves it to its scheme."""
        parts = urlsplit(self.url)
        return parts.port or (443 if parts.scheme == "https" else 80)


def server_address() -> Address:
    """The address of this server on its local network, from the server's settings.

    Streamlit writes the port that it found free into its settings, so it is the one in use.
    """
    shown = (
        config.get_option("browser.serverAddress") if config.is_manually_set("browser.serverAddress") else ""
    )
    bound = str(config.get_option("server.address") or "")
    host = str(shown or (bound if bound not in ("", "0.0.0.0", "::") else local_host()))
    scheme = "https" if config.get_option("server.sslCertFile") else "http"
    path = str(config.get_option("server.baseUrlPath") or "").strip("/")
    port = int(config.get_option("server.port"))
    bracketed = f"[{host}]" if ":" in host else host
    url = f"{scheme}://{bracketed}:{port}" + (f"/{path}" if path else "")
    return Address(url, not is_loopback(host))


def local_host() -> str:
    """This machine's address on its network: the one that packets to elsewhere would leave from.

    Connecting a UDP socket only chooses the route; nothing is sent, and no internet is needed. The addresses
    are the documentation networks of RFC 5737 and RFC 3849. Without a route it is what the host's own name
    leads to, and at last ``localhost``.
    """
    for family, probe in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as udp:
                udp.connect((probe, 9))
                found = str(udp.getsockname()[0])
        except OSError:
            continue
        if not is_loopback(found):
            return found
    try:
        found = socket.gethostbyname(socket.gethostname())
    except OSError:
        return "localhost"
    return "localhost" if is_loopback(found) else found


def is_loopback(host: str) -> bool:
    """Whether a host is this machine for itself only."""
    if host.lower().rstrip(".") in ("localhost", ""):
        return True
    try:
        number = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    # A socket for both kinds of addresses gives one of version 4 as ::ffff:127.0.0.1.
    mapped = number.ipv4_mapped if isinstance(number, ipaddress.IPv6Address) else None
    return (mapped or number).is_loopback
