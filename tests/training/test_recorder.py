"""The writing side: heartbeats, torn tails, control, reasons."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest

from alexnet.language import LANGUAGES, keys
from alexnet.language.catalogue import FOLDER
from alexnet.runs import run
from alexnet.runs.reasons import reason_text
from alexnet.runs.status import Control, Status
from alexnet.training import recorder as module
from alexnet.training.recorder import ControlFile, Recorder, mend
from tests.training.small import small


def test_the_heart_beats_until_the_end(monkeypatch):
    monkeypatch.setattr(module, "BEAT", 0.01)
    one = run.create(small())
    with Recorder(one.path, one.status()) as recorder:
        first = one.status()
        assert first.state == "running" and first.has_process
        recorder.progress(epoch=1, step=4)
        deadline = time.monotonic() + 20
        while one.status().step != 4 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert one.status().heartbeat > first.heartbeat and one.state().state == "running"
        recorder.end("finished")
    after = one.status()
    assert (after.state, after.pid, after.step) == ("finished", None, 4)
    time.sleep(0.05)
    assert one.status() == after


def test_a_torn_last_line_is_cut_off_before_the_next_is_written(tmp_path):
    file = tmp_path / "metrics.jsonl"
    mend(file)
    assert not file.exists()
    file.write_bytes(b'{"a": 1}\n{"b"')
    mend(file)
    assert file.read_bytes() == b'{"a": 1}\n'
    file.write_bytes(b"torn")
    mend(file)
    assert file.read_bytes() == b""


def test_the_control_is_read_when_it_changes_and_a_damaged_one_keeps_the_last():
    one = run.create(small())
    reads = []

    def read() -> Control | None:
        reads.append(1)
        return one.control()

    control = ControlFile(one.path / "control.json", read)
    assert control.read() is None and reads == []
    run.control(one, "pause")
    assert control.read() == control.read() == Control("pause")
    assert len(reads) == 1
    (one.path / "control.json").write_bytes(b"{")
    assert control.read() == Control("pause")
    run.control(one, "stop")
    assert control.read() == Control("stop")


SAMPLES = {
    "loss_not_finite": {"epoch": 1, "step": 3, "rate": 10.0},
    "heartbeat_stale": {"seconds": 90},
    "process_killed": {"signal": 15},
    "stopped_in_step": {"epoch": 1, "step": 70},
    "process_exited": {"code": 3},
    "unexpected": {"kind": "RuntimeError"},
    "library": {"id": "starter_missing", "name": "a.webp"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_sentence(language):
    for key in keys("training", language):
        if found := re.fullmatch(r"training\.reason_(.+)", key):
            reason = found[1]
            status = Status("failed", reason, SAMPLES.get(reason, {}))
            sentence = reason_text(status, language)
            assert sentence and "{" not in sentence
            if reason != "unexpected":
                assert sentence != reason_text(replace(status, reason="unexpected"), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_that_nobody_knows_is_said_to_be_unexpected(language):
    assert reason_text(Status("running"), language) == ""
    for status in (
        Status("failed", "from_the_future"),
        Status("failed", "library", {"id": "no_such_error"}),
        Status("failed", "library"),
        Status("failed", "loss_not_finite", {"rate": 1.0}),
    ):
        assert status.reason in reason_text(status, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_sorted_so_that_several_may_add_to_it(language):
    source = (FOLDER / language / "training.po").read_text(encoding="utf-8")
    ids = re.findall(r'^msgid "([^"]+)"$', source, re.MULTILINE)
    assert ids == sorted(ids)
