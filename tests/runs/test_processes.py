"""A trainer as a process of its own, and ``python -m alexnet.training`` with one: stopped from outside."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from alexnet.home import ROOT
from alexnet.runs import queue, run
from alexnet.runs.metrics_log import Curves
from alexnet.runs.run import Run
from alexnet.weights import store
from tests.training.small import small, waiting_again
from tools.kills import trainers, until

EPOCHS = 25  # enough that a run is still at work when the word to stop reaches it


def place(one: Run) -> tuple[int, int]:
    """Epochs, and batches of the next one, of the state that a run kept."""
    arrays = store.read(one.path / "state" / "last.safetensors")
    return int(arrays["place/epoch"]), int(arrays["place/batch"])


def test_a_trainer_that_is_terminated_or_stopped_keeps_its_state_to_the_batch():
    one = run.create(small(cycles=(EPOCHS,)))
    trainer = queue.launch(one)
    assert until(lambda: 1 in one.snapshots())
    trainer.terminate()
    assert trainer.wait(60) == 0
    view = one.state()
    assert (view.state, view.reason, view.pid) == ("stopped", "terminated", None)
    epoch, batch = place(one)
    assert (view.epoch, view.step) == (epoch, 4 * epoch + batch) and 1 <= epoch < EPOCHS
    assert one.resumable

    waiting_again(one)
    trainer = queue.launch(one)
    assert until(lambda: epoch + 1 in one.snapshots())
    begun = time.monotonic()
    run.control(one, "stop")
    assert trainer.wait(60) == 0
    assert time.monotonic() - begun < 15
    view = one.state()
    assert (view.state, view.reason) == ("stopped", "stopped_by_hand")
    later, batch = place(one)
    assert view.step == 4 * later + batch > 4 * epoch
    (resumed,) = [line for line in one.metrics().lines if line["kind"] == "resume"]
    assert resumed["epoch"] == epoch
    assert np.isfinite(store.read(one.weights("last"))["fc8/bias"]).all()
    assert until(lambda: trainers(one) == [], 30)


@pytest.fixture
def heeds_ctrl_c() -> Iterator[None]:
    """A shell starts what runs in its background deaf to Ctrl-C, and programs hand that on to theirs."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def terminal(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "alexnet.training", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def said(program: subprocess.Popen[str]) -> tuple[int, str]:
    output, errors = program.communicate(timeout=300)
    assert errors == ""
    return program.returncode, output


@pytest.mark.usefixtures("heeds_ctrl_c")
def test_a_run_from_a_terminal_is_stopped_by_ctrl_c_listed_resumed_and_exported(tmp_path: Path):
    settings = ("--epochs", str(EPOCHS), "--batch", "16", "--limit", "64", "--seed", "3", "--name", "first")
    program = terminal("start", *settings)
    assert until(lambda: len(run.runs()) == 1 and 1 in run.runs()[0].snapshots())
    (one,) = run.runs()
    program.send_signal(signal.SIGINT)
    code, output = said(program)
    assert (code, one.state().state) == (0, "stopped")
    assert output.startswith(one.id) and f"Epoch 1/{EPOCHS}" in output and "stopped" in output

    code, output = said(terminal("list"))
    assert code == 0
    assert one.id in output and "first" in output and "The training was stopped" in output

    code, output = said(terminal("resume", one.id))
    assert (code, one.state().state) == (0, "finished")
    assert f"Epoch {EPOCHS}/{EPOCHS}" in output and "Accuracy on the test images" in output
    curves = Curves(one.metrics_file)
    curves.update()
    assert [line["epoch"] for line in curves.epochs] == list(range(1, EPOCHS + 1))

    target = tmp_path / "run.zip"
    code, output = said(terminal("export", one.id, str(target)))
    assert code == 0
    with zipfile.ZipFile(target) as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
    assert {"config.json", "metrics.jsonl", "weights/last.safetensors", f"kernels/{EPOCHS:03d}.npy"} <= names
    assert not any(name.startswith("state/") for name in names)
