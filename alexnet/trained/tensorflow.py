"""Whether TensorFlow works on this machine: found out in another process.

Where the processor lacks what TensorFlow was built for (AVX), importing it ends the process at once. The
server must not be that process: its pages that need no network go on without.
"""

from __future__ import annotations

import importlib
import math
import platform
import threading
import time
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from alexnet.errors import AlexNetError, DataError, LimitError
from alexnet.home import place, write_text
from alexnet.sandbox import SANDBOX, Limits

AGAIN = 30.0
"""Seconds until it is tried once more, where it failed for want of memory or time, or was killed."""

_KILLED = -9
"""What a process ends with that Linux kills for want of memory; without AVX it ends otherwise."""

_lock, _importing = threading.Lock(), threading.Lock()
_found: list[tuple[AlexNetError | None, float]] = []
"""Empty until it is known; then what is wrong, if anything, and the moment until which that holds."""


def check() -> None:
    """Hold back whoever would import TensorFlow where that ends the process. The first call may take seconds.

    Raises:
        DataError: tensorflow_unusable; or calculation_died, where that may be chance.
        LimitError: calculation_memory or calculation_time, which may be chance too.
    """
    with _lock:
        if not _found or time.monotonic() > _found[0][1]:
            _found[:] = [(None, math.inf) if _worked_before() else _tried()]
    error = _found[0][0]
    if error is not None:
        raise type(error)(error.id, **error.values)  # its own traceback for each who asks


def load() -> None:
    """Import TensorFlow and Keras, in one thread at a time.

    They import each other. Where one thread begins with the one and another with the other, Python breaks the
    deadlock by giving out a module that is only half there, and neither works until the server starts anew.

    Raises:
        DataError, LimitError: As ``check``.
        ImportError: A part of them is missing.
    """
    check()
    with _importing:
        for name in ("keras", "tensorflow"):
            importlib.import_module(name)


def _tried() -> tuple[AlexNetError | None, float]:
    try:
        SANDBOX.run("alexnet.sandbox:load", "tensorflow", limits=Limits(seconds=120))
    except LimitError as error:
        return error, time.monotonic() + AGAIN
    except DataError as error:
        code = error.values.get("code", error.id)
        if code == _KILLED or isinstance(code, str):  # the words are why it did not even start
            return error, time.monotonic() + AGAIN
        return DataError("tensorflow_unusable", reason=str(code)), math.inf
    except RuntimeError as error:  # it is not installed, or a library of its is missing
        reason = str(error).strip().splitlines()[-1][:200]
        return DataError("tensorflow_unusable", reason=reason), math.inf
    with suppress(OSError):  # no data folder, or a full one: it is found out again at the next start
        write_text(_note(), _machine())
    return None, math.inf


def _worked_before() -> bool:
    """Whether the same TensorFlow has worked on the same machine, which saves seconds at the start."""
    with suppress(OSError, UnicodeDecodeError):
        return _note().read_text(encoding="utf-8") == _machine()
    return False


def _note() -> Path:
    return place("logs") / "tensorflow.works"


def _machine() -> str:
    try:
        parts = (version("tensorflow"), platform.node(), platform.machine(), platform.python_version())
    except PackageNotFoundError:
        return ""
    return " ".join(parts)
