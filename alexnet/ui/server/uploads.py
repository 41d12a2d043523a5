"""What Streamlit keeps of uploaded files: never more than a limit, and nothing once it has been read.

Streamlit holds a file in memory for as long as the browser's tab is open, and takes files straight over HTTP,
whether a page asks for them or not: sixty requests of 39 MB fill two gigabytes in seconds.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from streamlit import config, runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from alexnet.language import LANGUAGES, text

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

MOST_OF_SESSION = 200 * 2**20
"""Bytes that one tab may have here at once: twelve photographs of a telephone are 60 MB."""

MOST_OF_ALL = 2**30
"""Bytes that all tabs together may have here at once."""

FORGOTTEN = 600.0
"""Seconds after which a file that no page has read is let go. A page reads a file as soon as it has it, but
may be busy with those before."""

_TARGET = re.compile(r"/_stcore/upload_file/([^/]+)/([^/]+)/?$")


class Limit:
    """ASGI middleware: refuse an upload for which there is no room, with 413 and a sentence.

    What counts is what Streamlit has in memory and what is on its way, by the size that the request declares,
    or the largest that there may be.

    Args:
        app: The application behind.
        clock: Seconds that only go forward.
    """

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.monotonic) -> None:
        self.app = app
        self._clock = clock
        self._coming: Counter[str] = Counter()  # bytes on their way, by session
        self._came: dict[tuple[str, str], float] = {}  # when each file had come

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        self._forget()
        target = _TARGET.search(scope["path"]) if scope["type"] == "http" else None
        if target is None or scope["method"] != "PUT":
            await self.app(scope, receive, send)
            return
        session, file = target.groups()
        size = _size(Request(scope))
        if not self._room(session, size):
            await _pass_over(receive, size)
            said = "\n".join(text("errors.uploads_full", language) for language in LANGUAGES)
            await PlainTextResponse(said, status_code=413)(scope, receive, send)
            return
        with self._on_its_way(session, size):
            await self.app(scope, receive, send)
        if file in _kept().get(session, {}):
            self._came[session, file] = self._clock()

    def _room(self, session: str, size: int) -> bool:
        kept = {id: sum(len(file.data) for file in list(files.values())) for id, files in _kept().items()}
        of_session = kept.get(session, 0) + self._coming[session] + size
        of_all = sum(kept.values()) + self._coming.total() + size
        return of_session <= MOST_OF_SESSION and of_all <= MOST_OF_ALL

    @contextmanager
    def _on_its_way(self, session: str, size: int) -> Iterator[None]:
        self._coming[session] += size
        try:
            yield
        finally:
            self._coming[session] -= size
            self._coming = +self._coming  # without the sessions that have nothing on its way

    def _forget(self) -> None:
        """Let go of what nobody has read: the page was left, or there never was one."""
        old = [key for key, came in self._came.items() if self._clock() - came > FORGOTTEN]
        for session, file in old:
            del self._came[session, file]
            _manager().remove_file(session, file)


async def _pass_over(receive: Receive, size: int) -> None:
    """Receive a body and drop it: whoever is still sending would not hear the answer."""
    while size >= 0:
        message = await receive()
        size -= len(message.get("body", b""))
        if not message.get("more_body", False):
            return


def _size(request: Request) -> int:
    """Bytes of the body at most; the server in front holds a client to the size that it declares."""
    declared = request.headers.get("content-length", "")
    most = int(config.get_option("server.maxUploadSize")) * 2**20
    return min(int(declared), most) if declared.isdecimal() and declared.isascii() else most


def _manager() -> MemoryUploadedFileManager:
    return cast(MemoryUploadedFileManager, runtime.get_instance().uploaded_file_mgr)


def _kept() -> dict[str, dict[str, UploadedFileRec]]:
    """The files in Streamlit's memory, by session and by file."""
    return dict(_manager().file_storage)  # another thread may be adding one


def let_go(files: Iterable[object]) -> None:
    """Take files that have been read out of Streamlit's memory, where they came from an upload widget.

    Give the widget another key besides: the files that it still names are gone.
    """
    context = get_script_run_ctx()
    if context is None:
        return
    manager = cast(MemoryUploadedFileManager, context.uploaded_file_mgr)
    for file in files:
        if isinstance(file, UploadedFile):
            manager.remove_file(context.session_id, file.file_id)
