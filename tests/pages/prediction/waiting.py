"""Waiting for what a page has worked out in the background."""

from __future__ import annotations

import time


def finished(at):
    """The page once nothing is worked out any more."""
    end = time.monotonic() + 60
    while at.main.get("progress"):
        assert time.monotonic() < end
        time.sleep(0.1)
        at.run()
    return at
