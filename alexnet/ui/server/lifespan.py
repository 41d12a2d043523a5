"""The server's life: what happens once, before the first page and after the last."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import streamlit as st
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import script_runner

from alexnet.errors import InputError
from alexnet.home import trouble
from alexnet.language import LANGUAGES, explain
from alexnet.ui.server import outbox, peer, settings, uploads, waking, warm_up
from alexnet.ui.server.address import server_address
from alexnet.ui.server.gate import Gate
from alexnet.ui.server.helpers import helpers
from alexnet.ui.server.teacher import LOCK
from alexnet.ui.server.viewer import ViewerCookie

if TYPE_CHECKING:
    from starlette.middleware import Middleware


_SWITCH = 0.0005  # seconds until a thread at work gives way to one that waits; Python's own are 0.005


def middleware() -> list[Middleware]:
    """What stands before Streamlit: the gate, the warm-up's clock, the viewer's cookie, uploads' limit.

    Raises:
        SystemExit: A setting cannot be used; the terminal says which, and what it should be.
    """
    from starlette.middleware import Middleware

    try:
        given = settings.read()
    except InputError as error:
        say("\n" + "\n\n".join(f"  {explain(error, language)}" for language in LANGUAGES) + "\n")
        raise SystemExit(1) from None
    peer.believe_only(given.proxies)
    path = "/" + str(config.get_option("server.baseUrlPath") or "").strip("/")
    return [
        Middleware(Gate, settings=given),
        Middleware(warm_up.Requests),
        Middleware(ViewerCookie, path=path),
        Middleware(uploads.Limit),
    ]


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """From the server's start to its end."""
    # Streamlit takes a folder named pages/ for its older kind of multipage app until st.navigation has run
    # once. On a fresh server the first deep link would then run a page without the frame.
    PagesManager.uses_pages_directory = False
    spare_keras()
    # A script that has let go of Python's lock to send something gets it back sooner: with 30 readers and a
    # training the 95th percentile of a page fell by a fifth (``benchmarks.watching``, one run each).
    sys.setswitchinterval(_SWITCH)
    waking.once(asyncio.get_running_loop())
    outbox.drop_with_blocks()
    warm_up.server_started()
    say(f"\n  AlexNet Explorer   {server_address().url}\n  PIN (선생님 · teacher)   {LOCK.pin}\n")
    if (problem := trouble()) is not None:
        say("\n".join(f"  {explain(problem, language)}" for language in LANGUAGES) + "\n")
    async with helpers():
        yield


def script_error(error: Exception) -> bool:
    """An error that nothing else caught, in the words of ``alexnet.ui.net``."""
    from alexnet.ui import net  # and with it the runs, which the server's start does not wait for

    return net.of_last_resort(error)


def spare_keras() -> None:
    """Keep Streamlit from clearing Keras's session after every script run, a fragment's included.

    That is meant for scripts that build a network each time. Its garbage collection takes a fifth of a second
    in which no page moves: ten viewers of a training, whose pages look at it every second, then wait for ever
    longer. It also resets the state with which another viewer's thread may be building a network. Here
    networks are built once and kept.
    """
    script_runner._clean_problem_modules = _leave_them


def _leave_them() -> None:
    """In place of Streamlit's cleaning, which would also close Matplotlib's figures; here there are none."""


def say(text: str) -> None:
    """Print to the terminal; what its encoding lacks becomes a question mark.

    On Windows that is often not UTF-8 where the output goes to a file, and a server must start all the same.
    """
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), flush=True)
