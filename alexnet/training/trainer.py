"""The training process: ``python -m alexnet.training.trainer <run folder>``, or ``--wait``.

One that waits imports TensorFlow, and is told the folder by a line of standard input. It takes the slot,
trains the waiting run of that folder, and ends. Whatever happens to it, the folder says: what it can still
report it writes as the run's state with a reason, and of a process that was killed the reader finds that it
is gone. SIGTERM (and Ctrl-C) keeps the state and stops.
"""

from __future__ import annotations

import errno
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

from filelock import Timeout

from alexnet.errors import AlexNetError
from alexnet.runs import process, warm
from alexnet.runs.queue import waiting
from alexnet.runs.run import Run, write_status
from alexnet.runs.slot import SLOT_TAKEN, slot
from alexnet.runs.status import Control
from alexnet.training.recorder import ControlFile, Recorder

_LOG = logging.getLogger("alexnet.training")
_PATIENCE = 2.0  # seconds; a reader holds the slot for a moment when it asks whether it is free


class Trainer:
    """One run from its turn to its end.

    Args:
        run: Which.
        abandon: See ``Recorder``.
    """

    def __init__(self, run: Run, abandon: Callable[[], object] = lambda: None) -> None:
        self.run, self._abandon = run, abandon
        self._control_file = ControlFile(run.path / "control.json", run.control)
        self._terminated = False

    def terminate(self, *_: object) -> None:
        """Stop before the next batch, keeping the state: what SIGTERM asks for."""
        self._terminated = True

    def control(self) -> Control:
        """The latest control, or the end that a signal asks for."""
        control: Control = self._control_file.read() or Control()
        return replace(control, action="stop") if self._terminated else control

    def train(self) -> int:
        """Take the slot and train the run, if it still waits.

        Returns:
            0, or ``SLOT_TAKEN``: another trainer works, and nothing was changed; or 1: the run failed.
        """
        lock = slot()
        try:
            lock.acquire(timeout=_PATIENCE)
        except Timeout:
            return SLOT_TAKEN
        try:
            status = self.run.status()
            if status.state != "queued":
                return 0
            with Recorder(self.run.path, status, self._abandon) as recorder:
                return self._record(recorder)
        finally:
            lock.release()

    def _record(self, recorder: Recorder) -> int:
        try:
            self._train(recorder)
        except Exception as error:  # noqa: BLE001 - the folder must say how it ended, whatever it was
            _LOG.exception("The training failed")
            reason, values = cause(error)
            recorder.end("failed", reason, values)
            return 1
        return 0

    def _train(self, recorder: Recorder) -> None:
        self.run.config()  # settings that nobody can read fail before TensorFlow takes its seconds to load
        from alexnet.training.loop import GiveWayError, HaltError, Loop

        def others() -> bool:
            return any(other.id != self.run.id for other in waiting())

        try:
            loop = Loop(self.run, recorder, self.control, others)
            _LOG.info("Training %s from epoch %d, batch %d", self.run.id, loop.place.epoch, loop.place.batch)
            loop.train()
        except HaltError:
            recorder.end("stopped", self._why_stopped())
        except GiveWayError:
            recorder.end("paused")
            # What somebody wanted while it was leaving: by now the run is nobody's, and the recorder is done.
            action = self.control().action
            if action == "run":
                write_status(self.run.path, replace(recorder.status, state="queued"))
            elif action == "stop":
                status = replace(recorder.status, state="stopped", reason=self._why_stopped())
                write_status(self.run.path, status)
        else:
            recorder.end("finished")

    def _why_stopped(self) -> str:
        return "terminated" if self._terminated else "stopped_by_hand"


def cause(error: Exception) -> tuple[str, dict[str, Any]]:
    """The reason for a failure and what its text mentions; see ``alexnet.runs.reasons``."""
    if (isinstance(error, OSError) and error.errno == errno.ENOSPC) or "No space left" in str(error):
        return "disk_full", {}
    if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        return "out_of_memory", {}
    if type(error).__name__ == "NotFiniteError":
        return "loss_not_finite", dict(getattr(error, "values", {}))
    if isinstance(error, AlexNetError):
        if error.id.startswith("weights_"):
            return "state_unreadable", {}
        plain = {
            name: value if isinstance(value, int | float | str) else str(value)
            for name, value in error.values.items()
        }
        return "library", plain | {"id": error.id}
    return "unexpected", {"kind": type(error).__name__}


def _leave() -> None:
    """End at once, from whatever thread: a step that takes half an hour would keep the slot from others."""
    _LOG.warning("The run is deleted or trained by another process, so this one ends")
    logging.shutdown()
    os._exit(1)


def _wait() -> Path:
    """Import TensorFlow, and wait for the run's folder. Ends the process if none comes."""
    import alexnet.training.loop  # noqa: F401 -- for what it imports

    late = threading.Timer(warm.IDLE, os._exit, [0])
    late.daemon = True
    late.start()
    path = warm.told()
    late.cancel()
    if path is None:
        sys.exit(0)
    run = Path(path)
    with (run / "trainer.log").open("ab") as log:  # from now on as if it had been started for this run
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    return run


def main() -> None:
    """Train the run whose folder is the only argument, or wait for one."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    process.step_aside()
    path = _wait() if sys.argv[1] == warm.WAIT else Path(sys.argv[1])
    trainer = Trainer(Run(path.resolve()), _leave)
    signal.signal(signal.SIGTERM, trainer.terminate)
    signal.signal(signal.SIGINT, trainer.terminate)
    sys.exit(trainer.train())


if __name__ == "__main__":
    main()
