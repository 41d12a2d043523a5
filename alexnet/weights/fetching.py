"""Published files from their servers: what broke off goes on, and only what is whole gets its name.

With Python's own ``urllib``: pooch, which does the same for data sets, cannot go on with a part.
"""

from __future__ import annotations

import errno
import http.client
import re
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from filelock import FileLock

from alexnet.errors import DataError
from alexnet.home import folder
from alexnet.weights import checksum
from alexnet.weights.catalogue import Published, Remote

Progress = Callable[[int], None]
"""Told how many bytes of an entry are here."""

TRIES = 5
"""How often a connection may break off without a byte gained in between."""

PAUSE = 1.0
"""Seconds before it is tried again."""

_PIECE = 2**18
_SILENCE = 30.0  # seconds without a byte
_SPARE = 64 * 2**20  # bytes of the disk that are left alone


def fetch(entry: Published, progress: Progress = lambda done: None) -> tuple[Path, ...]:
    """All files of an entry; those that are here and whole are not fetched again. Waits for them.

    Args:
        entry: Of the catalogue.
        progress: Told after each piece; what it raises stops the fetching, and the part is kept.

    Raises:
        DataError: fetch_offline, fetch_refused, fetch_broken, fetch_length, fetch_checksum or fetch_disk; or
            the data folder cannot be written.
    """
    target = folder("weights") / entry.id
    target.mkdir(exist_ok=True)
    paths = []
    with FileLock(target / ".lock"):  # two who press at once: the second finds it here
        before = 0
        for file in entry.files:
            path = target / file.name
            if not _whole(file, path):
                _fetch(file, path, lambda done, before=before: progress(before + done))  # type: ignore[misc]
            before += path.stat().st_size
            progress(before)
            paths.append(path)
    return tuple(paths)


def _whole(file: Remote, path: Path) -> bool:
    if not path.is_file() or (file.size is not None and path.stat().st_size != file.size):
        return False
    return not file.checksum or checksum.fits(file.checksum, path)


def _fetch(file: Remote, path: Path, progress: Progress) -> None:
    part = path.with_name(f"{path.name}.part")
    most = file.size if file.size is not None else file.about * 5 // 4
    try:
        if shutil.disk_usage(path.parent).free < most + _SPARE:
            raise _disk(file, most)
        _all(file, part, most, progress)
        if file.checksum and not checksum.fits(file.checksum, part):
            part.unlink()
            raise DataError("fetch_checksum", file=file.name, host=_host(file))
        part.replace(path)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC):
            raise DataError("fetch_broken", file=file.name, host=_host(file), reason=str(error)) from error
        part.unlink(missing_ok=True)  # what is left of the disk belongs to the others
        raise _disk(file, most) from error


def _all(file: Remote, part: Path, most: int, progress: Progress) -> None:
    """Fetch until the part is all there, however often the connection breaks off."""
    failed = 0
    while True:
        have = part.stat().st_size if part.exists() else 0
        if have > most or (file.size is not None and have == file.size):
            if have > most:
                part.unlink()
                raise DataError("fetch_length", file=file.name, host=_host(file), most=most)
            return
        try:
            if _some(file, part, have, most, progress):
                return
            reason = "-"
        except urllib.error.HTTPError as error:
            error.close()
            if error.code != 416:
                raise DataError("fetch_refused", file=file.name, host=_host(file), code=error.code) from None
            part.unlink(missing_ok=True)  # the part is longer than the file: from the beginning
            reason = "416"
        except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
            reason = str(getattr(error, "reason", error)) or type(error).__name__
        now = part.stat().st_size if part.exists() else 0
        failed = 0 if now > have else failed + 1
        if failed >= TRIES or (not now and failed >= 2):
            id = "fetch_broken" if now else "fetch_offline"
            raise DataError(id, file=file.name, host=_host(file), reason=reason[:200])
        time.sleep(PAUSE)


def _some(file: Remote, part: Path, have: int, most: int, progress: Progress) -> bool:
    """One connection's worth of a file; whether that was its end."""
    request = urllib.request.Request(file.url, headers={"User-Agent": "alexnet-explorer"})  # noqa: S310
    if have:
        request.add_header("Range", f"bytes={have}-")
    with _OPENER.open(request, timeout=_SILENCE) as answer:
        have, total = _begin(answer, have)
        with part.open("r+b" if have else "wb") as target:
            target.seek(have)
            target.truncate()
            while piece := answer.read(_PIECE):
                have += len(piece)
                if have > most:
                    target.truncate(0)
                    raise DataError("fetch_length", file=file.name, host=_host(file), most=most)
                target.write(piece)
                progress(have)
    if file.size is not None:
        return have == file.size
    return total is None or have >= total


def _begin(answer: Any, have: int) -> tuple[int, int | None]:
    """From which byte the answer goes on, and how many the file has in all, if that is said."""
    length = answer.headers.get("Content-Length", "")
    told = int(length) if length.isascii() and length.isdecimal() else None
    if answer.status != 206:
        return 0, told
    ranged = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", answer.headers.get("Content-Range", ""))
    if ranged is None or int(ranged[1]) != have:
        raise http.client.HTTPException("Content-Range")
    return have, None if ranged[2] == "*" else int(ranged[2])


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but not from an encrypted connection to an open one."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """The request to follow with."""
        if urlsplit(req.full_url).scheme == "https" and urlsplit(newurl).scheme != "https":
            raise urllib.error.HTTPError(req.full_url, code, "redirected to http", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_OPENER = urllib.request.build_opener(_Redirects)


def _host(file: Remote) -> str:
    return urlsplit(file.url).hostname or ""


def _disk(file: Remote, most: int) -> DataError:
    return DataError("fetch_disk", file=file.name, needed=(most + _SPARE) // 2**20)
