"""A computer's sleep, and trainers whose run is no longer theirs: real ones, held and let go by signals."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from alexnet.runs import process, queue, run, status
from alexnet.runs.run import Run
from alexnet.runs.slot import free
from alexnet.training.recorder import BEAT
from tests.training.small import small


def until(holds: Callable[[], bool], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)


@contextmanager
def trained(epochs: int = 1000) -> Iterator[tuple[Run, subprocess.Popen[bytes]]]:
    """A run with its real trainer, which is ended afterwards."""
    one = run.create(small(cycles=(epochs,)), one_each=False)
    with queue.launch(one) as trainer:
        try:
            until(lambda: one.status().has_process)
            yield one, trainer
        finally:
            trainer.kill()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is silent for longer than two heartbeats counts as lost."""
    monkeypatch.setattr(status, "STALE", 2 * BEAT)


def asleep(one: Run, trainer: subprocess.Popen[bytes]) -> None:
    os.kill(trainer.pid, signal.SIGSTOP)
    until(lambda: one.state().silent)


@pytest.mark.usefixtures("impatient")
def test_a_training_that_slept_goes_on_and_ends():
    with trained(epochs=2) as (one, trainer):
        asleep(one, trainer)
        assert not one.state().active
        os.kill(trainer.pid, signal.SIGCONT)
        until(lambda: one.state().active, 10)
        assert trainer.wait(120) == 0
        assert one.state().state == "finished"


@pytest.mark.usefixtures("impatient")
def test_deleting_a_silent_run_ends_its_trainer():
    with trained() as (one, trainer):
        asleep(one, trainer)
        run.delete(one)
        assert trainer.wait(10) != 0
        assert run.runs() == [] and not one.path.exists() and free()


@pytest.mark.usefixtures("impatient")
def test_resuming_a_silent_run_ends_its_trainer_and_it_waits_for_another():
    with trained() as (one, trainer):
        asleep(one, trainer)
        queue.resume(one)
        assert trainer.wait(10) != 0
        assert one.state().state == "queued" and free()


@pytest.mark.parametrize("how", ["its folder is gone", "it waits for another trainer"])
def test_a_trainer_whose_run_is_no_longer_its_own_ends_and_writes_nothing(how):
    with trained() as (one, trainer):
        if how == "its folder is gone":
            gone = one.path.with_name(".gone")
            one.path.rename(gone)
            shutil.rmtree(gone, ignore_errors=True)
        else:
            run.write_status(one.path, run.waiting(one.config()))
        assert trainer.wait(20) == 1
        assert free()
        if how == "its folder is gone":
            assert not (one.path / "status.json").exists()
        else:
            assert one.state().state == "queued"


def test_a_torn_status_is_mended_by_the_next_heartbeat():
    with trained() as (one, trainer):
        (one.path / "status.json").write_bytes(b"{")
        until(lambda: one.status().has_process, 10)
        assert process.alive(trainer.pid, process.started(trainer.pid))
