"""How many trainings may wait: in all, of one viewer, and of browsers without cookies at one address."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from alexnet.errors import InputError
from alexnet.runs import queue, run
from alexnet.ui.runs import admission, entries
from tests.runs.watched import watched
from tests.training.small import small


@pytest.fixture(autouse=True)
def visitor(monkeypatch) -> dict[str, object]:
    """Who asks: change it as the test goes."""
    asks: dict[str, object] = {"cookies": True, "address": "10.0.0.1"}
    monkeypatch.setattr(admission, "keeps_cookies", lambda: asks["cookies"])
    monkeypatch.setattr(admission, "viewer_address", lambda: asks["address"])
    monkeypatch.setattr(admission, "_strangers", {})
    entries.forget()
    yield asks
    entries.forget()


def refused(act) -> InputError:
    with pytest.raises(InputError) as caught:
        act()
    return caught.value


def test_a_class_of_thirty_behind_one_router_fits():
    assert admission.MOST_WAITING >= 30
    for number in range(30):
        admission.submit(small(f"pupil {number}"))
    assert len(queue.waiting()) == 30


def test_the_queue_is_no_longer_than_its_limit_however_many_ask_at_once(monkeypatch):
    monkeypatch.setattr(admission, "MOST_WAITING", 4)
    together = threading.Barrier(8)

    def ask(number: int) -> str:
        together.wait()
        try:
            return admission.submit(small(f"pupil {number}")).id
        except InputError as error:
            return f"{error.id} {error.values['waiting']} {error.values['most']}"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert answers.count("queue_full 4 4") == 4 and len(queue.waiting()) == 4


def test_two_tabs_of_one_viewer_start_one_training():
    together = threading.Barrier(4)

    def ask(_: int) -> str:
        together.wait()
        try:
            return admission.submit(small("mina")).id
        except InputError as error:
            return error.id

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))).count("run_active_already") == 3


def test_browsers_without_cookies_share_few_trainings_at_an_address_and_others_are_not_counted(visitor):
    visitor["cookies"] = False
    for number in range(admission.MOST_WITHOUT_COOKIE):
        last = admission.submit(small(f"tab {number}"))
    error = refused(lambda: admission.submit(small("one tab more")))
    assert (error.id, error.values["count"]) == ("queue_full_for_address", admission.MOST_WITHOUT_COOKIE)
    assert admission.refusal() is not None
    visitor["address"] = "10.0.0.2"
    admission.submit(small("another address"))
    visitor.update(cookies=True, address="10.0.0.1")
    admission.submit(small("the same address with cookies"))
    visitor["cookies"] = False
    run.write_status(last.path, replace(last.status(), state="finished"))
    admission.submit(small("when one is over"))


def test_resuming_takes_a_place_too_but_not_where_the_trainer_only_pauses(monkeypatch):
    paused = watched("mina", "paused", epochs=1)
    stopped = watched("joon", "stopped", epochs=1)
    monkeypatch.setattr(admission, "MOST_WAITING", 1)
    admission.submit(small("sora"))
    assert refused(lambda: admission.resume(stopped)).id == "queue_full"
    admission.resume(paused)
    assert paused.control().action == "run"
    queue.empty()
    admission.resume(stopped)
    assert stopped.state().state == "queued"


def test_emptying_stops_what_waits_and_nothing_else():
    working = watched("mina", "running", epochs=1)
    waiting = [admission.submit(small(name)) for name in ("joon", "sora")]
    assert queue.empty() == 2 and queue.waiting() == []
    assert working.state().state == "running" and working.control() is None
    for one in waiting:
        assert (one.state().state, one.state().reason) == ("stopped", "queue_emptied") and one.resumable
