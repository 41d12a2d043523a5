"""TensorFlow, imported in the background once the first page has been sent.

The import takes seconds and half a gigabyte. A page that needs no network never waits for it, and the first
page that does finds it done. Only the server allows it: a test of one page stays without TensorFlow.
"""

from __future__ import annotations

import importlib
import logging
import threading
import time

_LOG = logging.getLogger("alexnet.ui")
_DELAY = 1.5  # seconds: the browser is still fetching scripts and fonts from this process

_lock = threading.Lock()
_state = {"allowed": False, "started": False}


def allow() -> None:
    """Let the first finished page start the warm-up. Called by the server when it starts."""
    _state["allowed"] = True


def page_sent() -> None:
    """Start the warm-up, once, if the server allows it. Returns at once."""
    with _lock:
        if not _state["allowed"] or _state["started"]:
            return
        _state["started"] = True
    threading.Thread(target=_import, name="warm-up", daemon=True).start()


def _import() -> None:
    time.sleep(_DELAY)
    started = time.perf_counter()
    try:
        importlib.import_module("keras")
        importlib.import_module("tensorflow")
    except ImportError as error:  # pages that need it explain this; the others go on
        _LOG.warning("TensorFlow is not usable: %s", error)
    else:
        _LOG.info("TensorFlow ready after %.1f s", time.perf_counter() - started)
