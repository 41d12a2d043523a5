"""Long work whose result is kept on disk: done once for all readers, in the background, one at a time."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

import streamlit as st

from alexnet.sandbox import Abandoned

_LOG = logging.getLogger("alexnet.ui")

_LOOK = 0.5  # seconds between two looks at the work
_PATIENCE = 30.0  # seconds after which work that is given up ends, unless somebody looks

Result = TypeVar("Result")
Tell = Callable[[float], None]
"""Takes the share that is done, 0 to 1."""


@dataclass
class Job(Generic[Result]):
    """Work under way, or its result.

    Attributes:
        share: How much of it is done, 0 to 1.
        found: The result.
        failed: It broke off, for a reason that the log tells.
        asked: When somebody last looked at it, in seconds of ``time.monotonic``.
        patience: Seconds after which it is given up if nobody looks.
    """

    share: float = 0.0
    found: Result | None = None
    failed: bool = False
    asked: float = field(default_factory=time.monotonic)
    patience: float = math.inf


class Jobs(Generic[Result]):
    """All work of one kind on this server: one at a time, the others wait for it.

    Args:
        name: Of the work, for the log and the threads.
        read: The result that lies at a path, or None.
        write: Puts it there. Where that fails, it is in memory all the same, and the next server works again.
        kept: Results that are kept in memory; the ones asked for longest ago go first.
    """

    def __init__(
        self,
        name: str,
        read: Callable[[Path], Result | None],
        write: Callable[[Path, Result], None],
        *,
        kept: int,
    ) -> None:
        self._name, self._read, self._write, self._kept = name, read, write, kept
        self._jobs: OrderedDict[Path, Job[Result]] = OrderedDict()
        self._lock, self._turn = threading.Lock(), threading.Lock()

    def job(
        self, path: Path, prepare: Callable[[], Callable[[Tell], Result]], *, given_up: bool = False
    ) -> Job[Result]:
        """The work whose result belongs at ``path``; it is begun unless it is there. Returns at once.

        Args:
            path: Of the result.
            prepare: Gives the work. It is called here, in the reader's script, where Streamlit's caches can
                be asked; the work itself runs in a thread that belongs to nobody's script.
            given_up: The work ends when nobody has looked for half a minute.
        """
        with self._lock:
            job = self._jobs.get(path)
            if job is None:
                job = Job(found=self._read(path), patience=_PATIENCE if given_up else math.inf)
                if job.found is None:
                    threading.Thread(
                        target=self._do, args=(job, path, prepare()), name=self._name, daemon=True
                    ).start()
                self._jobs[path] = job
            job.asked = time.monotonic()
            self._jobs.move_to_end(path)
            done = [known for known, one in self._jobs.items() if one.found is not None]
            for known in done[: -self._kept]:
                del self._jobs[known]
            return job

    def forget(self, path: Path) -> None:
        """Let the next ``job`` begin anew."""
        with self._lock:
            self._jobs.pop(path, None)

    def _do(self, job: Job[Result], path: Path, work: Callable[[Tell], Result]) -> None:
        def tell(share: float) -> None:
            job.share = share
            if time.monotonic() - job.asked > job.patience:
                raise Abandoned

        try:
            with self._turn:
                found = work(tell)
            try:
                self._write(path, found)
            except OSError as error:
                _LOG.warning("%s: the result cannot be kept on disk: %s", self._name, error)
            job.found = found
        except Abandoned:
            self.forget(path)
        except Exception:  # noqa: BLE001 -- whatever it is, the page says so and the log has it
            _LOG.exception("%s: the work has failed", self._name)
            job.failed = True


@st.fragment(run_every=_LOOK)
def progress(job: Job[Result], words: Callable[[float], str]) -> None:
    """A bar that follows work under way; when it is over the page is drawn again.

    Args:
        job: The work.
        words: What the bar says, for the share that is done.
    """
    if job.found is not None or job.failed:
        st.rerun()
    job.asked = time.monotonic()
    st.progress(job.share, text=words(job.share))
