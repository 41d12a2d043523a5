"""Whether TensorFlow works on this machine: found out in another process.

Where the processor lacks what TensorFlow was built for (AVX), importing it ends the process at once. The
server must not be that process: its pages that need no network go on without.
"""

from __future__ import annotations

import importlib
import platform
import threading
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from alexnet.errors import DataError, LimitError
from alexnet.home import folder, write_text
from alexnet.sandbox import SANDBOX, Limits

_lock, _importing = threading.Lock(), threading.Lock()
_found: list[str] = []  # empty until it is known; then what is wrong, or nothing ("")


def check() -> None:
    """Hold back whoever would import TensorFlow where that ends the process. The first call may take seconds.

    Raises:
        DataError: tensorflow_unusable.
    """
    with _lock:
        if not _found:
            _found.append("" if _worked_before() else _tried())
    if _found[0]:
        raise DataError("tensorflow_unusable", reason=_found[0])


def load() -> None:
    """Import TensorFlow and Keras, in one thread at a time.

    They import each other. Where one thread begins with the one and another with the other, Python breaks the
    deadlock by giving out a module that is only half there, and neither works until the server starts anew.

    Raises:
        DataError: tensorflow_unusable.
        ImportError: A part of them is missing.
    """
    check()
    with _importing:
        for name in ("keras", "tensorflow"):
            importlib.import_module(name)


def _tried() -> str:
    try:
        SANDBOX.run("alexnet.sandbox:load", "tensorflow", limits=Limits(seconds=120))
    except (DataError, LimitError) as error:
        return str(error.values.get("code", error.id))
    except RuntimeError as error:  # it is not installed, or a library of its is missing
        return str(error).strip().splitlines()[-1][:200]
    with suppress(OSError):
        write_text(_note(), _machine())
    return ""


def _worked_before() -> bool:
    """Whether the same TensorFlow has worked on the same machine, which saves seconds at the start."""
    with suppress(OSError, UnicodeDecodeError):
        return _note().read_text(encoding="utf-8") == _machine()
    return False


def _note() -> Path:
    return folder("logs") / "tensorflow.works"


def _machine() -> str:
    try:
        parts = (version("tensorflow"), platform.node(), platform.machine(), platform.python_version())
    except PackageNotFoundError:
        return ""
    return " ".join(parts)
