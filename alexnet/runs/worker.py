"""The worker: ``python -m alexnet.runs.worker [--parent PID]``. It waits for the bell and trains.

With ``--parent`` it ends when that process ends, however it ends; a trainer at work goes on and is found by
the next worker. It is small: it never loads TensorFlow.
"""

from __future__ import annotations

import argparse
import logging
import math
import os
import sys
import threading
import time

from alexnet import home
from alexnet.runs import leftovers, process, queue
from alexnet.runs.supervisor import EVERY, Supervisor
from alexnet.runs.warm import WARM

UNUSABLE = 73
"""Exit code: the data folder cannot be written (EX_CANTCREAT of sysexits.h)."""

_LOG = logging.getLogger("alexnet.training")


def main() -> None:
    """Work until ended."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--parent", type=int, help="end when the process of this number ends")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    if arguments.parent is not None:
        process.end_with(arguments.parent)
    if (trouble := home.trouble()) is not None:
        _LOG.error("Nothing can be trained: %s", trouble)
        sys.exit(UNUSABLE)
    WARM.allowed = True
    huey, ring, _ = queue.bell()
    ring()  # what was left waiting when the last worker ended
    threading.Thread(target=_supervise, name="supervisor", daemon=True).start()
    consumer = huey.create_consumer(
        workers=1,
        worker_type="thread",
        periodic=False,
        initial_delay=0.1,
        max_delay=1.0,
        check_worker_health=True,
    )
    consumer.run()


def _supervise() -> None:
    supervisor = Supervisor()
    cleared = -math.inf
    while True:
        trouble = home.trouble()
        if trouble is not None or not queue.bell_is_there():
            _LOG.error("Nothing can be trained any more: %s", trouble or "the queue's file is gone")
            logging.shutdown()
            os._exit(UNUSABLE)  # the server starts another one, which finds the folder when it is back
        try:
            supervisor.look()
            if time.monotonic() - cleared >= leftovers.EVERY:
                cleared = time.monotonic()
                leftovers.clear()
        except Exception:  # noqa: BLE001 - the next look may not fail
            _LOG.exception("A look at the trainers failed")
        time.sleep(EVERY)


if __name__ == "__main__":
    main()
