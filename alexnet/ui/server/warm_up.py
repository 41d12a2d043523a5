"""What is imported before anybody waits for it.

The frame's own modules, while the browser is still opening: half a second's work. TensorFlow, once the first
page is on screen: it takes seconds and half a gigabyte. A page that needs no network never waits for it, and
the first page that does finds it done. Only a server does either: a page's test stays without TensorFlow.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import threading
import time
from typing import TYPE_CHECKING

from alexnet.errors import AlexNetError
from alexnet.runs.terminal import without_greetings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_LOG = logging.getLogger("alexnet.ui")

_FRAME = (
    *("alexnet.ui.frame", "streamlit.emojis", "numpy", "PIL.Image", "alexnet.trained.passage"),
    *("alexnet.ui.choices.models", "alexnet.ui.choices.photograph"),
)
_QUIET = 3.0  # seconds without a request after which the browser has all the scripts that draw the page
_PATIENCE = 60.0  # seconds after which TensorFlow is imported even so

_lock = threading.Lock()
_state = {"allowed": False, "started": False}
_last_request = [0.0]  # time.monotonic() of the latest HTTP request, or of the server's start


class Requests:
    """ASGI middleware: note when the latest HTTP request came."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note the time and pass the request on."""
        if scope["type"] == "http":
            _last_request[0] = time.monotonic()
        await self.app(scope, receive, send)


def server_started() -> None:
    """Import what the first page needs, in the background, and let that page start TensorFlow's import."""
    _state["allowed"] = True
    _last_request[0] = time.monotonic()
    threading.Thread(target=_import_frame, name="first page", daemon=True).start()


def page_sent() -> None:
    """A script run has ended: start TensorFlow's import, once, if this is a server. Returns at once."""
    with _lock:
        if not _state["allowed"] or _state["started"]:
            return
        _state["started"] = True
    threading.Thread(target=_import_tensorflow, name="warm-up", daemon=True).start()


def at_leisure() -> bool:
    """Has the server been asked for nothing for some seconds, so that nobody waits for a first page?"""
    return time.monotonic() - _last_request[0] >= _QUIET


def _import_frame() -> None:
    for name in _FRAME:
        importlib.import_module(name)


def _import_tensorflow() -> None:
    # What a script run sends is on screen only when the browser has fetched the scripts that draw it, from
    # this very process; an import that holds Python's lock meanwhile would delay the page by seconds.
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and not at_leisure():
        time.sleep(min(0.1, _QUIET))
    # Its lines about missing graphics cards would stand below the PIN and worry a teacher.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    started = time.perf_counter()
    from alexnet.trained import tensorflow  # and with it NumPy, for which the first page does not wait

    try:
        with without_greetings():
            tensorflow.load()
    except (AlexNetError, ImportError) as error:  # pages that need it explain this; the others go on
        _LOG.warning("TensorFlow is not usable: %s", error)
    else:
        _LOG.info("TensorFlow ready after %.1f s", time.perf_counter() - started)
        set_aside()


def set_aside() -> None:
    """Have the garbage collector pass over what is there now: the modules, which stay for good.

    TensorFlow brings three hundred thousand objects. To look through them takes a fifth of a second, in which
    no page moves, and the collector would do it again and again.
    """
    gc.collect()
    gc.freeze()
