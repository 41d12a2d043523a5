"""Who draws next: a few script runs at a time, the longest waiting first.

Python runs one thread at a time. Thirty script runs that begin together would each get a thirtieth of it, so
that all of them end last, and the threads would hand it on thousands of times a second. One after the other,
the first is done when its own work is done, and nobody is done later than before.

A turn is lent and not owned: a script run that computes, waits for a process of its own or sleeps keeps the
others waiting no longer than ``_LENT`` seconds.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

_TURNS = 2
_LENT = 0.15  # seconds: a page is drawn in 20 to 60 milliseconds

_changed = threading.Condition()
_lent: dict[object, float] = {}
"""The turns that are out, and since when, in seconds of time.monotonic()."""
_waiting: deque[object] = deque()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a turn, and hold it for what is done in it, or until it has been lent for long enough."""
    mine = object()
    with _changed:
        _waiting.append(mine)
        try:
            while (seconds := _until_free(mine)) > 0:
                _changed.wait(seconds)
        finally:
            _waiting.remove(mine)
        _lent[mine] = time.monotonic()
        _changed.notify_all()
    try:
        yield
    finally:
        with _changed:
            _lent.pop(mine, None)  # None if it has run out
            _changed.notify_all()


def _until_free(mine: object) -> float:
    """Seconds to wait before asking again; 0 if it is this one's turn."""
    now = time.monotonic()
    for one in [one for one, since in _lent.items() if now - since >= _LENT]:
        del _lent[one]
    if _waiting[0] is not mine:
        return _LENT
    if len(_lent) < _TURNS:
        return 0.0
    return max(0.001, min(_lent.values()) + _LENT - now)
