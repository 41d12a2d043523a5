"""A terminal, kept for what is read there: the address, the PIN, a run's epochs, and real trouble."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_GREETING = re.compile(
    rb"WARNING: All log messages before absl::|[IW]\d{4} |E\d{4} .*cuInit|"
    rb"To enable the following instructions: "
)
"""How the lines begin that TensorFlow's libraries write before their log has a level: about missing graphics
cards and about rounding. No setting keeps them back (TensorFlow 2.21)."""


@contextmanager
def without_greetings(descriptor: int = 2) -> Iterator[None]:
    """Keep such lines from standard error meanwhile; everything else goes through.

    Args:
        descriptor: The file descriptor to be watched; that of standard error.
    """
    reading, writing = os.pipe()
    real = os.dup(descriptor)
    os.dup2(writing, descriptor)
    os.close(writing)

    def pass_on() -> None:
        with os.fdopen(reading, "rb") as lines:
            for line in lines:
                if not _GREETING.match(line):
                    os.write(real, line)

    thread = threading.Thread(target=pass_on, name="terminal", daemon=True)
    thread.start()
    try:
        yield
    finally:
        os.dup2(real, descriptor)  # closes the pipe's last end, so the thread comes to its end
        thread.join()
        os.close(real)
