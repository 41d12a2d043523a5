"""Fetching from a server that breaks off, lies about length, sends something else, or sends one elsewhere."""

from __future__ import annotations

import errno
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from alexnet.errors import DataError
from alexnet.home import place
from alexnet.weights import fetching
from alexnet.weights.catalogue import Remote, published

CONTENT = bytes(range(256)) * 4000
SIZE = len(CONTENT)  # 1,024,000 bytes


class Handler(BaseHTTPRequestHandler):
    """Hands out ``CONTENT`` as the path says; ``server.asked`` holds each request's path and range."""

    def do_GET(self):
        wanted = self.headers.get("Range", "")
        self.server.asked.append((self.path, wanted))
        getattr(self, self.path.strip("/"))(int(wanted[6:-1]) if wanted else 0)

    def log_message(self, *arguments):
        pass

    def _answer(self, status, content, length=None, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def _range(self, begin, end):
        told = f"bytes {begin}-{len(CONTENT) - 1}/{len(CONTENT)}"
        self._answer(206, CONTENT[begin:end], len(CONTENT) - begin, Content_Range=told)

    def good(self, begin):
        self._range(begin, None) if begin else self._answer(200, CONTENT)

    def breaks(self, begin):
        end = begin + 300_000
        self._range(begin, end) if begin else self._answer(200, CONTENT[:end], len(CONTENT))

    def breaks_for_good(self, begin):
        self._answer(206, b"", Content_Range="bytes 9-9/9") if begin else self.breaks(0)

    def whole_again(self, begin):
        self._answer(200, CONTENT) if begin else self.breaks(0)

    def longer(self, begin):
        self._answer(200, CONTENT + b"more")

    def other(self, begin):
        self._answer(200, CONTENT[::-1])

    def missing(self, begin):
        self._answer(404, b"not here")

    def redirects(self, begin):
        self._answer(302, b"", Location="/good")

    def to_a_file(self, begin):
        self._answer(302, b"", Location="file:///etc/passwd")


@contextmanager
def _running() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(fetching, "PAUSE", 0.0)
    with _running() as one:
        yield one


def entry(server, path, *, size=SIZE, checksum=True):
    digits = f"sha256:{hashlib.sha256(CONTENT).hexdigest()}" if checksum else ""
    url = f"http://127.0.0.1:{server.server_port}/{path}"
    file = Remote("weights.bin", url, digits, size, len(CONTENT))
    return replace(published("caffenet"), id="tested", files=(file,))


def left():
    return sorted(path.name for path in (place("weights") / "tested").iterdir() if path.name != ".lock")


@pytest.mark.parametrize("path", ["good", "breaks", "whole_again", "redirects"])
@pytest.mark.parametrize("size", [len(CONTENT), None])
def test_a_file_arrives_whole_however_often_the_connection_breaks_off(server, path, size):
    told = []
    (there,) = fetching.fetch(entry(server, path, size=size), told.append)
    assert there.read_bytes() == CONTENT
    assert left() == ["weights.bin"]
    assert told == sorted(told) or path == "whole_again"
    assert told[-1] == len(CONTENT)


def test_what_broke_off_goes_on_where_it_ended(server):
    fetching.fetch(entry(server, "breaks"))
    ranges = [wanted for _, wanted in server.asked]
    assert ranges == ["", "bytes=300000-", "bytes=600000-", "bytes=900000-"]


def test_a_part_is_kept_and_the_next_fetch_goes_on_with_it(server):
    with pytest.raises(DataError) as caught:
        fetching.fetch(entry(server, "breaks_for_good"))
    assert caught.value.id == "fetch_broken"
    assert left() == ["weights.bin.part"]
    server.asked.clear()
    (there,) = fetching.fetch(entry(server, "good"))
    assert server.asked == [("/good", "bytes=300000-")]
    assert there.read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("longer", "fetch_length"),
        ("other", "fetch_checksum"),
        ("missing", "fetch_refused"),
        ("to_a_file", "fetch_refused"),
    ],
)
def test_what_is_not_the_published_file_is_thrown_away(server, path, error):
    with pytest.raises(DataError) as caught:
        fetching.fetch(entry(server, path))
    assert caught.value.id == error
    assert not [name for name in left() if (place("weights") / "tested" / name).stat().st_size]


def test_without_a_server_it_says_so():
    with _running() as gone:
        offline = entry(gone, "good")
    with pytest.raises(DataError) as caught:
        fetching.fetch(offline)
    assert caught.value.id == "fetch_offline"
    assert caught.value.values["host"] == "127.0.0.1"


def test_a_disk_that_is_full_before_or_on_the_way_is_said_and_left_as_it_was(server, monkeypatch):
    one = entry(server, "good")
    with monkeypatch.context() as patch:
        patch.setattr(fetching.shutil, "disk_usage", lambda path: type("", (), {"free": 10**6}))
        with pytest.raises(DataError) as caught:
            fetching.fetch(one)
    assert caught.value.id == "fetch_disk" and not server.asked

    def full(done):
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(DataError) as caught:
        fetching.fetch(one, full)
    assert caught.value.id == "fetch_disk"
    assert left() == []


def test_a_file_that_is_here_is_not_fetched_again_and_a_damaged_one_is(server):
    one = entry(server, "good")
    (there,) = fetching.fetch(one)
    server.asked.clear()
    fetching.fetch(one)
    assert not server.asked
    there.write_bytes(CONTENT[:-1] + b"x")
    fetching.fetch(one)
    assert len(server.asked) == 1 and there.read_bytes() == CONTENT


def test_an_encrypted_connection_is_not_left_for_an_open_one():
    handler = fetching._Redirects()
    request = fetching.urllib.request.Request("https://example.org/a")
    with pytest.raises(fetching.urllib.error.HTTPError):
        handler.redirect_request(request, None, 302, "", {}, "http://example.org/a")
