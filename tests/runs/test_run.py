"""Run folders: whole, torn, damaged and missing ones, and who may do what."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alexnet.errors import ChoiceError, DataError, InputError
from alexnet.language import LANGUAGES, keys
from alexnet.recipes import recipe
from alexnet.runs import files, process, run
from alexnet.runs.config import new
from alexnet.runs.run import Run
from alexnet.runs.status import Control, Status

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


def made(viewer: str = "mina", **options) -> Run:
    return run.create(new(viewer, "classroom", recipe("half_minute")), **options)


def running(one: Run, **changes: object) -> Status:
    status = Status(
        "running", pid=os.getpid(), process_started=process.started(), heartbeat=time.time(), epochs=2
    )
    status = replace(status, **changes)
    run.write_status(one.path, status)
    return status


def test_a_new_run_waits_and_is_found_again():
    one = made()
    assert one.state().state == "queued"
    assert (one.state().epochs, one.state().steps_per_epoch) == (4, 140)
    assert run.find(one.id).path == one.path
    assert [other.id for other in run.runs()] == [one.id]


@pytest.mark.parametrize("id", ["20261124-130843-a1b2c3", "..", "../runs", "", "x" * 500])
def test_an_id_that_names_no_run_is_refused_and_never_a_path(id):
    with pytest.raises(ChoiceError, match="run_unknown"):
        run.find(id)


def test_a_viewer_has_one_active_run_and_others_have_theirs():
    first = made()
    with pytest.raises(InputError, match="run_active_already"):
        made()
    made("joon")
    run.write_status(first.path, replace(first.status(), state="finished"))
    assert made().state().state == "queued"


def test_only_its_owner_or_a_teacher_may_change_a_run():
    one = made()
    assert run.may_change(one, "mina") and run.may_change(one, "joon", teacher=True)
    assert not run.may_change(one, "joon")
    (one.path / "config.json").write_text("{", encoding="utf-8")
    assert not run.may_change(one, "mina") and run.may_change(one, "mina", teacher=True)


def test_a_trainer_that_is_there_is_running():
    one = made()
    running(one)
    assert one.state().state == "running" and not one.resumable


def test_a_trainer_that_is_gone_leaves_a_lost_run_with_its_reason():
    one = made()
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    start = process.started(gone.pid)
    gone.wait()
    running(one, pid=gone.pid, process_started=start, step=5)
    view = one.state()
    assert (view.state, view.reason, view.step) == ("lost", "process_gone", 5)
    assert one.resumable


def test_another_process_of_the_same_number_is_not_the_trainer():
    one = made()
    running(one, process_started=process.started() - 3600)
    assert one.state().reason == "process_gone"


def test_a_process_that_ended_but_was_not_waited_for_is_gone():
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    start = process.started(child.pid)
    child.stdout = None
    deadline = time.monotonic() + 20
    while process.alive(child.pid, start) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not process.alive(child.pid, start)
    child.wait()


def test_a_silent_trainer_is_lost():
    one = made()
    running(one, heartbeat=time.time() - 100)
    view = one.state()
    assert (view.state, view.reason) == ("lost", "heartbeat_stale")
    assert 99 <= view.values["seconds"] <= 110


@given(content=st.binary(max_size=200), name=st.sampled_from(["config", "status", "control"]))
def test_whatever_bytes_a_file_holds_the_run_has_a_state(tmp_path, content, name):
    one = made(one_each=False)
    (one.path / f"{name}.json").write_bytes(content)
    view = one.state()
    if name != "control":
        assert view.state == "lost"
        assert view.reason == f"{name}_damaged"
    assert one.control() is None


@given(changes=st.dictionaries(st.sampled_from(sorted(Status.__dataclass_fields__)), ANY_JSON, min_size=1))
def test_whatever_json_the_status_holds_the_run_has_a_state(changes):
    one = made(one_each=False)
    content = json.loads((one.path / "status.json").read_text(encoding="utf-8")) | changes
    (one.path / "status.json").write_text(json.dumps(content), encoding="utf-8")
    view = one.state()
    assert view.state != "lost" or view.reason is not None


@pytest.mark.parametrize("content", [b"[" * 100_000, b"\xff\xfe", b"", b"null", b"[]"])
def test_a_status_that_is_no_status_is_damaged(content):
    one = made()
    (one.path / "status.json").write_bytes(content)
    assert (one.state().state, one.state().reason) == ("lost", "status_damaged")


def test_a_folder_without_a_status_is_lost_and_can_go_on():
    one = made()
    (one.path / "status.json").unlink()
    assert (one.state().state, one.state().reason) == ("lost", "status_missing")
    assert one.resumable


def test_a_folder_under_another_runs_name_is_damaged():
    one, other = made(), made("joon")
    (other.path / "config.json").write_bytes((one.path / "config.json").read_bytes())
    assert other.state().reason == "config_damaged"
    assert not other.resumable


def test_a_status_survives_its_file():
    one = made()
    status = running(one, reason="loss_not_finite", values={"epoch": 1})
    assert files.read(Status, json.loads((one.path / "status.json").read_text(encoding="utf-8"))) == status


def test_control_keeps_what_is_not_said():
    one = made()
    assert one.control() is None
    run.control(one, "pause")
    run.control(one, rate=0.003)
    assert one.control() == Control("pause", 0.003)
    run.control(one, "run")
    assert one.control() == Control("run", 0.003)
    run.control(one, rate=None)
    assert one.control() == Control("run", None)


@pytest.mark.parametrize("rate", [0.0, -1.0, float("nan"), float("inf"), 11.0])
def test_a_rate_that_is_none_is_refused(rate):
    with pytest.raises(InputError, match="number_out_of_range"):
        run.control(made(), rate=rate)


def test_a_waiting_run_is_stopped_at_once():
    one = made()
    run.control(one, "stop")
    assert (one.state().state, one.state().reason) == ("stopped", "stopped_by_hand")


def test_a_run_that_pauses_without_a_trainer_is_stopped_at_once():
    one = made()
    run.write_status(one.path, replace(one.status(), state="paused"))
    run.control(one, "stop")
    assert (one.state().state, one.state().reason) == ("stopped", "stopped_by_hand")


def test_a_stop_is_left_to_the_trainer_where_there_is_one():
    one = made()
    running(one, state="paused")
    run.control(one, "stop")
    assert one.state().state == "paused" and one.control() == Control("stop")


def test_a_run_is_deleted_unless_it_is_being_trained():
    one = made()
    running(one)
    with pytest.raises(InputError, match="run_has_a_trainer"):
        run.delete(one)
    run.write_status(one.path, replace(one.status(), state="stopped", pid=None))
    run.delete(one)
    assert run.runs() == [] and list(one.path.parent.iterdir()) == []


def test_kernels_are_read_by_epoch_and_damaged_ones_refused(tmp_path: Path):
    one = made()
    assert one.snapshots() == ()
    (one.path / "kernels").mkdir()
    array = np.random.default_rng(0).normal(size=(11, 11, 3, 32)).astype(np.float16)
    np.save(one.path / "kernels" / "003.npy", array)
    (one.path / "kernels" / "004.npy").write_bytes(b"\x93NUMPY torn")
    (one.path / "kernels" / "²³.npy").write_bytes(b"")
    np.save(one.path / "kernels" / "005.npy", np.array([object()]), allow_pickle=True)
    assert one.snapshots() == (3, 4, 5)
    np.testing.assert_array_equal(one.kernels(3), array.astype(np.float32))
    for epoch in (1, 4, 5):
        with pytest.raises(DataError, match="kernels_unreadable"):
            one.kernels(epoch)


def test_reading_runs_loads_no_tensorflow():
    code = "import sys, alexnet.runs.run; sys.exit('tensorflow' in sys.modules or 'keras' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path.cwd()).returncode == 0


def test_recipes_are_named_in_both_languages():
    from alexnet.recipes import RECIPES

    for language in LANGUAGES:
        assert {f"training.recipe_{one.id}" for one in RECIPES} <= keys("training", language)
