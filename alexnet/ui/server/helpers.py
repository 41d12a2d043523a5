"""The processes that work for the server: the worker, which lets runs train, and TensorBoard.

Both end with the server, however it ends; a trainer at work goes on, and the next worker finds it.
"""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from alexnet.errors import AlexNetError
from alexnet.ui.server import warm_up

_LOG = logging.getLogger("alexnet.ui")

_PATIENCE = 15.0  # seconds after which the worker is started though pages are still being asked for
_GLANCE = 1.0  # seconds between two looks at the worker
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds before a worker that died is started again
_HEALTHY = 60.0  # seconds after which a worker counts as one that works
_SETTLED = 5.0  # seconds after which a worker that was started is believed to be there
_GRACE = 3.0  # seconds that it has to end in

Worker = subprocess.Popen[bytes]

_DOWN = threading.Event()
_STARTED = threading.Event()


def worker_is_down() -> bool:
    """Has the worker ended or not come up, so that no run trains until the next try?

    False where none was started yet, as on a page without a server.
    """
    return _DOWN.is_set()


def worker_is_up() -> bool:
    """Has a worker been started, and not been seen to end since?"""
    return _STARTED.is_set() and not _DOWN.is_set()


@asynccontextmanager
async def helpers() -> AsyncIterator[None]:
    """The helpers' life inside the server's: started once the first page had its time, ended at the exit."""
    task = asyncio.create_task(_work(), name="worker")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        if "alexnet.runs.tensorboard" in sys.modules:  # else nobody has opened it
            await asyncio.to_thread(_close_tensorboard)


async def _work() -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and not warm_up.at_leisure():
        await asyncio.sleep(_GLANCE)
    await keep(_start_worker)


async def keep(start: Callable[[], Worker], *, pause: float = _FIRST_PAUSE, glance: float = _GLANCE) -> None:
    """Have a process run until this task is cancelled: start it, and start it again whenever it ends.

    The pauses before it is started again double, up to a minute, until one has run for a minute: a worker
    that cannot work does not keep the machine busy. When the task is cancelled, the process is ended.

    Args:
        start: Starts the process; an ``OSError``, of a full disk for example, or an error of ours counts as
            its end.
        pause: Seconds of the first pause.
        glance: Seconds between two looks.
    """
    wait, said = pause, ""
    while True:
        began = time.monotonic()
        try:
            worker = await asyncio.to_thread(start)
        except (OSError, AlexNetError) as error:
            _DOWN.set()
            if str(error) != said:  # once, and not at every try
                said = str(error)
                _LOG.warning("The worker cannot be started, so no run trains: %s", error)
        else:
            _STARTED.set()
            try:
                while worker.poll() is None:
                    await asyncio.sleep(glance)
                    if time.monotonic() - began >= _SETTLED:
                        _DOWN.clear()
            finally:
                _end(worker)
            _DOWN.set()
            _LOG.warning("The worker has ended with code %s; logs/worker.log says more", worker.returncode)
        if time.monotonic() - began >= _HEALTHY:
            wait = pause
        await asyncio.sleep(wait)
        wait = min(2 * wait, _LONGEST_PAUSE)


def _end(worker: Worker) -> None:
    if worker.poll() is not None:
        return
    worker.terminate()
    try:
        worker.wait(_GRACE)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def _start_worker() -> Worker:
    # Imported here: the server answers before NumPy and Pillow are loaded.
    from alexnet.runs.queue import start_worker

    return start_worker()


def _close_tensorboard() -> None:
    from alexnet.runs.tensorboard import TENSORBOARD

    TENSORBOARD.close()
