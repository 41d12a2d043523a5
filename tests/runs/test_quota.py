"""What runs take of the disk, and what is refused."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from alexnet.errors import InputError
from alexnet.runs import quota, run
from alexnet.runs.quota import GB, Taken
from tests.runs.planted import plant
from tests.training.small import small


def test_runs_are_counted_by_whose_they_are_and_one_at_work_with_what_it_will_write():
    over = plant("mina")
    waits = run.create(small("joon"), one_each=False)
    spoilt = plant("sora")
    (spoilt.path / "config.json").write_text("{", encoding="utf-8")
    sizes = {
        one.id: sum(file.stat().st_size for file in one.path.rglob("*") if file.is_file())
        for one in (over, waits, spoilt)
    }
    now = quota.taken()
    assert now.viewers["mina"] == sizes[over.id]
    assert now.viewers["joon"] == quota.expected(waits.config()) > sizes[waits.id]
    assert now.all == now.viewers["mina"] + now.viewers["joon"] + sizes[spoilt.id]
    assert quota.more(over) < quota.expected(over.config())


def test_a_run_that_is_over_is_counted_once_and_anew_when_it_has_changed(monkeypatch):
    one = plant()
    counted: list[object] = []
    real = quota._size
    monkeypatch.setattr(quota, "_size", lambda path: counted.append(path) or real(path))
    assert quota.size(one) == quota.size(one) > 0 and len(counted) == 1
    run.write_status(one.path, replace(one.status(), step=1))
    quota.size(one)
    assert len(counted) == 2


@pytest.mark.parametrize(
    ("taken", "more", "refused"),
    [
        (Taken(GB, {"mina": GB}), GB, None),
        (Taken(GB, {"mina": GB}), GB + 1, "quota_viewer"),
        (Taken(19 * GB, {"joon": 19 * GB}), GB, None),
        (Taken(19 * GB, {"joon": 19 * GB}), GB + 1, "quota_server"),
        (Taken(), 2 * GB, "disk_short"),
    ],
)
def test_a_run_is_refused_that_has_no_room(monkeypatch, home_folder, taken, more, refused):
    home_folder.mkdir()
    free = more + quota.RESERVE - (refused == "disk_short")
    usage = type("Usage", (), {"free": free})
    monkeypatch.setattr(quota.shutil, "disk_usage", lambda _: usage)
    if refused is None:
        quota.check("mina", more, taken)
        return
    with pytest.raises(InputError, match=refused):
        quota.check("mina", more, taken)


@pytest.mark.parametrize(
    ("written", "bytes"), [("", 2 * GB), ("0.5", GB // 2), ("x", 2 * GB), ("-1", 2 * GB), ("nan", 2 * GB)]
)
def test_the_environment_sets_a_limit_and_nonsense_leaves_the_usual_one(monkeypatch, written, bytes):
    monkeypatch.setenv("ALEXNET_VIEWER_GB", written)
    assert quota.limit(quota.VIEWER) == bytes


def test_a_limit_that_is_no_number_is_told_once_in_the_log(monkeypatch, caplog):
    monkeypatch.setenv("ALEXNET_VIEWER_GB", "5GB")
    for _ in range(3):
        assert quota.limit(quota.VIEWER) == 2 * GB
    assert [record.getMessage() for record in caplog.records] == [
        "ALEXNET_VIEWER_GB holds '5GB', which is no number of gigabytes such as 2.5; 2 holds"
    ]


def test_without_a_data_folder_nothing_is_taken(home_folder):
    shutil.rmtree(home_folder, ignore_errors=True)
    assert quota.taken() == Taken(0, {})
    quota.check("mina", GB, quota.taken())
