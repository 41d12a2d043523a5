"""Work that a reader chose and the server has to bear: in a process of its own, limited in memory and time.

A process takes jobs one after the other, so that what it has imported stays imported. It is ended when a job
goes beyond its limits, when nobody waits for the job any more, when it holds more memory than it should keep,
or when it had nothing to do for some minutes. If it dies by itself, only its job is lost. It ends with the
server, however that ends, because its input ends then.

A few processes serve the whole server: whoever comes when all are at work waits for a turn.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
import traceback
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Literal

import psutil

from alexnet.errors import AlexNetError, DataError, LimitError
from alexnet.home import ROOT

_LOG = logging.getLogger("alexnet.sandbox")

_GLANCE = 0.1  # seconds between two looks at a process at work, and at those who wait for it
_START = 120.0  # seconds that a process has to start in and to import what a job needs
_NEW_GROUP = 0x00000200  # CREATE_NEW_PROCESS_GROUP of Windows
_OUT_OF_MEMORY = {"MemoryError", "ResourceExhaustedError"}  # the second is TensorFlow's
_POLITE = 5  # how far a process gives way to the server and its pages, which answer first


def _memory_of_machine() -> int:
    total = int(psutil.virtual_memory().total)
    with suppress(OSError, ValueError):  # a container may have less than its host
        return min(total, int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii")))
    return total


MACHINE = _memory_of_machine()
"""Bytes of memory that this machine, or the container on it, has."""

SLOTS = 2 if MACHINE >= 8 * 2**30 else 1
"""Processes that work at once: each holds half a gigabyte with TensorFlow, and up to four times that."""

Kind = Literal["ready", "done", "failed", "memory"]


@dataclass(frozen=True)
class Limits:
    """What a job may take.

    Attributes:
        seconds: Of work; the time in which it waits for its turn, and imports, does not count.
        memory: Bytes that its process may hold, what it has imported included.
    """

    seconds: float = 60.0
    memory: int = min(4 * 2**30, MACHINE // 4)


class Abandoned(Exception):  # noqa: N818 -- no error of anything
    """Nobody waits for the job any more."""


@dataclass(eq=False)
class _Job:
    function: str
    arguments: tuple[Any, ...]
    limits: Limits
    future: Future[Any] = field(default_factory=Future)
    waiting: int = 1

    @property
    def abandoned(self) -> bool:
        return self.waiting == 0


class Sandbox:
    """Some processes that work for this one.

    Args:
        slots: How many work at once.
        rest: Seconds without a job after which a process is ended.
        keeps: Bytes that a process may hold after a job; one that holds more is ended, which gives them back.
            TensorFlow keeps what it once had: after 16 pictures through the paper's network and back 1.5 GB.
        results: How many results with a key are remembered.
    """

    def __init__(
        self, slots: int = SLOTS, rest: float = 60.0, keeps: int = 1792 * 2**20, results: int = 60
    ) -> None:
        self._slots, self._rest, self._keeps, self._most = slots, rest, keeps, results
        self._lock = threading.Lock()
        self._pending: deque[_Job] = deque()
        self._idle: list[queue.SimpleQueue[_Job]] = []
        self._threads = 0
        self._jobs: dict[Hashable, _Job] = {}
        self._results: OrderedDict[Hashable, Any] = OrderedDict()

    def run(
        self,
        function: str,
        *arguments: Any,
        limits: Limits = Limits(),
        key: Hashable = None,
        tick: Callable[[float], None] | None = None,
    ) -> Any:
        """What a function returns, computed in one of the processes. Waits for it.

        Args:
            function: ``"package.module:name"``; imported there, never here.
            arguments: What it is given; they are pickled, as its result is.
            limits: What the job may take.
            key: Names the result: who asks for it while it is being computed waits for the same job, and who
                asks later gets the same object, which is not to be changed. None remembers nothing.
            tick: Told every tenth of a second how many seconds have been waited. What it raises is raised
                here, and the job is ended if nobody else waits for it.

        Raises:
            LimitError: calculation_memory or calculation_time; the job went beyond its limits.
            DataError: calculation_died; its process ended by itself or did not start.
            AlexNetError: What the function raised.
            RuntimeError: It raised something else; the log has it.
        """
        with self._lock:
            if key is not None and key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
            job = self._jobs.get(key) if key is not None else None
            if job is None or job.abandoned:
                job = _Job(function, arguments, limits)
                if key is not None:
                    self._jobs[key] = job
                self._hand_out(job)
            else:
                job.waiting += 1
        began = time.monotonic()
        try:
            while not wait([job.future], _GLANCE).done:
                if tick is not None:
                    tick(time.monotonic() - began)
            result = job.future.result()
        finally:
            with self._lock:
                job.waiting -= 1
                if job.abandoned and self._jobs.get(key) is job:
                    del self._jobs[key]
        if key is not None:
            self._remember(key, result)
        return result

    def prepare(self, module: str) -> None:
        """Have a process import a module before somebody needs it. Returns at once."""
        threading.Thread(target=self._import, args=(module,), name="sandbox warm-up", daemon=True).start()

    def _import(self, module: str) -> None:
        try:
            self.run(f"{__name__}:load", module, limits=Limits(_START))
        except (AlexNetError, RuntimeError) as error:
            _LOG.warning("A helper process could not import %s: %s", module, error)

    def forget(self) -> None:
        """Forget the results."""
        with self._lock:
            self._results.clear()

    def _remember(self, key: Hashable, result: Any) -> None:
        with self._lock:
            self._results[key] = result
            self._results.move_to_end(key)
            while len(self._results) > self._most:
                self._results.popitem(last=False)

    def _hand_out(self, job: _Job) -> None:
        if self._idle:
            self._idle.pop().put(job)  # the one that worked last: its process is the most likely to be warm
            return
        self._pending.append(job)
        if self._threads < self._slots:
            self._threads += 1
            threading.Thread(target=self._serve, name="sandbox", daemon=True).start()

    def _serve(self) -> None:
        """One slot's life: jobs to its process, whatever becomes of them."""
        inbox: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        process: _Process | None = None
        tell: Callable[[], None] = lambda: None  # noqa: E731 -- there is nobody yet
        while True:
            with self._lock:
                job = self._pending.popleft() if self._pending else None
                if job is None:
                    self._idle.append(inbox)
            tell()  # only now: whoever asks again at once finds this slot idle
            if job is None:
                try:
                    job = inbox.get(timeout=None if process is None else self._rest)
                except queue.Empty:
                    assert process is not None
                    process.end()
                    process = None
                    job = inbox.get()
            process, tell = self._do(job, process)

    def _do(self, job: _Job, process: _Process | None) -> tuple[_Process | None, Callable[[], None]]:
        """Have a process do a job. Returns the process if it lives on, and what tells those who wait."""
        if job.abandoned:
            return process, lambda: None
        try:
            if process is None or not process.alive:
                process = _Process()
            tell = partial(job.future.set_result, process.work(job))
        except Exception as error:  # noqa: BLE001 -- it belongs to those who wait, and the slot goes on
            tell = partial(job.future.set_exception, error)
        if process is not None and (not process.alive or process.memory > self._keeps):
            process.end()
            process = None
        return process, tell


