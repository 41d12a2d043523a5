"""A training on a disk that becomes full: a small tmpfs, which only root on Linux can mount."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from alexnet.runs import queue, run
from tools import kills

KILOBYTES = 1024
_ENOUGH = 256 * KILOBYTES


@dataclass(frozen=True)
class FullDisk:
    """What was seen on a disk of one size.

    Attributes:
        kilobytes: The size.
        state, reason: Of the run, once it was over.
        resumed: Was it resumed, after the disk had grown?
        problems: What should not be, in words; empty when all is well.
    """

    kilobytes: int
    state: str
    reason: str | None
    resumed: bool
    problems: tuple[str, ...]


class NoMountError(Exception):
    """This machine lets us mount nothing; the argument says why."""


def fill(kilobytes: int, expected: dict[str, bytes]) -> FullDisk:
    """Train a short run on a disk of that size; then let the disk grow and resume the run.

    Args:
        kilobytes: The disk's size.
        expected: The weights of an undisturbed run; see ``tools.kills.undisturbed``.

    Raises:
        NoMountError: No tmpfs can be mounted here.
    """
    problems: list[str] = []
    with small_disk(kilobytes) as disk, kills.home_at(disk), kills.hosting(app=False):
        one = queue.submit(kills.short(), one_each=False)
        if not kills.until(lambda: not one.state().active):
            problems.append(f"it never ends: {one.state()}")
        after = one.state()
        if [other.id for other in run.runs()] != [one.id]:
            problems.append("the run is not listed")
        resumed = after.state != "finished"
        if resumed:
            if after.reason is None or not one.resumable:
                problems.append(f"broken off, but {after}")
            _mount(disk, _ENOUGH, "remount")
            queue.resume(one, one_each=False)
            kills.until(lambda: not one.state().active)
        problems += kills.at_the_end(one, expected)
    return FullDisk(kilobytes, after.state, after.reason, resumed, tuple(problems))


@contextmanager
def small_disk(kilobytes: int) -> Iterator[Path]:
    """A folder with so much space.

    Raises:
        NoMountError: See ``fill``.
    """
    with TemporaryDirectory(prefix="alexnet-disk-", ignore_cleanup_errors=True) as place:
        _mount(Path(place), kilobytes)
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", "--lazy", place], check=True)


def _mount(place: Path, kilobytes: int, *more: str) -> None:
    if not sys.platform.startswith("linux"):
        raise NoMountError(f"no tmpfs on {sys.platform}")
    options = ",".join((f"size={kilobytes}k", *more))
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise NoMountError(done.stderr.strip())
