"""Processes of ours: how they start, which is which, and when they end.

A number alone does not name a process, because it is given again to others: its start belongs to it.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil

from alexnet.home import ROOT, home

_LOG = logging.getLogger("alexnet.training")
_TOLERANCE = 2.0  # seconds; the system's own clock of a process's start may be set right while it runs
_GLANCE = 0.5  # seconds between two looks at the parent
_SHORT_GLANCE = 0.02  # seconds between two looks at a process that is to end
_NEW_GROUP = 0x00000200  # CREATE_NEW_PROCESS_GROUP of Windows


def start(module: str, *arguments: str, log: Path, told: bool = False) -> subprocess.Popen[bytes]:
    """Start ``python -m module`` in a session of its own: Ctrl-C in the terminal is meant for the app alone.

    Args:
        module: One of ours.
        arguments: What it is given.
        log: Where what it prints is appended.
        told: Will it be told something by its standard input?
    """
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE if told else subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # Its folder is another one: a data folder that is named from here must be the same there.
            env=os.environ | {"PYTHONUTF8": "1", "ALEXNET_HOME": str(home().absolute())},
            start_new_session=os.name != "nt",
            creationflags=_NEW_GROUP if os.name == "nt" else 0,
        )


def started(pid: int | None = None) -> float:
    """When a process was started, in seconds since 1970; without ``pid``, this one."""
    return float(psutil.Process(os.getpid() if pid is None else pid).create_time())


def alive(pid: int, start: float) -> bool:
    """Does the process of this number, started then, still run? One that ended unnoticed does not."""
    try:
        process = psutil.Process(pid)
        same = abs(process.create_time() - start) <= _TOLERANCE
        return bool(same and process.status() != psutil.STATUS_ZOMBIE)
    except (psutil.Error, ValueError, OverflowError):
        return False


def end(pid: int, start: float, *, patience: float = 1.0) -> None:
    """End the process of this number, started then: first asked, and killed if it is still there.

    Args:
        pid: Its number; where that now belongs to another process, or is this one's, nothing happens.
        start: Its start, see ``started``.
        patience: Seconds between the two.
    """
    if pid == os.getpid():
        return
    for order in (psutil.Process.terminate, psutil.Process.kill):
        if not alive(pid, start):
            return
        with suppress(psutil.Error):  # it has ended by itself meanwhile, or is not ours to end
            order(psutil.Process(pid))
        # Looked at, not waited for: whoever started it waits for it, and wants to know how it ended.
        until = time.monotonic() + patience
        while alive(pid, start) and time.monotonic() < until:
            time.sleep(_SHORT_GLANCE)


def end_with(parent: int) -> None:
    """End this process, at once and without a word to anybody, when that one ends. Returns at once.

    The parent is watched by number and start, not by a pipe, so that the same works on every platform and
    however the parent ends, kill -9 included.
    """
    try:
        start = started(parent)
    except psutil.Error:
        sys.exit(0)

    def look() -> None:
        while alive(parent, start):
            time.sleep(_GLANCE)
        _LOG.info("The app has ended, and so does this helper of it")
        logging.shutdown()
        os._exit(0)  # what else runs here might wait for work that is far from done

    threading.Thread(target=look, name="parent", daemon=True).start()


def step_aside() -> None:
    """Give way to whatever needs the processor at once: the pages that watch this process work.

    ``ALEXNET_NICE``, 0 (not at all) to 19, says how far; 5 is enough for pages to come first, and leaves a
    quarter of a busy processor.
    """
    wanted = os.environ.get("ALEXNET_NICE", "").strip()
    degree = min(int(wanted), 19) if wanted.isascii() and wanted.isdigit() else 5
    if degree > 0:
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if psutil.WINDOWS else degree)
