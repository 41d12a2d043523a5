"""Where files lie: what comes with the app, and ALEXNET_HOME, where it keeps what it writes, and how.

Nothing is written at run time in the checkout. A file is complete or absent: it is written beside its place
under another name, flushed to the disk, and put in place in one step.
"""

from __future__ import annotations

import logging
import math
import os
import tempfile
import time
from functools import lru_cache
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path

from alexnet.errors import DataError

Folder = Literal["activations", "runs", "uploads", "weights", "datasets", "logs"]

ROOT = Path(__file__).resolve().parents[1]
"""The project's folder, from which ``python -m alexnet...`` works."""

ASSETS = ROOT / "assets"
"""What comes with the app. Never written to at run time."""

GB = 10**9

_LOG = logging.getLogger("alexnet")
_TRIES, _PAUSE = 20, 0.02  # seconds


def home() -> Path:
    """The data folder: the environment's ``ALEXNET_HOME``, else the user's data folder of this platform."""
    named = os.environ.get("ALEXNET_HOME", "").strip()
    path = Path(named) if named else user_data_path("alexnet-explorer", appauthor=False)
    try:
        return path.expanduser()
    except RuntimeError:  # a tilde that leads nowhere: see ``trouble``
        return path


def trouble() -> DataError | None:
    """Why nothing can be written in the data folder; None where it can, which is tried.

    Everything that ships with the app works without it: who only reads need not ask.
    """
    path = home()
    if path.parts[:1] and path.parts[0].startswith("~"):
        return DataError("home_nowhere", folder=str(path))
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return DataError("home_is_file", folder=str(path))
    except OSError as error:
        return DataError("home_not_made", folder=str(path), reason=error.strerror or str(error))
    try:
        # What the permissions say is not enough: nobody writes on a disk that is mounted to be read.
        with tempfile.TemporaryFile(dir=path):
            return None
    except OSError as error:
        return DataError("home_read_only", folder=str(path), reason=error.strerror or str(error))


def place(name: Folder) -> Path:
    """Where one of the data folder's own folders lies, for who only reads; it may not be there."""
    return home() / name


def folder(name: Folder) -> Path:
    """One of the data folder's own folders, made when it is first asked for.

    Raises:
        DataError: home_nowhere, home_is_file, home_not_made or home_read_only: see ``trouble``.
    """
    path = place(name)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        found = trouble()
        if found is None:  # the data folder is usable, and only this folder in it is not
            found = DataError("home_not_made", folder=str(path), reason=error.strerror or str(error))
        raise found from error
    return path


def write_bytes(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one step, with the missing folders above it.

    A reader sees the old file or the new one, never a part; after a crash or a full disk the old one stands.
    A folder in its place, which only a damaged disk or a curious hand leaves there, is kept beside it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        path.rename(
            Path(tempfile.mkdtemp(prefix=f".{path.name[:40]}.", suffix=".aside", dir=path.parent), path.name)
        )
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _replace(Path(temporary), path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _replace(source: Path, target: Path) -> None:
    # Windows refuses to replace a file while somebody reads it; readers of ours are done within milliseconds.
    for _ in range(_TRIES - 1):
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(_PAUSE)
        else:
            return
    source.replace(target)


def write_text(path: Path, content: str) -> None:
    """The same for text, as UTF-8 with plain line feeds on every platform."""
    write_bytes(path, content.encode("utf-8"))


def allowance(name: str, usual: float) -> int:
    """Bytes that a setting of the environment allows to be written.

    Args:
        name: The setting's, whose value is in gigabytes.
        usual: Gigabytes where it is not set; what is no positive number counts as not set, as the log says.
    """
    written = os.environ.get(name, "").strip()
    try:
        value = float(written or usual)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value > 0):
        _tell(name, written, usual)
        value = usual
    return round(value * GB)


@lru_cache
def _tell(name: str, written: str, usual: float) -> None:
    """Once: it is asked at every visit of a page."""
    _LOG.warning(
        "%s holds %.40r, which is no number of gigabytes such as 2.5; %g holds", name, written, usual
    )
