"""Sets on their way: one for each viewer, two at a time, and an end that is told."""

from __future__ import annotations

import threading

import pytest

from alexnet.errors import InputError
from alexnet.ui.server import set_making


@pytest.fixture(autouse=True)
def nothing_is_remembered():
    yield
    set_making._making.clear()


def test_two_work_at_a_time_and_the_third_waits_its_turn():
    go, at_work = threading.Event(), threading.Semaphore(0)

    def work(progress):
        progress(1, 2)
        at_work.release()
        go.wait(30)
        return "made"

    three = [set_making.start(viewer, work) for viewer in ("a", "b", "c")]
    assert at_work.acquire(timeout=10) and at_work.acquire(timeout=10)
    assert not at_work.acquire(timeout=0.2)
    assert sorted(one.of for one in three) == [0, 2, 2]
    set_making.seen("a")  # which is not over
    assert set_making.of("a") is three[0]
    go.set()
    assert all(one.ended.wait(10) for one in three)
    assert [one.made for one in three] == ["made"] * 3
    set_making.seen("a")
    assert set_making.of("a") is None and set_making.of("b") is three[1]


@pytest.mark.parametrize(
    ("raised", "id"), [(InputError("set_empty", name=""), "set_empty"), (KeyError("x"), "set_not_made")]
)
def test_what_goes_wrong_is_kept_for_its_viewer_without_what_it_held(raised, id):
    def work(progress):
        raise raised

    one = set_making.start("a", work)
    assert one.ended.wait(10)
    assert one.made is None and one.error.id == id and one.error.__traceback__ is None
