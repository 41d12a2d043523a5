"""A picture decoded in a process of its own ends in time, in its memory, and with an answer in words."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from alexnet.data import apart
from alexnet.errors import ImageError
from alexnet.language import LANGUAGES, explain
from tests.pictures import GOOD, photograph, png, saved, scene


def instead(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have another program run in the decoder's place."""
    run = subprocess.run

    def other(_: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        return run([sys.executable, "-c", code], **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", other)


def refused(action: Callable[[], object]) -> str:
    with pytest.raises(ImageError) as caught:
        action()
    assert all("a.jpg" in explain(caught.value, language) for language in LANGUAGES)
    return caught.value.id


def test_the_pixels_and_the_notes_come_back_as_they_are() -> None:
    data = saved(Image.fromarray(scene()).convert("RGBA"), "PNG")
    pixels, notes = apart.decode(data, "PNG", 10**6, "a.jpg")
    assert np.array_equal(pixels, scene())
    assert notes == ()
    assert apart.decode(GOOD["turned.jpg"](), "JPEG", 10**6, "a.jpg")[1] == ("turned",)


def test_an_error_comes_back_as_the_same_error() -> None:
    assert refused(lambda: apart.decode(photograph()[:300], "JPEG", 10**6, "a.jpg")) == "image_truncated"
    assert refused(lambda: apart.decode(photograph(), "JPEG", 100, "a.jpg")) == "image_too_large"


def test_a_picture_that_takes_too_long_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.5)
    endless = png(1, 1, 8, 0, b"\0\0", ((b"teXt", b""),) * 2_000_000)
    began = time.monotonic()
    assert refused(lambda: apart.decode(endless, "PNG", 10**6, "a.jpg")) == "image_too_slow"
    assert time.monotonic() - began < 10  # decoding it would take 15 and more


@pytest.mark.parametrize("code", ["import os; os.abort()", "raise SystemExit(3)", "pass"])
def test_a_decoder_that_breaks_off_costs_its_picture_and_nothing_else(
    code: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as patch:
        instead(code, patch)
        assert refused(lambda: apart.decode(photograph(), "JPEG", 10**6, "a.jpg")) == "image_decoder_ended"
    assert "ended with code" in caplog.text
    assert apart.decode(photograph(), "JPEG", 10**6, "a.jpg")[0].shape == scene().shape


def test_where_no_process_can_be_started_the_picture_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(subprocess, "run", fail)
    assert refused(lambda: apart.decode(photograph(), "JPEG", 10**6, "a.jpg")) == "image_decoder_ended"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to it")
def test_a_process_apart_cannot_take_more_memory_than_it_is_given() -> None:
    code = "from alexnet.data import apart; apart.limit(); bytearray(apart.MEMORY + 1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "MemoryError" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_process_apart_that_nobody_waits_for_ends_by_itself() -> None:
    code = "from alexnet.data import apart; apart.limit(seconds=0.25)\nwhile True: pass"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode != 0


def test_a_picture_writes_nothing_to_the_terminal_whatever_its_metadata_say(
    capfd: pytest.CaptureFixture[str],
) -> None:
    entries = b"".join(
        (tag % 65_535 + 1).to_bytes(2, "big") + b"\0\2" + (10**9).to_bytes(4, "big") + bytes(4)
        for tag in range(5_000)
    )
    exif = b"MM\0*\0\0\0\x08" + (5_000).to_bytes(2, "big") + entries + bytes(4)
    data = png(1, 1, 8, 0, b"\0\0", ((b"eXIf", exif),))
    show = (
        "import sys; from alexnet.data import apart, uploads; data = sys.stdin.buffer.read(); "
        "uploads.decode(data, 'a.png'); apart.decode(data, 'PNG', 100, 'a.png')"
    )
    subprocess.run([sys.executable, "-c", show], input=data, check=True)
    assert capfd.readouterr() == ("", "")
