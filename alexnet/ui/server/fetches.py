"""What the server is fetching: once for everybody, in a thread of its own."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field

from alexnet.errors import AlexNetError, DataError
from alexnet.weights import local
from alexnet.weights.catalogue import Published
from alexnet.weights.fetching import fetch

_LOG = logging.getLogger("alexnet.fetches")


@dataclass(eq=False)
class Fetch:
    """One network on its way.

    Attributes:
        entry: Which.
        done: Bytes that are here.
        error: Why it ended without the network; None while it goes on, and where all went well.
        ended: Whether it is over.
    """

    entry: Published
    done: int = 0
    error: AlexNetError | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def share(self) -> float:
        """How much of it is here, 0 to 1."""
        return min(1.0, self.done / self.entry.about)


_lock = threading.Lock()
_fetches: dict[str, Fetch] = {}


def start(entry: Published) -> Fetch:
    """Fetch a network; who asks for it while it is on its way gets the same. Returns at once."""
    with _lock:
        known = _fetches.get(entry.id)
        if known is not None and not known.ended.is_set():
            return known
        new = _fetches[entry.id] = Fetch(entry)
    threading.Thread(target=_work, args=(new,), name=f"fetch {entry.id}", daemon=True).start()
    return new


def of(entry: Published) -> Fetch | None:
    """The last fetch of a network since the server's start."""
    return _fetches.get(entry.id)


def _work(one: Fetch) -> None:
    def progress(done: int) -> None:
        one.done = done

    try:
        fetch(one.entry, progress)
        local.prepare(one.entry)
    except AlexNetError as error:
        one.error = error
    except Exception as error:  # noqa: BLE001 -- a thread's own error would be seen by nobody
        _LOG.exception("fetching %s", one.entry.id)
        one.error = DataError(
            "fetch_broken", file=one.entry.id, host="-", reason=f"{type(error).__name__}: {error}"[:200]
        )
    finally:
        one.ended.set()