class _Process:
    """A process that works on one job at a time.

    Raises:
        DataError: calculation_died; it cannot be started.
    """

    def __init__(self) -> None:
        environment = {"PYTHONUTF8": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
        try:
            self._child = subprocess.Popen(
                [sys.executable, "-m", __name__],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | environment,
                start_new_session=os.name != "nt",
                creationflags=_NEW_GROUP if os.name == "nt" else 0,
            )
        except OSError as error:
            raise DataError("calculation_died", code=str(error)) from error
        self._answers: queue.SimpleQueue[tuple[Kind, Any]] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, name="sandbox answers", daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self._child.stdout is not None
        with suppress(EOFError, OSError, pickle.UnpicklingError):
            while True:
                self._answers.put(pickle.load(self._child.stdout))  # noqa: S301 -- our own process

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._child.poll() is None

    @property
    def memory(self) -> int:
        """Bytes that it holds."""
        try:
            return int(psutil.Process(self._child.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def work(self, job: _Job) -> Any:
        """Do a job; one that breaks its limits, or that nobody waits for, is the process's end.

        Raises:
            Abandoned: Nobody waits.
            LimitError, DataError, AlexNetError, RuntimeError: As ``Sandbox.run``.
        """
        assert self._child.stdin is not None
        request = _packed(job.function, job.arguments)
        with suppress(OSError):  # it died before; that is seen below
            self._child.stdin.write(request)
            self._child.stdin.flush()
        limit, end = _START, time.monotonic() + _START
        while True:
            kind, value = self._next(job, limit, end)
            if kind == "done":
                return value
            if kind == "failed":
                raise value
            if kind == "memory":
                raise _beyond_memory(job)
            limit, end = job.limits.seconds, time.monotonic() + job.limits.seconds

    def _next(self, job: _Job, limit: float, end: float) -> tuple[Kind, Any]:
        while True:
            with suppress(queue.Empty):
                return self._answers.get(timeout=_GLANCE)
            if not self.alive:
                self._listener.join()
                with suppress(queue.Empty):
                    return self._answers.get_nowait()  # it answered, and died after
                raise DataError("calculation_died", code=self._child.returncode)
            why: Exception | None = None
            if job.abandoned:
                why = Abandoned()
            elif time.monotonic() > end:
                why = LimitError("calculation_time", limit=limit)
            elif self.memory > job.limits.memory:
                why = _beyond_memory(job)
            if why is not None:
                self.end()
                raise why

    def end(self) -> None:
        """End it at once: it holds nothing that could be lost."""
        self._child.kill()
        self._child.wait()
        self._listener.join()
        for pipe in (self._child.stdin, self._child.stdout):
            with suppress(OSError):  # what was still to be written to it
                if pipe is not None:
                    pipe.close()


def _beyond_memory(job: _Job) -> LimitError:
    return LimitError("calculation_memory", limit=f"{job.limits.memory / 2**30:,.1f} GiB")


SANDBOX = Sandbox()
"""The server's processes."""


def load(module: str) -> None:
    """Import a module: to be ready for a job, or to find out whether it can be imported at all."""
    importlib.import_module(module)


def _packed(*content: Any) -> bytes:
    # Whole, before the first byte is sent: what cannot be pickled must not leave half a message in the pipe.
    return pickle.dumps(content, pickle.HIGHEST_PROTOCOL)


def _work_for(requests: BinaryIO, answers: BinaryIO) -> None:
    """What a process does: take a job, answer, take the next."""
    inbox: queue.SimpleQueue[tuple[str, tuple[Any, ...]]] = queue.SimpleQueue()

    def listen() -> None:
        try:
            while True:
                inbox.put(pickle.load(requests))  # noqa: S301 -- from the server, which started this
        finally:
            os._exit(0)  # the server has ended, and a job at work has nobody left

    def answer(kind: Kind, value: Any = None) -> None:
        answers.write(_packed(kind, value))
        answers.flush()

    threading.Thread(target=listen, name="requests", daemon=True).start()
    while True:
        function, arguments = inbox.get()
        try:
            module, _, name = function.partition(":")
            call = getattr(importlib.import_module(module), name)
            answer("ready")
            answer("done", call(*arguments))
        except AlexNetError as error:
            answer("failed", error)
        except Exception as error:  # noqa: BLE001 -- it is told to who waits
            if type(error).__name__ in _OUT_OF_MEMORY:
                answer("memory")
            else:  # as text: unpickled, an error of TensorFlow's would import TensorFlow there
                answer("failed", RuntimeError(traceback.format_exc()))
        gc.collect()  # Keras's models refer to themselves


if __name__ == "__main__":
    psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if psutil.WINDOWS else _POLITE)
    with os.fdopen(os.dup(1), "wb") as pipe:
        os.dup2(2, 1)  # whatever prints must not be read as an answer
        _work_for(sys.stdin.buffer, pipe)
