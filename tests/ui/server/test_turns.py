"""Script runs take turns: a few at a time, in the order in which they came."""

from __future__ import annotations

import itertools
import threading
import time

import pytest

from alexnet.ui.server import turns

SECONDS = 20


@pytest.fixture
def hold():
    """Start a thread that takes a turn; returns what is set when it has it, and what ends it."""
    threads, ends = [], []

    def start(then=lambda: None):
        has, end = threading.Event(), threading.Event()

        def run():
            with turns.turn():
                then()
                has.set()
                end.wait(SECONDS)

        thread = threading.Thread(target=run)
        thread.start()
        threads.append(thread)
        ends.append(end)
        return has, end

    yield start
    for end in ends:
        end.set()
    for thread in threads:
        thread.join(SECONDS)


def waiting(count):
    limit = time.monotonic() + SECONDS
    while len(turns._waiting) != count and time.monotonic() < limit:
        time.sleep(0.001)
    assert len(turns._waiting) == count


def test_as_many_as_there_are_turns_and_then_the_longest_waiting(hold, monkeypatch):
    monkeypatch.setattr(turns, "_LENT", 1000.0)
    order, out = [], []
    for number in range(turns._TURNS):
        has, end = hold(lambda number=number: order.append(number))
        assert has.wait(SECONDS)
        out.append(end)
    later = []
    for number in range(turns._TURNS, turns._TURNS + 3):
        later.append(hold(lambda number=number: order.append(number)))
        waiting(number - turns._TURNS + 1)
    assert order == list(range(turns._TURNS))
    out[0].set()
    assert later[0][0].wait(SECONDS)
    assert not later[1][0].is_set()
    for (_, end), (has, _) in itertools.pairwise(later):
        end.set()
        assert has.wait(SECONDS)
    assert order == list(range(turns._TURNS + 3))


def test_who_computes_for_long_keeps_nobody_waiting(hold):
    for _ in range(turns._TURNS):
        assert hold()[0].wait(SECONDS)
    assert hold()[0].wait(SECONDS), "the turns that are out were lent for a while only"


def test_an_error_gives_the_turn_back(monkeypatch):
    monkeypatch.setattr(turns, "_LENT", 1000.0)
    for _ in range(turns._TURNS + 1):
        with pytest.raises(ValueError, match="drawn"), turns.turn():
            raise ValueError("drawn")
    assert not turns._lent
