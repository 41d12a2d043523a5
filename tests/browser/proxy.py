"""A reverse proxy that serves the app under a path, as nginx's ``location /alexnet/`` does; for tests."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def under_path(address: str, path: str = "/alexnet") -> Iterator[int]:
    """Hand on what asks for ``path`` to the server at ``address``, without the path; yields the proxy's port.

    The host that the browser asked for goes along, and so does its address.
    """
    host, _, port = address.partition("//")[2].partition(":")
    listening = socket.create_server(("127.0.0.1", 0))

    def serve(browser: socket.socket, peer: str) -> None:
        with browser, suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                piece = browser.recv(65536)
                if not piece:
                    return
                head += piece
            head, _, body = head.partition(b"\r\n\r\n")
            first, *headers = head.decode("latin-1").split("\r\n")
            first = re.sub(rf" {path}(?=/)", " ", first, count=1)
            if not any(line.lower().startswith("upgrade:") for line in headers):
                # One request a connection, so that no other hides in what is copied.
                headers = [line for line in headers if not line.lower().startswith("connection:")]
                headers.append("Connection: close")
            headers.append(f"X-Forwarded-For: {peer}")
            with socket.create_connection((host, int(port))) as server:
                server.sendall("\r\n".join([first, *headers, "", ""]).encode("latin-1") + body)
                back = threading.Thread(target=copy, args=(server, browser), daemon=True)
                back.start()
                copy(browser, server)
                back.join()

    def accept() -> None:
        with suppress(OSError):  # the listening socket is closed at the end
            while True:
                browser, (peer, _) = listening.accept()
                threading.Thread(target=serve, args=(browser, peer), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    with listening:
        yield listening.getsockname()[1]


def copy(source: socket.socket, target: socket.socket) -> None:
    """Hand on all that comes, and its end."""
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
