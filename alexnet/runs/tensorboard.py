"""TensorBoard for one run, in a helper process of the app's.

    python -m alexnet.runs.tensorboard --parent PID --logdir runs/<id>/events --port 6006

Only the server's own machine reaches it: TensorBoard has no passwords, so it listens on 127.0.0.1 alone.
The helper reads the events without TensorFlow: it answers after 0.7 s with 84 MB, not after 3.5 s with
655 MB. It ends when its parent ends, however that ends.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import os
import socket
import subprocess
import sys
import threading
import time
import types
import urllib.request
from pathlib import Path

from alexnet.errors import DataError, InputError
from alexnet.home import folder
from alexnet.runs import process
from alexnet.runs.run import Run

HOST = "127.0.0.1"
PORT_TAKEN = 75
"""Exit code of the helper when its port is not free: try another one (EX_TEMPFAIL of sysexits.h)."""

_PATIENCE = 30.0  # seconds in which it has to answer
_GLANCE = 0.1  # seconds between two questions
_TRIES = 3  # free ports, of which another program may take one before the helper does
_GRACE = 2.0  # seconds that it has to end in


class TensorBoard:
    """The one TensorBoard of an app: it shows one run at a time, the last that was asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._helper: subprocess.Popen[bytes] | None = None
        self._shown = ("", "")  # the run's id, the address

    def open(self, run: Run) -> str:
        """Show a run and wait until the page answers; a run that is shown already costs nothing.

        Returns:
            The page's address, ``http://127.0.0.1:<port>/``.

        Raises:
            InputError: tensorboard_no_events; the run has not trained yet.
            DataError: tensorboard_missing, tensorboard_ended or tensorboard_silent.
        """
        with self._lock:
            if (address := self.address(run)) is not None:
                return address
            if next((run.path / "events").rglob("*tfevents*"), None) is None:
                raise InputError("tensorboard_no_events", id=run.id)
            if importlib.util.find_spec("tensorboard") is None:
                raise DataError("tensorboard_missing")
            self._end()
            try:
                address = self._start((run.path / "events").resolve())
            except DataError:
                self._end()
                raise
            self._shown = (run.id, address)
            return address

    def address(self, run: Run) -> str | None:
        """Where the run is shown; None while it is not."""
        helper, (id, address) = self._helper, self._shown
        return address if id == run.id and helper is not None and helper.poll() is None else None

    def shown(self) -> str | None:
        """The id of the run that is shown; None while none is."""
        helper, (id, _) = self._helper, self._shown
        return id if id and helper is not None and helper.poll() is None else None

    def close(self) -> None:
        """End it; without one, do nothing."""
        with self._lock:
            self._end()

    def _start(self, events: Path) -> str:
        code = 0
        for _ in range(_TRIES):
            port = free_port()
            self._helper = _launch(events, port)
            address = f"http://{HOST}:{port}/"
            if self._answers(self._helper, address, events):
                return address
            if (code := self._end()) != PORT_TAKEN:
                break
        raise DataError("tensorboard_ended", code=code)

    def _answers(self, helper: subprocess.Popen[bytes], address: str, events: Path) -> bool:
        end = time.monotonic() + _PATIENCE
        while helper.poll() is None:
            if _shows(address, events):
                return True
            if time.monotonic() >= end:
                raise DataError("tensorboard_silent", seconds=round(_PATIENCE))
            time.sleep(_GLANCE)
        return False

    def _end(self) -> int:
        """End the helper, if there is one; returns its exit code."""
        helper, self._helper = self._helper, None
        self._shown = ("", "")
        if helper is None:
            return 0
        if helper.poll() is None:
            helper.terminate()
        try:
            return helper.wait(_GRACE)
        except subprocess.TimeoutExpired:
            helper.kill()
            return helper.wait()


TENSORBOARD = TensorBoard()
"""This process's one."""


def free_port() -> int:
    """A port of this machine that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _shows(address: str, events: Path) -> bool:
    """Does the page at this address show these events? Another program may have taken the port."""
    # A proxy of the surroundings must not stand between us and our own machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address}data/environment", timeout=_PATIENCE) as answer:
            return bool(json.load(answer)["data_location"] == str(events))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _launch(events: Path, port: int) -> subprocess.Popen[bytes]:
    arguments = ("--parent", str(os.getpid()), "--logdir", str(events), "--port", str(port))
    log = (folder("logs") / "tensorboard").with_suffix(".log")
    return process.start("alexnet.runs.tensorboard", *arguments, log=log)


def main() -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--parent", type=int, required=True, help="end when the process of this number ends")
    parser.add_argument("--logdir", required=True, help="a run's folder of events")
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    process.end_with(arguments.parent)
    process.step_aside()
    # TensorBoard looks for this module and then reads events by itself instead of loading TensorFlow.
    sys.modules["tensorboard.compat.notf"] = types.ModuleType("tensorboard.compat.notf")
    from tensorboard import program

    board = program.TensorBoard()
    options = ("--logdir", arguments.logdir, "--host", HOST, "--port", str(arguments.port))
    # Without its fast loader, a second process whose end would be one more to take care of.
    board.configure(("tensorboard", *options, "--load_fast", "false"))
    try:
        # Not main(), which leaves a note of the server in the temporary folder that outlives a kill.
        board.launch()
    except program.TensorBoardPortInUseError as error:
        logging.warning("%s", error.msg)
        sys.exit(PORT_TAKEN)
    threading.Event().wait()


if __name__ == "__main__":
    main()
