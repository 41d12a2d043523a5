"""Long work in the background: done once, kept, given up, and begun anew."""

from __future__ import annotations

import threading
import time

import pytest

from alexnet.ui.server import background
from alexnet.ui.server.background import Jobs


def jobs(written=None, *, read=lambda path: None, kept=9):
    written = {} if written is None else written
    return Jobs("test", read, written.__setitem__, kept=kept)


def settled(job):
    end = time.monotonic() + 10
    while job.found is None and not job.failed and time.monotonic() < end:
        time.sleep(0.005)
    return job


def test_work_is_done_once_for_all_who_ask_and_its_result_is_written(tmp_path):
    written, prepared = {}, []

    def prepare():
        prepared.append(threading.current_thread())
        return lambda tell: tell(0.5) or "result"

    ours = jobs(written)
    first = ours.job(tmp_path / "a", prepare)
    assert ours.job(tmp_path / "a", prepare) is first
    assert (settled(first).found, first.share) == ("result", 0.5)
    assert prepared == [threading.current_thread()]
    assert written == {tmp_path / "a": "result"}


def test_a_result_that_lies_on_the_disk_is_read_and_nothing_is_prepared(tmp_path):
    found = jobs(read=lambda path: path.name).job(tmp_path / "a", lambda: pytest.fail("prepared"))
    assert found.found == "a"


def test_only_one_is_at_work_at_a_time(tmp_path):
    at_work, most = [], []

    def work(tell):
        at_work.append(1)
        most.append(len(at_work))
        time.sleep(0.01)
        at_work.pop()
        return "done"

    ours = jobs()
    for one in [ours.job(tmp_path / str(n), lambda: work) for n in range(4)]:
        assert settled(one).found == "done"
    assert most == [1, 1, 1, 1]


def test_work_for_which_nobody_waits_any_more_ends_and_begins_anew_when_asked(tmp_path, monkeypatch):
    monkeypatch.setattr(background, "_PATIENCE", 0.02)
    ended = threading.Event()

    def endless(tell):
        try:
            while True:
                time.sleep(0.005)
                tell(0.1)
        finally:
            ended.set()

    ours = jobs()
    first = ours.job(tmp_path / "a", lambda: endless, given_up=True)
    assert ended.wait(10)
    end = time.monotonic() + 10
    while (again := ours.job(tmp_path / "a", lambda: lambda tell: "other")) is first:
        assert time.monotonic() < end
    assert settled(again).found == "other"


@pytest.mark.expects_page_error
def test_work_that_breaks_off_is_said_until_it_is_forgotten(tmp_path):
    def broken(tell):
        raise ValueError("no such thing")

    ours = jobs()
    assert settled(ours.job(tmp_path / "a", lambda: broken)).failed
    assert ours.job(tmp_path / "a", lambda: broken).failed
    ours.forget(tmp_path / "a")
    assert settled(ours.job(tmp_path / "a", lambda: lambda tell: "whole")).found == "whole"


@pytest.mark.expects_page_error
def test_a_result_that_the_disk_refuses_is_there_all_the_same(tmp_path):
    def refuse(path, found):
        raise OSError("full")

    ours = Jobs("test", lambda path: None, refuse, kept=9)
    assert settled(ours.job(tmp_path / "a", lambda: lambda tell: "result")).found == "result"


def test_only_the_last_results_are_kept_in_memory_and_the_asked_one_is_among_them(tmp_path):
    ours = jobs(read=lambda path: {}, kept=2)
    first = ours.job(tmp_path / "1", lambda: pytest.fail("prepared"))
    for name in ("2", "1", "3", "1"):
        found = ours.job(tmp_path / name, lambda: pytest.fail("prepared"))
    assert found is first
    assert len(ours._jobs) == 2
