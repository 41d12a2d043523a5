"""The data sets that the server is making of readers' photographs: each in a thread, one for each viewer.

A page that is left costs no set: it is made all the same, and found when its owner comes back.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from alexnet.data.own.collecting import Progress
from alexnet.data.own.record import OwnSet
from alexnet.errors import AlexNetError, DataError

_LOG = logging.getLogger("alexnet.sets")

_AT_ONCE = threading.BoundedSemaphore(2)
"""Each decodes with two threads; a class that uploads at once waits in turn."""


@dataclass(eq=False)
class Making:
    """One set on its way.

    Attributes:
        done, of: Files that are done, and how many there are; 0 of 0 while it waits.
        made: The set, when all went well.
        error: Why there is none.
        ended: Whether it is over.
    """

    done: int = 0
    of: int = 0
    made: OwnSet | None = None
    error: AlexNetError | None = None
    ended: threading.Event = field(default_factory=threading.Event)


_lock = threading.Lock()
_making: dict[str, Making] = {}


def start(viewer: str, work: Callable[[Progress], OwnSet]) -> Making:
    """Make a set; a viewer whose last one is not over gets that. Returns at once."""
    with _lock:
        known = _making.get(viewer)
        if known is not None and not known.ended.is_set():
            return known
        new = _making[viewer] = Making()
    threading.Thread(target=_work, args=(new, work), name="data set", daemon=True).start()
    return new


def of(viewer: str) -> Making | None:
    """The viewer's last one since the server's start; None where there was none, or it was seen."""
    return _making.get(viewer)


def seen(viewer: str) -> None:
    """Its end has been told to whom it concerns."""
    with _lock:
        known = _making.get(viewer)
        if known is not None and known.ended.is_set():
            del _making[viewer]


def _work(one: Making, work: Callable[[Progress], OwnSet]) -> None:
    def progress(done: int, of: int) -> None:
        one.done, one.of = done, of

    try:
        with _AT_ONCE:
            one.made = work(progress)
    except AlexNetError as error:
        # Without its traceback, which would keep the files in memory.
        one.error = type(error)(error.id, **error.values)
    except Exception as error:  # noqa: BLE001 -- a thread's own error would be seen by nobody
        _LOG.exception("making a data set")
        one.error = DataError("set_not_made", reason=f"{type(error).__name__}: {error}"[:200])
    finally:
        one.ended.set()
