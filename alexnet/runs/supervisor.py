"""What is done about a trainer that answers nobody: a step can take half an hour, and nobody waits so long.

A trainer looks before every batch at what is wanted of it. One that has not answered a stop after some
seconds is ended, and its run stands as at its last save. A pause waits for the end of the step.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from alexnet.runs import process, queue
from alexnet.runs import run as folders
from alexnet.runs.run import Run
from alexnet.runs.status import Control, Status

_LOG = logging.getLogger("alexnet.training")

GRACE = 10.0
"""Seconds that a trainer has to see that it is to stop."""

SAVING = 120.0
"""Seconds that it has in all once it has seen that, to write down its state: half a gigabyte at most."""

EVERY = 1.0
"""Seconds between two looks."""


class Supervisor:
    """Looks after all trainers of this data folder, whoever started them.

    Args:
        grace: See ``GRACE``.
        saving: See ``SAVING``.
        clock: Seconds of a clock that only goes forward.
    """

    def __init__(
        self, grace: float = GRACE, saving: float = SAVING, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._grace, self._saving, self._clock = grace, saving, clock
        self._asked: dict[tuple[str, int], float] = {}

    def look(self) -> None:
        """End who has not answered in time, and write down who is gone."""
        queue.settle()
        asked: dict[tuple[str, int], float] = {}
        for run in folders.runs():
            status = run.status()
            if status.pid is None or not status.has_process:
                continue
            if (run.control() or Control()).action != "stop":
                continue
            who = (run.id, status.pid)
            # Counted from the first look: a computer that slept meanwhile gives it its seconds afterwards.
            asked[who] = self._asked.get(who, self._clock())
            if self._clock() - asked[who] >= (self._saving if status.leaving else self._grace):
                self._end(run, status, status.pid)
        self._asked = asked

    def _end(self, run: Run, status: Status, pid: int) -> None:
        _LOG.warning("Ending the trainer %d of run %s, which does not answer a stop", pid, run.id)
        process.end(pid, status.process_started or 0.0)
        queue.settle()
