"""A browser tab as the server sees it: Streamlit's messages over a websocket, without a browser.

A tab sends what Chromium was seen to send: the address on the first run, then the page's hash, the states of
all widgets on the screen and the hashes of the large messages that it still has. It answers nothing to
pictures and charts, which a browser draws at its own expense.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60.0
"""Seconds after which a rerun counts as never answered."""

_SELDOM = (
    3600.0  # seconds: the frame has a fragment that repeats itself once a day, which no tab here lives to see
)
_KEPT = 2  # runs for which a browser keeps a large message


@dataclass
class Rerun:
    """A rerun that was asked for.

    Attributes:
        began: When it was sent.
        seconds: Until a run that began afterwards reached its end; None before.
        bytes: Received for that run.
    """

    began: float
    done: asyncio.Event
    seconds: float | None = None
    bytes: int = 0


class Session:
    """One tab.

    Attributes:
        pages: Each page's path to its hash; the start page's path is empty.
        fragments: The id of each fragment that wants to be run again and again, and its interval in seconds.
        broken_off: Runs that the next one overtook.
        problems: What the page showed as an error, in its words.
        words: The paragraphs of the last run.
    """

    def __init__(self, socket: ClientConnection, address: str, locale: str) -> None:
        self._socket, self._address, self._locale = socket, address, locale
        self.pages: dict[str, str] = {}
        self.fragments: dict[str, float] = {}
        self.broken_off = 0
        self.problems: list[str] = []
        self.words: list[str] = []
        self._page = self._query = ""
        self._hash = self._frame = ""
        self._waiting: list[Rerun] = []
        self._widgets: dict[str, tuple[str, WidgetState]] = {}  # id -> hash of its script, state
        self._large: dict[str, int] = {}  # hash of a message -> the run that last used it
        self._run, self._run_began, self._run_bytes = 0, 0.0, 0

    async def open(self, page: str, query: str = "") -> Rerun:
        """Ask for a page by its address, as a reload does, and wait until it is whole."""
        self._page, self._query = page, query
        message = self._message()
        message.rerun_script.page_name = page
        return await self._ask(message)

    async def go(self, page: str) -> Rerun:
        """Click on a page in the navigation."""
        self._page, self._query, self._hash = page, "", self.pages[page]
        self.fragments.clear()
        # What the frame around the pages holds stays: the language, the teacher's lock.
        self._widgets = {id: kept for id, kept in self._widgets.items() if kept[0] == self._frame}
        return await self.rerun()

    async def set(self, key: str, value: float) -> Rerun:
        """Change the number in a field or on a slider of that key.

        Raises:
            LookupError: The page has none.
        """
        states = [state for id, (_, state) in self._widgets.items() if id.endswith(f"-{key}")]
        if not states:
            raise LookupError(f"no {key} on /{self._page}, which says {self.problems}")
        state = states[0]
        if state.WhichOneof("value") == "double_array_value":
            state.double_array_value.data[:] = [value]
        else:
            state.double_value = value
        return await self.rerun()

    async def rerun(self) -> Rerun:
        """Run the page again."""
        message = self._message()
        message.rerun_script.page_script_hash = self._hash
        return await self._ask(message)

    async def tick(self) -> Rerun | None:
        """Run the fragment again, as the browser's timer does; returns at once. None if there is none now."""
        if not self.fragments:
            return None
        message = self._message()
        message.rerun_script.page_script_hash = self._hash
        message.rerun_script.fragment_id = next(iter(self.fragments))
        message.rerun_script.is_auto_rerun = True
        return await self._send(message)

    async def _ask(self, message: BackMsg) -> Rerun:
        rerun = await self._send(message)
        async with asyncio.timeout(PATIENCE):
            await rerun.done.wait()
        return rerun

    async def _send(self, message: BackMsg) -> Rerun:
        rerun = Rerun(time.perf_counter(), asyncio.Event())
        self._waiting.append(rerun)
        await self._socket.send(message.SerializeToString())
        return rerun

    def _message(self) -> BackMsg:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self._query
        state.widget_states.widgets.extend(state for _, state in self._widgets.values())
        state.cached_message_hashes.extend(self._large)
        context = state.context_info
        context.timezone, context.timezone_offset, context.locale = "Asia/Seoul", -540, self._locale
        context.url, context.color_scheme = f"{self._address}/{self._page}", "light"
        return message

    async def listen(self) -> None:
        """Take what the server sends, until it or this session closes."""
        async for data in self._socket:
            self._run_bytes += len(data)
            message = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
            self._take(message)

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._run += 1
            self._run_began, self._run_bytes = time.perf_counter(), 0
            self._frame = message.new_session.main_script_hash
            if not message.metadata.run.fragment_ids:  # the page draws its widgets anew
                self.fragments.clear()
                self.words.clear()
        elif kind == "navigation":
            for page in message.navigation.app_pages:
                self.pages["" if page.is_default else page.url_pathname] = page.page_script_hash
            self._hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "auto_rerun" and message.auto_rerun.interval < _SELDOM:
            self.fragments[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        elif kind == "stop_auto_rerun":
            for id in message.stop_auto_rerun.fragment_ids:
                self.fragments.pop(id, None)
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._draw(message.delta.new_element, message.metadata.active_script_hash)
        elif kind == "script_finished":
            self._finish(message.script_finished)
        if kind == "ref_hash" or message.metadata.cacheable:
            self._large[message.ref_hash or message.hash] = self._run

    def _draw(self, element: Element, script: str) -> None:
        state = widget_state(element)
        if state is not None and (state.id not in self._widgets or _is_set(element)):
            self._widgets[state.id] = (script, state)
        if element.WhichOneof("type") == "alert" and element.alert.format == element.alert.ERROR:
            self.problems.append(element.alert.body)
        if element.WhichOneof("type") == "markdown":
            self.words.append(element.markdown.body)

    def _finish(self, how: int) -> None:
        if how == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.broken_off += 1
            return
        now = time.perf_counter()
        for rerun in [rerun for rerun in self._waiting if rerun.began <= self._run_began]:
            rerun.seconds, rerun.bytes = now - rerun.began, self._run_bytes
            rerun.done.set()
            self._waiting.remove(rerun)
        self._large = {hash: run for hash, run in self._large.items() if self._run - run < _KEPT}


@asynccontextmanager
async def session(address: str, locale: str = "ko-KR") -> AsyncIterator[Session]:
    """A tab at a server that listens at ``address``; closed afterwards."""
    url = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    # The server's answers are compressed in neither case: Streamlit switches that off.
    async with connect(
        url, origin=address, subprotocols=["streamlit"], compression=None, max_size=None, proxy=None
    ) as socket:
        tab = Session(socket, address, locale)
        listener = asyncio.create_task(tab.listen())
        try:
            yield tab
        finally:
            listener.cancel()


def widget_state(element: Element) -> WidgetState | None:
    """What a browser reports of a widget that nobody has touched; None for what it says nothing of."""
    kind = element.WhichOneof("type")
    widget: Any = getattr(element, kind) if kind else None
    state = WidgetState(id=getattr(widget, "id", ""))
    if kind == "button_group":
        chosen = [widget.options[place].content for place in widget.default]
        state.string_array_value.data.extend(widget.raw_values if widget.set_value else chosen)
    elif kind == "selectbox":
        if not widget.set_value and not widget.options:
            return None
        state.string_value = widget.raw_value if widget.set_value else widget.options[widget.default]
    elif kind in ("text_input", "text_area"):
        state.string_value = widget.value if widget.set_value else widget.default
    elif kind == "number_input":
        state.double_value = widget.value if widget.set_value else widget.default
    elif kind == "checkbox":
        state.bool_value = widget.value if widget.set_value else widget.default
    elif kind == "slider" and not widget.options:
        state.double_array_value.data.extend(widget.value if widget.set_value else widget.default)
    else:
        return None
    return state


def _is_set(element: Element) -> bool:
    """Does the server want this value, whatever the widget showed?"""
    return bool(getattr(getattr(element, element.WhichOneof("type") or ""), "set_value", False))
