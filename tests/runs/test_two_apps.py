"""Two apps over one data folder, with their servers, workers and trainers: one training at a time."""

from __future__ import annotations

from tools import two_apps
from tools.two_apps import overlaps


def test_two_apps_over_one_data_folder_never_train_two_at_once():
    seen = two_apps.share(2)
    assert seen.problems == ()
    assert (seen.runs, seen.workers, seen.most_at_once) == (2, 2, 1)


def test_trainings_that_overlap_are_noticed(tmp_path):
    ones = []
    for name, times in (("a", (1, 5)), ("b", (4, 6)), ("c", (6.5, 7))):
        (tmp_path / name).mkdir()
        one = two_apps.Run(tmp_path / name)
        lines = [f'{{"kind": "resume", "step": 0, "epoch": 0, "time": {time}}}\n' for time in times]
        one.metrics_file.write_text("".join(lines), encoding="utf-8")
        ones.append(one)
    assert overlaps(ones) == ["b began before a had ended"]
