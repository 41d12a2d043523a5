"""The writing side of a run's folder, used by its trainer alone."""

from __future__ import annotations

import errno
import json
import logging
import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alexnet.home import write_bytes
from alexnet.runs import process
from alexnet.runs.run import read_json, write_status
from alexnet.runs.status import State, Status

_LOG = logging.getLogger("alexnet.training")

BEAT = 1.0
"""Seconds between two heartbeats."""

RESERVE = 64 * 1024
"""Bytes kept back, so that a full disk can still be reported."""


class Recorder:
    """Keeps a run's status fresh and writes down what it measures.

    Used as a context: on entry the run is ``running`` with this process and its heart beats; on exit the
    heart stops, and whoever left must have said how it ended by ``end``.

    Args:
        path: The run's folder.
        status: What to go on from: its counts are kept.
        abandon: Called, from whatever thread, when the run is not this process's any more: it was deleted, or
            given to another trainer because this one had fallen silent. Nothing is written there then.
    """

    def __init__(self, path: Path, status: Status, abandon: Callable[[], object] = lambda: None) -> None:
        self.path = path
        self._abandon, self._begun = abandon, False
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._status = replace(
            status,
            state="running",
            reason=None,
            values={},
            leaving=False,
            pid=os.getpid(),
            process_started=process.started(),
        )
        self._heart = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
        self._reserve = path / ".reserve"

    def __enter__(self) -> Recorder:
        write_bytes(self._reserve, bytes(RESERVE))
        mend(self.path / "metrics.jsonl")
        self._write()
        self._heart.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._heart.join()
        self._reserve.unlink(missing_ok=True)

    @property
    def status(self) -> Status:
        """As it stands in memory; on disk it is at most one heartbeat older."""
        return self._status

    def progress(self, *, epoch: int, step: int) -> None:
        """How far the training is; the next heartbeat writes it."""
        with self._lock:
            self._status = replace(self._status, epoch=epoch, step=step)

    def state(self, state: State) -> None:
        """Running or paused, written at once."""
        with self._lock:
            self._status = replace(self._status, state=state)
        self._write()

    def leaving(self) -> None:
        """The stop has been seen and the state is being written: nobody is to cut that short."""
        with self._lock:
            self._status = replace(self._status, leaving=True)
        self._write()

    def end(
        self, state: State, reason: str | None = None, values: Mapping[str, object] | None = None
    ) -> None:
        """How the training ended, written at once, on a full disk too; the heart stops."""
        self._over.set()
        self._heart.join()
        self._status = replace(
            self._status,
            state=state,
            reason=reason,
            values=values or {},
            pid=None,
            process_started=None,
            leaving=False,
        )
        self._reserve.unlink(missing_ok=True)
        self._write()

    def line(self, kind: str, **values: object) -> None:
        """Append one line to the metrics, whole and at once."""
        content = json.dumps({"kind": kind, **values, "time": round(time.time(), 3)}).encode() + b"\n"
        with (self.path / "metrics.jsonl").open("ab", buffering=0) as file:
            if file.write(content) != len(content):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def kernels(self, epoch: int, array: NDArray[Any]) -> None:
        """Keep the first layer: ``(height, width, channels, kernels)``, of all towers as many."""
        buffer = BytesIO()
        # A weight beyond half precision's range would become infinite.
        np.save(buffer, np.clip(array, -65504, 65504).astype(np.float16))
        write_bytes(self.path / "kernels" / f"{epoch:03d}.npy", buffer.getvalue())

    def photographs(self, array: NDArray[np.uint8]) -> None:
        """Keep the photographs whose answers are followed: ``(n, side, side, 3)``."""
        buffer = BytesIO()
        np.save(buffer, array)
        write_bytes(self.path / "photographs.npy", buffer.getvalue())

    def _write(self) -> None:
        with self._lock:
            if self._begun and not self._mine():
                self._abandon()
                return
            self._status = replace(self._status, heartbeat=time.time())
            write_status(self.path, self._status)
            self._begun = True

    def _mine(self) -> bool:
        if not (self.path / "config.json").exists():  # which is written once and never taken away
            return False
        written = read_json(self.path / "status.json")
        # A status that is torn or gone is mended by the next heartbeat.
        return not isinstance(written, dict) or written.get("pid") == os.getpid()

    def _beat(self) -> None:
        while not self._over.wait(BEAT):
            try:
                self._write()
            except OSError as error:  # the training itself meets a full disk and says so
                _LOG.warning("No heartbeat: %s", error)


def mend(path: Path) -> None:
    """Cut off a last line that was torn when its writer died, so that the next one stands alone."""
    try:
        with path.open("rb+") as file:
            content = file.read()
            file.truncate(content.rfind(b"\n") + 1)
    except FileNotFoundError:
        return


class ControlFile:
    """What somebody wants, asked before every batch: the control file is read only when it has changed."""

    def __init__(self, path: Path, read: Callable[[], Any]) -> None:
        self._path, self._read = path, read
        self._stamp: tuple[int, ...] | None = None
        self.latest: Any = None

    def read(self) -> Any:
        """The latest that could be understood; None if there was none."""
        try:
            stat = self._path.stat()
        except OSError:
            return self.latest
        stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if stamp != self._stamp and (found := self._read()) is not None:
            self.latest, self._stamp = found, stamp
        return self.latest
