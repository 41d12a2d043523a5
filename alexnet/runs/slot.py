"""One training at a time on one data folder: a lock file that the trainer itself holds for its life.

The system lets go of it when the process ends, however it ends, so a killed trainer blocks nobody; and two
apps over one data folder never train two runs at once.
"""

from __future__ import annotations

from filelock import FileLock, Timeout

from alexnet.home import folder

SLOT_TAKEN = 75
"""Exit code of a trainer that found another one at work: try again later (EX_TEMPFAIL of sysexits.h)."""


def slot() -> FileLock:
    """The lock; ``acquire(timeout=0)`` takes it or raises ``filelock.Timeout`` at once."""
    return FileLock(folder("runs") / ".slot.lock")


def free() -> bool:
    """Does nobody train at this moment?"""
    lock = slot()
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    lock.release()
    return True
