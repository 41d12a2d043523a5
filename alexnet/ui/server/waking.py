"""One wake-up of the event loop for all that came while it slept, where asyncio makes one for each.

Every call of a script to Streamlit hands a message to the event loop, and asyncio wakes the loop each time by
writing to a socket. That lets go of Python's lock, and to get it back a script waits behind all others: with
thirty readers, up to five milliseconds for each of some hundred calls a page. One byte in the socket wakes
the loop as well as a hundred do.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

_LOG = logging.getLogger("alexnet.ui")


def once(loop: asyncio.AbstractEventLoop) -> bool:
    """Have a loop be woken once at a time. Returns whether it is one of a kind that this is known for.

    The callback is in the loop's list before the byte would be written, and the loop looks at its list before
    it sleeps: so no byte is needed while one is on its way. It counts as on its way until it has been read.
    """
    inner: Any = loop
    try:
        write, read, socket = inner._write_to_self, inner._read_from_self, inner._ssock
        add_reader = inner._add_reader
    except AttributeError:  # another kind of loop, as on Windows
        _LOG.debug("The event loop is woken for each message: %s", type(loop).__name__)
        return False
    under_way = False

    def write_once() -> None:
        nonlocal under_way
        if not under_way:
            under_way = True
            write()

    def read_all() -> None:
        nonlocal under_way
        read()
        under_way = False  # not before: a byte written meanwhile would be read here, and count for ever

    inner._write_to_self = write_once
    add_reader(socket.fileno(), read_all)
    return True
