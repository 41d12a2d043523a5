"""What the server keeps of uploads has a limit, which a request meets before Streamlit sees it."""

from __future__ import annotations

import asyncio

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from alexnet.language import LANGUAGES, text
from alexnet.ui.server import uploads
from alexnet.ui.server.uploads import FORGOTTEN, MOST_OF_ALL, MOST_OF_SESSION, Limit

MEGABYTE = 2**20


class Server:
    """Streamlit's memory behind the limit, and a clock to set. Files are made of one and the same bytes."""

    def __init__(self):
        self.manager = MemoryUploadedFileManager("/_stcore/upload_file")
        self.now, self.bodies = 0.0, {}
        self.limit = Limit(self._streamlit, clock=lambda: self.now)

    async def _streamlit(self, scope, receive, send):
        *_, session, file = scope["path"].split("/")
        if scope["method"] == "PUT":
            data = self._bytes(len((await receive())["body"]))
            self.manager.add_file(session, UploadedFileRec(file, "a", "b", data))
        elif scope["method"] == "DELETE":
            self.manager.remove_file(session, file)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    def _bytes(self, size):
        return self.bodies.setdefault(size, bytes(size))

    async def ask(self, session, file, size=0, method="PUT", wait=None, declared=True):
        sent = []

        async def receive():
            if wait is not None:
                await wait.wait()
            return {"type": "http.request", "body": self._bytes(size)}

        async def send(message):
            sent.append(message)

        headers = [(b"content-length", str(size).encode())] if declared else []
        path = f"/base/_stcore/upload_file/{session}/{file}"
        await self.limit(
            {"type": "http", "method": method, "path": path, "headers": headers, "query_string": b""},
            receive,
            send,
        )
        return sent[0]["status"], b"".join(message.get("body", b"") for message in sent).decode()

    def put(self, session, file, size, **more):
        return asyncio.run(self.ask(session, file, size, **more))


@pytest.fixture
def server(monkeypatch):
    server = Server()
    monkeypatch.setattr(uploads, "_manager", lambda: server.manager)
    return server


def test_a_session_may_fill_its_share_and_gets_words_for_what_is_beyond_it(server):
    for file in range(5):
        assert server.put("one", file, 40 * MEGABYTE)[0] == 204
    status, said = server.put("one", "more", 1)
    assert status == 413
    assert said.splitlines() == [text("errors.uploads_full", language) for language in LANGUAGES]
    assert server.put("another", 0, 40 * MEGABYTE)[0] == 204


def test_all_sessions_together_may_fill_no_more_than_the_server_s_share(server):
    for number in range(60):  # as many as once filled 2.3 GB
        server.put(f"session {number % 10}", number, 39 * MEGABYTE)
    kept = sum(len(file.data) for files in server.manager.file_storage.values() for file in files.values())
    assert MOST_OF_ALL - 39 * MEGABYTE < kept <= MOST_OF_ALL


def test_what_is_taken_away_makes_room(server):
    for file in range(5):
        server.put("one", file, 40 * MEGABYTE)
    assert server.put("one", "more", 40 * MEGABYTE)[0] == 413
    asyncio.run(server.ask("one", 3, method="DELETE"))
    assert server.put("one", "more", 40 * MEGABYTE)[0] == 204


@pytest.mark.parametrize(("declared", "fit"), [(True, 5), (False, 1)])
def test_what_is_on_its_way_counts_too_and_no_longer_once_it_is_here(server, declared, fit):
    async def together():
        here = asyncio.Event()
        size = 40 * MEGABYTE
        coming = [
            asyncio.create_task(server.ask("one", file, size, wait=here, declared=declared))
            for file in range(8)
        ]
        await asyncio.sleep(0)
        here.set()
        return [(await task)[0] for task in coming]

    assert asyncio.run(together()) == [204] * fit + [413] * (8 - fit)
    assert not server.limit._coming


def test_a_request_that_breaks_off_gives_its_room_back(server):
    async def broken(scope, receive, send):
        raise OSError

    whole = server.limit.app
    server.limit.app = broken
    for file in range(9):
        with pytest.raises(OSError):
            server.put("one", file, 40 * MEGABYTE)
    server.limit.app = whole
    assert server.put("one", 0, 40 * MEGABYTE)[0] == 204


def test_what_no_page_has_read_for_minutes_is_let_go(server):
    for file in range(5):
        server.put("one", file, 40 * MEGABYTE)
    server.now += FORGOTTEN - 1
    assert server.put("one", "more", MEGABYTE)[0] == 413
    server.now += 2
    assert server.put("one", "more", MEGABYTE)[0] == 204
    assert list(server.manager.file_storage["one"]) == ["more"]


def test_other_requests_pass_whatever_there_is(server):
    for file in range(5):
        server.put("one", file, 40 * MEGABYTE)
    assert asyncio.run(server.ask("one", 1, method="OPTIONS"))[0] == 204
    assert MOST_OF_SESSION == 200 * MEGABYTE
