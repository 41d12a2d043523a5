"""Fetching for the whole server: once, whoever asks, and with an end that everybody sees."""

from __future__ import annotations

import threading

import pytest

from alexnet.errors import DataError
from alexnet.ui.server import fetches
from alexnet.weights.catalogue import published

ENTRY = published("caffenet_first")


@pytest.fixture
def gate(monkeypatch):
    """A fetch that waits until the gate is opened; what was fetched is in ``gate.calls``."""
    opened = threading.Event()
    opened.calls = []

    def fetch(entry, progress):
        opened.calls.append(entry.id)
        progress(entry.about // 2)
        assert opened.wait(10)

    monkeypatch.setattr(fetches, "fetch", fetch)
    monkeypatch.setattr(fetches.local, "prepare", lambda entry: None)
    monkeypatch.setattr(fetches, "_fetches", {})
    return opened


def test_two_viewers_who_press_at_once_wait_for_the_same_fetch(gate):
    found = []
    threads = [threading.Thread(target=lambda: found.append(fetches.start(ENTRY))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(one) for one in found}) == 1 and fetches.of(ENTRY) is found[0]
    gate.set()
    assert found[0].ended.wait(10)
    assert gate.calls == [ENTRY.id] and found[0].error is None and found[0].share == 0.5


def test_after_a_failure_it_can_be_tried_again(gate, monkeypatch):
    def fails(entry, progress):
        raise DataError("fetch_offline", file="a", host="b", reason="c")

    with monkeypatch.context() as patch:
        patch.setattr(fetches, "fetch", fails)
        first = fetches.start(ENTRY)
        assert first.ended.wait(10) and first.error is not None and first.error.id == "fetch_offline"
    gate.set()
    second = fetches.start(ENTRY)
    assert second is not first and second.ended.wait(10) and second.error is None


def test_an_error_that_nobody_expected_ends_the_fetch_too(gate, monkeypatch):
    monkeypatch.setattr(fetches.local, "prepare", lambda entry: 1 / 0)
    gate.set()
    one = fetches.start(ENTRY)
    assert one.ended.wait(10) and one.error is not None and "ZeroDivisionError" in str(one.error)
