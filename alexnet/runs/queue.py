"""Who trains next. The folders are the queue; Huey only wakes the worker up.

A task says "train what waits" and carries no run, so a lost or doubled task does no harm: the worker asks
for one more when it starts. SQLite keeps the tasks, or Redis where ``ALEXNET_REDIS_URL`` names one (the
package ``redis`` must then be installed).
"""

from __future__ import annotations

import math
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from alexnet.errors import InputError
from alexnet.home import folder, place
from alexnet.runs import process
from alexnet.runs import run as folders
from alexnet.runs.box import file_box, redis_box
from alexnet.runs.config import Config
from alexnet.runs.run import Run
from alexnet.runs.slot import SLOT_TAKEN, free
from alexnet.runs.status import Status
from alexnet.runs.warm import WARM

_FILE = ".queue.db"
_PAUSE = 0.5  # seconds between two looks while another trains
_KILLED = 9  # SIGKILL, which Windows has no name for: the system's own way when its memory is at an end
_ABORTED = 6  # SIGABRT: how a library ends the process that cannot have the memory that it wants
_LAST_WORDS = 4096  # bytes


class Bell(NamedTuple):
    """Huey, and its tasks: to train what waits, and to be ready for what is soon asked for."""

    huey: Any
    ring: Callable[[], Any]
    expect: Callable[[], Any]


def bell() -> Bell:
    """The wake-up call between apps and workers of this data folder.

    Raises:
        DataError: redis_missing.
    """
    url = os.environ.get("ALEXNET_REDIS_URL", "").strip()
    if url:
        return _bell(url, redis=True)
    file = folder("runs") / _FILE
    if not file.exists():  # the first time, or somebody has removed it: a box without a file wakes nobody
        _bell.cache_clear()
    return _bell(str(file), redis=False)


def bell_is_there() -> bool:
    """Has nobody removed the file that the worker listens at?"""
    return bool(os.environ.get("ALEXNET_REDIS_URL", "").strip()) or (place("runs") / _FILE).exists()


@cache
def _bell(place: str, *, redis: bool) -> Bell:
    box = redis_box(place) if redis else file_box(Path(place))
    return Bell(box, box.task(name="train_waiting")(train_waiting), box.task(name="expect")(WARM.prepare))


def submit(config: Config, *, one_each: bool = True) -> Run:
    """Make a run and wake the worker.

    Raises:
        InputError: See ``alexnet.runs.run.create``.
    """
    run = folders.create(config, one_each=one_each)
    bell().ring()
    return run


def resume(run: Run, *, one_each: bool = True) -> None:
    """Let a run go on: at once if its trainer only pauses, else when its turn comes.

    After a loss that was not finite, the recipe's rate counts again instead of one by hand.

    Raises:
        InputError: run_not_resumable, or run_active_already (another one of the same viewer).
        DataError: config_damaged.
    """
    config, view = run.config(), run.state()
    if view.state == "paused" and view.has_process:
        folders.control(run, "run")
        return
    if not run.resumable:
        raise InputError("run_not_resumable", id=run.id)
    other = folders.active_of(config.viewer)
    if one_each and other is not None and other.id != run.id:
        raise InputError("run_active_already", id=other.id)
    folders.end_silent(run)
    # A rate by hand that made the loss explode would do so again.
    exploded = view.reason == "loss_not_finite"
    folders.control(run, "run", rate=None if exploded else "keep")
    folders.write_status(run.path, folders.waiting(config, view))
    bell().ring()


def waiting() -> list[Run]:
    """The runs that wait, the longest waiting first."""
    found = [
        (status.heartbeat, run.id, run)
        for run in folders.runs()
        if (status := run.status()).state == "queued"
    ]
    return [run for _, _, run in sorted(found, key=lambda entry: entry[:2])]


def position(run: Run) -> int | None:
    """1 for the next one to be trained, and so on; None if the run does not wait."""
    ids = [other.id for other in waiting()]
    return ids.index(run.id) + 1 if run.id in ids else None


def empty() -> int:
    """Stop every run that waits; each can be resumed. Returns how many there were."""
    runs = waiting()
    for run in runs:
        folders.control(run, "stop")
        status = run.status()
        if status.state == "stopped":  # else its trainer has just begun, and sees that it is to stop
            folders.write_status(run.path, replace(status, reason="queue_emptied"))
    return len(runs)


def train_waiting(stopping: Callable[[], bool] = lambda: False) -> None:
    """Train one waiting run after another until none waits, each in a process of its own.

    The next one's TensorFlow is imported while one is at work; after the last, somebody may want another.
    """
    trained = False
    while not stopping():
        settle()
        runs = waiting()
        if not runs:
            if trained:
                WARM.prepare()
            return
        if not free():
            time.sleep(_PAUSE)
            continue
        since = time.time()
        child, trained = launch(runs[0]), True
        if len(runs) > 1:
            WARM.prepare()
        child.wait()
        if after(runs[0], child.pid, child.returncode, since) == SLOT_TAKEN:
            time.sleep(_PAUSE)


def launch(run: Run) -> subprocess.Popen[bytes]:
    """Start a trainer on a run. It is a session of its own and outlives whoever started it."""
    if (ready := WARM.take(run)) is not None:
        return ready
    return process.start("alexnet.training.trainer", str(run.path), log=run.path / "trainer.log")


def after(run: Run, pid: int, code: int, since: float = math.inf) -> int:
    """Write down how a trainer ended that could not do it itself.

    Args:
        run: Whose trainer it was.
        pid: Its number.
        code: Its exit code, or minus the signal that ended it.
        since: Time just before it was started. A run that waits since later was resumed while its trainer
            was still on its way out, and waits for the next one.

    Returns:
        ``code``.
    """
    status = run.status()
    # Whoever looked in between found it gone, and could not know why.
    abandoned = (status.has_process and status.pid == pid) or status.reason == "process_gone"
    never_began = status.state == "queued" and status.heartbeat <= since and code not in (0, SLOT_TAKEN)
    if abandoned or never_began:
        _lost(run, status, *_cause(run, code))
    return code


def _cause(run: Run, code: int) -> tuple[str, dict[str, int]]:
    """Why a trainer ended that said nothing itself, and what its text mentions."""
    if code == -_KILLED:  # nobody of ours did it
        return "killed_for_memory", {}
    if code == -_ABORTED and b"bad_alloc" in _last_words(run):
        return "out_of_memory", {}
    return ("process_killed", {"signal": -code}) if code < 0 else ("process_exited", {"code": code})


def _last_words(run: Run) -> bytes:
    """The end of what its trainer printed."""
    try:
        with (run.path / "trainer.log").open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _LAST_WORDS))
            return file.read()
    except OSError:
        return b""


def settle() -> None:
    """Write down that a trainer is gone which nobody waited for, because its worker was gone first."""
    for run in folders.runs():
        status = run.status()
        if status.has_process and (view := status.seen(time.time())).reason == "process_gone":
            folders.write_status(run.path, run.ended(view))


def _lost(run: Run, status: Status, reason: str, values: dict[str, int]) -> None:
    if run.path.is_dir():  # it may have been deleted meanwhile
        lost = replace(status, state="lost", reason=reason, values=values, pid=None, process_started=None)
        folders.write_status(run.path, run.ended(lost))


def start_worker() -> subprocess.Popen[bytes]:
    """Start the worker of this app; it ends when this process ends. Stop it earlier by ``terminate``."""
    log = folder("logs") / "worker.log"
    return process.start("alexnet.runs.worker", "--parent", str(os.getpid()), log=log)
