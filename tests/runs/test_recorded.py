"""The recorded trainings show what they are named after, and stand at every moment as they stood then."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from alexnet.errors import ChoiceError, DataError
from alexnet.runs import recorded
from alexnet.runs.metrics_log import NUMBERS, Curves
from alexnet.runs.recorded import KERNELS, RECORDED, Timeline
from alexnet.studies.diagnosis import diagnose
from alexnet.studies.guessing import Guessing, guessing
from alexnet.studies.standings import standing


def curves(run) -> Curves:
    found = Curves(run.metrics_file)
    found.update()
    return found


def line(kind: str, time: float, **values: object) -> dict[str, object]:
    extra = {"confusion": [[3, 1], [0, 4]]} if kind == "test" else {}
    return {"kind": kind} | dict.fromkeys(NUMBERS[kind], 1) | extra | values | {"time": time}


def timeline(tmp_path, *lines: dict[str, object]) -> Timeline:
    file = tmp_path / "metrics.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    found = Curves(file)
    found.update()
    return Timeline(found)


@pytest.fixture
def damaged(tmp_path, monkeypatch):
    """A copy of one recorded run, to be damaged."""
    shutil.copytree(recorded.FOLDER / "overfitting", tmp_path / "overfitting")
    monkeypatch.setattr(recorded, "FOLDER", tmp_path)
    return tmp_path / "overfitting"


@pytest.mark.parametrize("id", RECORDED)
def test_the_curves_show_what_the_run_is_named_after(id):
    run = recorded.recorded(id)
    found = diagnose(curves(run).epochs, guessing(run.config()), reason=run.status().reason)
    assert found[0].id == id


@pytest.mark.parametrize("id", RECORDED)
def test_there_are_kernels_from_before_training_to_the_last_epoch_at_even_distances(id):
    run = recorded.recorded(id)
    epochs = len(curves(run).epochs)
    assert run.snapshots() == tuple(range(0, epochs + 1, 2 if epochs > 20 else 1))
    first = run.kernels(0)
    assert first.shape == (11, 11, 3, 32) and first.dtype == np.float32
    assert np.abs(run.kernels(run.snapshots()[-1]) - first).max() > 0


@pytest.mark.parametrize("id", RECORDED)
def test_a_recorded_run_is_nobodys_and_cannot_be_resumed(id):
    run = recorded.recorded(id)
    assert run.config().viewer == "" and not run.resumable
    assert run.state() == run.status() and not run.state().active


def test_the_runs_differ_from_the_first_in_what_the_page_says():
    first, *others = (recorded.recorded(id).config().to_json() for id in RECORDED)

    def settings(config: dict[str, object]) -> dict[str, object]:
        own = {name: value for name, value in config.items() if name not in ("id", "created", "recipe")}
        return own | dict(config["recipe"])

    differing = [
        {name for name, value in settings(other).items() if value != settings(first)[name]}
        for other in others
    ]
    assert differing == [{"augment", "batch", "cycles", "limit"}, {"initializer", "rate"}, {"rate"}]


def test_the_run_that_learns_beats_the_one_that_overfits_on_images_that_neither_has_met():
    tested = {id: curves(recorded.recorded(id)).test for id in ("learning_well", "overfitting")}
    assert tested["learning_well"]["test_accuracy"] > tested["overfitting"]["test_accuracy"]


def test_the_recorded_runs_are_small():
    sizes = [path.stat().st_size for path in recorded.FOLDER.rglob("*") if path.is_file()]
    assert sum(sizes) < 1.5e6


def test_an_unknown_run_is_refused():
    with pytest.raises(ChoiceError, match="recorded_unknown"):
        recorded.recorded("../models")


@pytest.mark.parametrize("file", ["config.json", "status.json", "metrics.jsonl", KERNELS])
@pytest.mark.parametrize("damage", ["missing", "cut off"])
def test_a_file_that_is_missing_or_damaged_is_named(damaged, file, damage):
    path = damaged / file
    content = path.read_bytes()
    path.unlink()
    if damage == "cut off":
        path.write_bytes(content[: len(content) // 3] + b"\n")
    with pytest.raises(DataError) as caught:
        recorded.recorded("overfitting")
    assert caught.value.values == {"run": "overfitting", "file": file}


def test_kernels_of_an_epoch_that_there_is_not_are_refused():
    with pytest.raises(DataError, match="kernels_unreadable"):
        recorded.recorded("diverging").kernels(999)


def test_at_every_moment_there_is_what_had_been_said_by_then(tmp_path):
    line_of_time = timeline(
        tmp_path,
        line("step", 100.0, step=1),
        line("step", 100.5, step=2),
        line("epoch", 102.0, epoch=1),
        line("step", 102.5, step=3),
        line("test", 104.0),
    )
    assert line_of_time.length == 4.5  # half a second before the first line, and four from it to the last

    def counts(seconds: float) -> tuple[int, int, bool]:
        excerpt = line_of_time.until(seconds)
        return len(excerpt.steps), len(excerpt.epochs), excerpt.test is not None

    assert [counts(at) for at in (0, 0.49, 0.5, 1.0, 2.4, 2.5, 3.0, 4.4, 4.5, 99)] == [
        (0, 0, False),
        (0, 0, False),
        (1, 0, False),
        (2, 0, False),
        (2, 0, False),
        (2, 1, False),
        (3, 1, False),
        (3, 1, False),
        (3, 1, True),
        (3, 1, True),
    ]
    assert [line_of_time.end_of(epoch) for epoch in (0, 1)] == [0.0, 2.5]
    assert line_of_time.until(99).lines == 5


def test_a_night_between_two_lines_lasts_five_seconds(tmp_path):
    night = timeline(tmp_path, line("step", 10.0), line("step", 30_010.0), line("step", 30_012.0))
    assert night.length == 0.5 + 5.0 + 2.0


def test_what_a_resumption_made_void_is_not_shown(tmp_path):
    resumed = timeline(
        tmp_path,
        line("step", 1.0, step=1),
        line("step", 2.0, step=2),
        line("resume", 50.0, step=1),
        line("step", 51.0, step=2, loss=7),
    )
    assert [(one["step"], one["loss"]) for one in resumed.until(60).steps] == [(1, 1), (2, 7)]


def test_a_run_that_has_said_nothing_has_no_length(tmp_path):
    assert timeline(tmp_path).length == 0
    assert timeline(tmp_path).until(10) == ((), (), None)


def test_the_recorded_race_has_four_lanes_of_which_two_never_move_and_he_overtakes_glorot():
    run = recorded.recorded(recorded.RACE)
    config = run.config()
    found = curves(run)
    lanes = [found.lane(number) for number in range(1, len(config.lanes) + 1)]
    standings = [standing(lane.steps, lane.epochs, lane.failed, Guessing(2, 1000)) for lane in lanes]
    assert [one.verdict for one in standings] == ["unchanged", "unchanged", "learning", "learning"]
    zeros, _, glorot, he = (lane.epochs for lane in lanes)
    assert glorot[0]["validation_accuracy"] > he[0]["validation_accuracy"]
    assert glorot[-1]["validation_accuracy"] < he[-1]["validation_accuracy"]
    assert lanes[3].test["test_accuracy"] > lanes[0].test["test_accuracy"] == 0.5
    assert len(zeros) == config.recipe.epochs
