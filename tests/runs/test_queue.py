"""Who is next, who goes on, and a worker that ends with its parent. The trainers are stand-ins, but one."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from alexnet import home
from alexnet.errors import DataError, InputError
from alexnet.home import ROOT
from alexnet.runs import process, queue, run
from alexnet.runs.run import Run
from alexnet.runs.slot import SLOT_TAKEN, slot
from alexnet.runs.status import Control
from tests.training.small import small


def created(viewer: str = "mina") -> Run:
    return run.create(small(viewer), one_each=False)


def stand_in(monkeypatch: pytest.MonkeyPatch, does: Callable[[Run], str]) -> list[str]:
    """In place of trainers, processes that run the code which ``does`` returns; returns whose turn came."""
    turns: list[str] = []

    def launch(one: Run) -> subprocess.Popen[bytes]:
        turns.append(one.id)
        return subprocess.Popen([sys.executable, "-c", does(one)], cwd=ROOT)

    monkeypatch.setattr(queue, "launch", launch)
    return turns


def finish(one: Run) -> str:
    return (
        "from pathlib import Path; from dataclasses import replace; from alexnet.runs import run;"
        f"one = run.Run(Path({str(one.path)!r}));"
        "run.write_status(one.path, replace(one.status(), state='finished'))"
    )


def test_the_longest_waiting_is_next_and_a_resumed_run_goes_to_the_end():
    first, second = created("mina"), created("joon")
    run.write_status(first.path, replace(first.status(), state="stopped"))
    third = created("sora")
    queue.resume(first)
    assert [one.id for one in queue.waiting()] == [second.id, third.id, first.id]
    assert [queue.position(one) for one in (second, third, first)] == [1, 2, 3]
    run.control(second, "stop")
    assert queue.position(second) is None and queue.position(first) == 2


def test_waiting_runs_are_trained_one_after_another(monkeypatch):
    ids = [created().id for _ in range(2)]
    order = [one.id for one in queue.waiting()]
    assert sorted(order) == sorted(ids)
    turns = stand_in(monkeypatch, finish)
    queue.train_waiting()
    assert turns == order
    assert {one.state().state for one in run.runs()} == {"finished"}


def test_a_trainer_that_dies_before_its_first_word_is_not_started_again(monkeypatch):
    one = created()
    turns = stand_in(monkeypatch, lambda _: "raise SystemExit(3)")
    queue.train_waiting()
    assert turns == [one.id]
    assert (one.state().state, one.state().reason, one.state().values) == (
        "lost",
        "process_exited",
        {"code": 3},
    )


@pytest.mark.parametrize(
    ("dies", "reason"),
    [
        ("import os; os.kill(os.getpid(), 9)", "killed_for_memory"),
        ("import os; os.kill(os.getpid(), 15)", "process_killed"),
        ("import os; os.abort()", "process_killed"),
        (
            "import os, sys; sys.stderr.write('std::bad_alloc\\n'); sys.stderr.flush(); os.abort()",
            "out_of_memory",
        ),
    ],
)
def test_a_trainer_that_died_for_want_of_memory_says_so(monkeypatch, dies, reason):
    one = created()

    def launch(one: Run) -> subprocess.Popen[bytes]:
        with (one.path / "trainer.log").open("wb") as log:
            return subprocess.Popen([sys.executable, "-c", dies], stderr=log)

    monkeypatch.setattr(queue, "launch", launch)
    queue.train_waiting()
    assert (one.state().state, one.state().reason) == ("lost", reason)


def test_a_run_resumed_while_its_failed_trainer_is_still_ending_has_another_turn(monkeypatch):
    one = created()
    fail_and_be_resumed = (
        "from pathlib import Path; from alexnet.runs import run;"
        f"one = run.Run(Path({str(one.path)!r}));"
        "run.write_status(one.path, run.waiting(one.config())); raise SystemExit(1)"
    )
    trainers = [fail_and_be_resumed, finish(one)]
    turns = stand_in(monkeypatch, lambda _: trainers.pop(0))
    queue.train_waiting()
    assert turns == [one.id, one.id] and one.state().state == "finished"


def test_a_trainer_that_finds_the_slot_taken_has_another_turn(monkeypatch):
    one = created()
    monkeypatch.setattr(queue, "_PAUSE", 0.01)
    exits = [f"raise SystemExit({SLOT_TAKEN})", finish(one)]
    turns = stand_in(monkeypatch, lambda _: exits.pop(0))
    queue.train_waiting()
    assert turns == [one.id, one.id] and one.state().state == "finished"


def test_nobody_trains_while_another_holds_the_slot(monkeypatch):
    created()
    monkeypatch.setattr(queue, "_PAUSE", 0.01)
    turns = stand_in(monkeypatch, finish)
    looks: list[int] = []
    with slot().acquire(timeout=0):
        queue.train_waiting(lambda: looks.append(1) or len(looks) > 3)
    assert turns == [] and len(looks) == 4


def test_a_trainer_that_nobody_waited_for_is_settled():
    one = created()
    gone = replace(one.status(), state="running", pid=2**22 + 1, process_started=1.0, heartbeat=time.time())
    run.write_status(one.path, gone)
    queue.settle()
    assert (one.status().state, one.status().reason, one.status().pid) == ("lost", "process_gone", None)


def test_a_rate_by_hand_that_made_the_loss_explode_does_not_come_back():
    one = created()
    run.control(one, rate=5.0)
    run.write_status(one.path, replace(one.status(), state="stopped"))
    queue.resume(one)
    assert one.control() == Control("run", 5.0)
    run.write_status(one.path, replace(one.status(), state="failed", reason="loss_not_finite"))
    queue.resume(one)
    assert one.control() == Control("run", None)


def test_a_finished_run_cannot_go_on():
    one = created()
    run.write_status(one.path, replace(one.status(), state="finished"))
    with pytest.raises(InputError, match="run_not_resumable"):
        queue.resume(one)


def test_resuming_respects_one_active_run_a_viewer():
    one = created()
    run.write_status(one.path, replace(one.status(), state="stopped"))
    created()
    with pytest.raises(InputError, match="run_active_already"):
        queue.resume(one)


def test_a_redis_that_cannot_be_used_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "redis", None)
    monkeypatch.setenv("ALEXNET_REDIS_URL", "redis://localhost:1/0")
    for name in [name for name in sys.modules if name == "huey" or name.startswith("huey.")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(DataError, match="redis_missing"):
        queue.bell()


def test_a_queue_whose_file_was_removed_gets_another():
    first = queue.bell()
    first.ring()
    assert queue.bell() is first and queue.bell_is_there()
    file = home.place("runs") / ".queue.db"
    first.huey.storage.close()
    file.unlink()
    assert not queue.bell_is_there()
    second = queue.bell()
    second.ring()
    assert queue.bell_is_there() and second.huey.pending_count() == 1


def test_a_worker_hears_the_bell_and_ends_when_its_parent_ends(home_folder):
    code = (
        "import sys; from alexnet.runs import queue;"
        "child = queue.start_worker(); print(child.pid, flush=True); sys.stdin.read()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdin is not None and parent.stdout is not None
    worker = int(parent.stdout.readline())
    started = process.started(worker)
    one = created()
    broken = one.path / "config.json"
    broken.write_text("{}", encoding="utf-8")  # its trainer says so within moments, without TensorFlow
    queue.bell().ring()
    until(lambda: one.status().state == "failed", 120)
    assert process.alive(worker, started)
    parent.kill()
    parent.wait()
    parent.stdin.close()
    parent.stdout.close()
    until(lambda: not process.alive(worker, started), 30)


def until(holds: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)
