"""Trainers that answer nobody are ended. They are stand-ins: processes that only sleep."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from alexnet.runs import process, run
from alexnet.runs.run import Run
from alexnet.runs.supervisor import GRACE, SAVING, Supervisor
from alexnet.weights import store
from tests.training.small import small

DEAF = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(600)"
)


@pytest.fixture
def trainer() -> Iterator[subprocess.Popen[bytes]]:
    """A process that is in the middle of a step of ten minutes."""
    with subprocess.Popen([sys.executable, "-c", DEAF], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        yield child
        child.kill()


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def at_work(trainer: subprocess.Popen[bytes], **changes: object) -> Run:
    one = run.create(small(), one_each=False)
    mine = {"pid": trainer.pid, "process_started": process.started(trainer.pid), "heartbeat": time.time()}
    status = replace(one.status(), state="running", epoch=2, step=11, **mine, **changes)
    run.write_status(one.path, status)
    return one


def test_a_trainer_that_does_not_answer_a_stop_is_ended_and_stands_as_at_its_last_save(trainer):
    one, clock = at_work(trainer), Clock()
    store.write(
        one.path / "state" / "last.safetensors",
        {"place/epoch": np.array(1), "place/batch": np.array(3)},
    )
    supervisor = Supervisor(clock=clock)
    run.control(one, "stop")
    supervisor.look()
    clock.now += GRACE - 0.1
    supervisor.look()
    assert trainer.poll() is None and one.state().state == "running"
    clock.now += 0.2
    supervisor.look()
    assert trainer.wait(5) != 0
    status = one.status()
    assert (status.state, status.reason, status.pid) == ("stopped", "stopped_in_step", None)
    assert (status.epoch, status.step) == (1, 4 + 3) and status.values == {"epoch": 1, "step": 7}
    assert one.resumable


def test_a_trainer_ended_before_its_first_save_begins_again(trainer):
    one, clock = at_work(trainer), Clock()
    supervisor = Supervisor(clock=clock)
    run.control(one, "stop")
    supervisor.look()
    clock.now += GRACE
    supervisor.look()
    assert (one.state().reason, one.state().epoch, one.state().step) == ("stopped_in_step", 0, 0)


def test_a_trainer_that_writes_its_state_has_longer(trainer):
    one, clock = at_work(trainer, leaving=True), Clock()
    supervisor = Supervisor(clock=clock)
    run.control(one, "stop")
    supervisor.look()
    clock.now += SAVING - 1
    supervisor.look()
    assert trainer.poll() is None
    clock.now += 2
    supervisor.look()
    assert trainer.wait(5) != 0


@pytest.mark.parametrize("wish", ["run", "pause"])
def test_nothing_but_a_stop_ends_a_trainer(trainer, wish):
    one, clock = at_work(trainer), Clock()
    supervisor = Supervisor(clock=clock)
    run.control(one, wish)
    supervisor.look()
    clock.now += 3600
    supervisor.look()
    assert trainer.poll() is None and one.state().state == "running"


def test_a_stop_that_was_taken_back_starts_no_clock(trainer):
    one, clock = at_work(trainer), Clock()
    supervisor = Supervisor(clock=clock)
    run.control(one, "stop")
    supervisor.look()
    run.control(one, "run")
    clock.now += GRACE
    supervisor.look()
    run.control(one, "stop")
    supervisor.look()
    assert trainer.poll() is None


def test_another_process_that_got_the_trainers_number_is_left_alone(trainer):
    process.end(trainer.pid, process.started(trainer.pid) - 100)
    assert trainer.poll() is None
