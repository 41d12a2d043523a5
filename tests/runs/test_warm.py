"""A trainer that waits: started when somebody will need it, given a run, and gone when nobody does."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import psutil
import pytest

from alexnet.home import ROOT
from alexnet.runs import process, queue, run, warm
from alexnet.runs.warm import Warm
from tests.training.small import small

SECONDS = 60


@pytest.fixture
def ready(monkeypatch):
    """A ``Warm`` whose trainers only say what they are told; the arguments of each that was started."""
    started = []

    def start(module, *arguments, log, told):
        assert told and module == "alexnet.training.trainer"
        started.append(arguments)
        code = "import sys; from alexnet.runs.warm import told; sys.exit(7 if told() == sys.argv[1] else 0)"
        expected = str(run.runs()[0].path) if run.runs() else "nothing"
        return subprocess.Popen([sys.executable, "-c", code, expected], cwd=ROOT, stdin=subprocess.PIPE)

    monkeypatch.setattr(process, "start", start)
    kept = Warm()
    kept.allowed = True
    yield kept, started
    kept.end()


def test_one_waits_and_is_told_the_folder_of_the_run(ready):
    kept, started = ready
    one = run.create(small("mina"), one_each=False)
    kept.prepare()
    kept.prepare()
    assert started == [(warm.WAIT,)]
    child = kept.take(one)
    assert child.wait(SECONDS) == 7
    assert kept.take(one) is None
    kept.prepare()
    assert len(started) == 2


def test_it_ends_when_nobody_has_a_run_for_it(ready):
    kept, _ = ready
    kept.prepare()
    child = kept._child
    kept.end()
    assert child.returncode == 0 and kept.take(run.create(small("mina"))) is None


def test_one_that_has_died_is_not_given_a_run(ready):
    kept, started = ready
    one = run.create(small("mina"))
    kept.prepare()
    kept._child.kill()
    kept._child.wait(SECONDS)
    assert kept.take(one) is None
    kept.prepare()
    assert len(started) == 2


@pytest.mark.parametrize("reason", ["nobody allowed it", "the setting", "no memory"])
def test_none_waits_where_none_should(ready, monkeypatch, reason):
    kept, started = ready
    if reason == "nobody allowed it":
        kept.allowed = False
    elif reason == "the setting":
        monkeypatch.setenv("ALEXNET_WARM", "0")
    else:
        little = psutil.virtual_memory()._replace(available=10**9)
        monkeypatch.setattr(psutil, "virtual_memory", lambda: little)
    kept.prepare()
    assert started == []


def test_a_line_that_breaks_off_names_no_folder(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps("/runs/one")))
    assert warm.told() is None


def test_the_real_one_trains_as_if_it_had_been_started_for_the_run(monkeypatch):
    kept = Warm()
    kept.allowed = True
    monkeypatch.setattr(queue, "WARM", kept)
    first, second = (run.create(small(viewer)) for viewer in ("mina", "joon"))
    kept.prepare()
    waits = kept._child
    try:
        queue.train_waiting()
        assert {one.state().state for one in (first, second)} == {"finished"}
        assert waits.poll() == 0  # it has trained the first of them
        for one in (first, second):
            assert f"Training {one.id}" in (one.path / "trainer.log").read_text(encoding="utf-8")
    finally:
        kept.end()
