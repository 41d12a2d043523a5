"""The start of a run, as every lesson offers it."""

from __future__ import annotations

from dataclasses import replace

from alexnet.runs import run
from alexnet.ui.runs import entries, start
from tests.runs.watched import watched


def test_the_start_waits_for_the_end_of_ones_own_run_without_a_click(monkeypatch):
    one = watched("mina", "running")
    drawn_anew: list[None] = []
    monkeypatch.setattr("alexnet.ui.runs.listing.viewer_id", lambda: "mina")
    monkeypatch.setattr(start.st, "rerun", lambda: drawn_anew.append(None))
    entries.forget()
    start._until_free()
    assert drawn_anew == []
    run.write_status(one.path, replace(one.status(), state="finished", pid=None))
    entries.forget()
    start._until_free()
    entries.forget()
    assert drawn_anew == [None]
