"""A trainer that waits with TensorFlow imported, so that the next training begins seconds earlier.

Only a worker keeps one, and only after somebody looked at the form of a new training or while runs wait: half
a gigabyte of memory is not taken for nothing. It ends by itself after ``IDLE``, and with its worker.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from contextlib import suppress

import psutil

from alexnet.home import folder
from alexnet.runs import process
from alexnet.runs.run import Run

WAIT = "--wait"
"""What a trainer is given instead of a folder."""

IDLE = 15 * 60.0
"""Seconds until one that nobody needed ends: the time from opening the form to the last press of a class."""

_LOG = logging.getLogger("alexnet.training")
_FREE = 2 * 2**30  # bytes of memory that must be free: its own, and as much for everybody else


class Warm:
    """The waiting trainer of a worker, if there is one. For one thread.

    ``ALEXNET_WARM=0`` keeps none.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self.allowed = False
        """Set by a worker. A test, or a terminal that trains one run, keeps no process for later."""

    def prepare(self) -> None:
        """Let one begin to import TensorFlow, if none waits. Returns at once."""
        if not self.allowed or os.environ.get("ALEXNET_WARM", "").strip() == "0":
            return
        if self._child is not None:
            if self._child.poll() is None:
                return
            self.end()
        if psutil.virtual_memory().available < _FREE:
            return
        try:
            self._child = process.start(
                "alexnet.training.trainer", WAIT, log=folder("logs") / "trainer.log", told=True
            )
        except OSError as error:  # then the next training begins as if there were none
            _LOG.warning("No trainer waits: %s", error)

    def take(self, run: Run) -> subprocess.Popen[bytes] | None:
        """Give the waiting trainer a run, and let go of it; None if there is none, or it has just ended."""
        if self._child is not None and self._child.poll() is not None:
            self.end()
        child, self._child = self._child, None
        if child is None or child.stdin is None:
            return None
        try:
            child.stdin.write(json.dumps(str(run.path)).encode("ascii") + b"\n")
            child.stdin.close()
        except OSError:
            with suppress(OSError):
                child.kill()
            return None
        return child

    def end(self) -> None:
        """Send the waiting one away."""
        child, self._child = self._child, None
        if child is not None and child.stdin is not None:
            with suppress(OSError):
                child.stdin.close()  # it waits for a line, and its end is one, too
            child.wait()


def told() -> str | None:
    """Wait for a run's folder, from within a trainer that was started to wait; None if nobody has one."""
    line = sys.stdin.readline()
    return str(json.loads(line)) if line.endswith("\n") else None


WARM = Warm()
"""This process's."""
