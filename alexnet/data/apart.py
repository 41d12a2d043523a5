"""Decoding in a process of its own, which may take some seconds and some memory, and no more.

A picture's pixels bound neither its time nor its memory: a progressive JPEG goes over them as often as it
likes, and a film's codec does what the file tells it. And a decoder that fails may take its process along.
Both sides of the exchange are here: ``decode`` starts ``python -m alexnet.data.apart``, gives it the file on
its standard input, and takes a line of JSON and the pixels from its standard output.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from typing import BinaryIO

import numpy as np

from alexnet.data import decoding
from alexnet.data.decoding import Pixels
from alexnet.errors import ImageError
from alexnet.home import ROOT

SECONDS = 20.0
"""A photograph of 48 megapixels takes up to two on one processor, which others may be using too."""

MEMORY = 2**30
"""Bytes of data; the largest photographs take half as many. Only Linux holds a process to it."""

_AT_ONCE = threading.BoundedSemaphore(2)
"""A whole class uploads at once, and each process may take its seconds and its memory."""

_LOG = logging.getLogger("alexnet.data")
_NO_WINDOW = 0x08000000  # CREATE_NO_WINDOW of Windows


def decode(data: bytes, kind: str, most: int, name: str) -> tuple[Pixels, tuple[str, ...]]:
    """As ``decoding.decode``, when it is this picture's turn.

    Raises:
        ImageError: image_too_slow, image_decoder_ended (it crashed, or could not be started), or those of
            ``decoding.decode``.
    """
    with _AT_ONCE:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "alexnet.data.apart", kind, str(most)],
                input=data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a damaged file may have it write millions of lines
                cwd=ROOT,
                env=os.environ | {"PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"},
                timeout=SECONDS,
                check=False,
                creationflags=_NO_WINDOW if os.name == "nt" else 0,
            )
        except subprocess.TimeoutExpired as error:
            raise ImageError("image_too_slow", name=name, seconds=SECONDS) from error
        except OSError as error:
            _LOG.warning("No process could be started to decode a picture: %s", error)
            raise ImageError("image_decoder_ended", name=name) from error
    head, _, pixels = done.stdout.partition(b"\n")
    if done.returncode or not head:
        _LOG.warning("The process that decoded a %s picture ended with code %s", kind, done.returncode)
        raise ImageError("image_decoder_ended", name=name)
    said = json.loads(head)
    if "error" in said:
        raise ImageError(said["error"], **said["values"] | {"name": name})
    return np.frombuffer(pixels, np.uint8).reshape(said["shape"]), tuple(said["notes"])


def limit(seconds: float = SECONDS, memory: int = MEMORY) -> None:
    """Hold this process to its memory, and to an end of its own should nobody be left who ends it.

    Args:
        seconds: Of all its processors together, four times as many as whoever waits for it would wait.
        memory: Bytes of data.
    """
    if sys.platform == "win32":
        return
    import resource

    for kind, most in ((resource.RLIMIT_CPU, int(4 * seconds)), (resource.RLIMIT_DATA, memory)):
        _, hard = resource.getrlimit(kind)
        lower = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (lower, hard))
        except (OSError, ValueError):  # macOS refuses some
            continue


def answer(data: bytes, kind: str, most: int, out: BinaryIO) -> None:
    """Decode, and write what came of it."""
    try:
        pixels, notes = decoding.decode(data, kind, most, "")  # the name stays where it is known
    except ImageError as error:
        out.write(json.dumps({"error": error.id, "values": error.values}).encode() + b"\n")
        return
    out.write(json.dumps({"shape": pixels.shape, "notes": notes}).encode() + b"\n")
    out.write(pixels.data)


def main() -> None:
    """The process's life: one picture."""
    kind, most = sys.argv[1], int(sys.argv[2])
    limit()
    # A decoder that writes to standard output would write into the answer.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with out:
        answer(sys.stdin.buffer.read(), kind, most, out)


if __name__ == "__main__":
    main()
