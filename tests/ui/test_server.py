"""What the terminal shows when the server starts."""

from __future__ import annotations

import io
import sys

import pytest

from alexnet.ui.server import say


@pytest.mark.parametrize(
    ("encoding", "shown"), [("utf-8", "PIN 선생님 123456\n"), ("cp1252", "PIN ??? 123456\n")]
)
def test_a_terminal_without_hangul_still_shows_the_pin(monkeypatch, encoding, shown):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding, newline="\n"))
    say("PIN 선생님 123456")
    assert written.getvalue().decode(encoding) == shown
