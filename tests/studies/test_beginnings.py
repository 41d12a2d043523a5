"""What a trained beginning was worth: the measurement's file, and two runs."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from alexnet.recipes import recipe
from alexnet.runs.config import new
from alexnet.runs.feed import Seen
from alexnet.studies import beginnings
from experiments import beginnings as experiment


def seen(*accuracies: float, test: float | None = None) -> Seen:
    epochs = tuple({"epoch": place, "validation_accuracy": one} for place, one in enumerate(accuracies, 1))
    return Seen(1, (), epochs, None if test is None else {"test_accuracy": test})


def test_the_test_images_decide_where_both_were_tested():
    found = beginnings.worth(seen(0.9, test=0.6), seen(0.7, test=0.85))
    assert (found.by, found.points) == ("test", pytest.approx(25.0))


def test_else_the_last_epoch_that_both_have():
    found = beginnings.worth(seen(0.5, 0.6, 0.7), seen(0.8, 0.9, test=0.9))
    assert (found.by, found.epoch, found.points) == ("validation", 2, pytest.approx(30.0))
    assert beginnings.worth(seen(), seen(0.8)).by == "nothing"


def test_what_else_sets_two_runs_apart():
    one = new("a", "classroom", recipe("half_minute"))
    assert beginnings.differences(one, replace(one, seed=4)) == ()
    other = replace(one, data="cifar10", recipe=recipe("two_minutes"))
    assert beginnings.differences(one, other) == ("network", "data", "epochs", "batch", "limit")


def test_the_summary_of_the_experiment_is_what_the_page_reads(tmp_path, monkeypatch):
    looks = {str(epoch): 0.5 + epoch / 100 for epoch in experiment.LOOKS}
    results = {
        way: [
            {"seed": seed, "test_accuracy": looks | {"30": 0.8 + seed / 100}, "seconds": 1.0, "learning": 9}
            for seed in (0, 1)
        ]
        for way in experiment.WAYS
    }
    (tmp_path / beginnings.FILE).write_text(json.dumps(experiment.summary(results)), encoding="utf-8")
    monkeypatch.setattr(beginnings, "RESULTS", tmp_path)
    found = beginnings.measured()
    assert found is not None
    assert [way.id for way in found.ways] == list(beginnings.WAYS) == list(experiment.WAYS)
    assert (found.pictures, found.tests, found.epochs, found.seeds) == (385, 2000, 30, 2)
    assert found.ways[0].mean(30) == pytest.approx(0.805)
    assert found.ways[1].accuracies[1] == (0.51, 0.51)


def test_without_a_measurement_there_is_none(tmp_path, monkeypatch):
    monkeypatch.setattr(beginnings, "RESULTS", tmp_path)
    assert beginnings.measured() is None


def test_the_experiment_trains_and_looks_at_the_pictures_that_it_says():
    settings = experiment.config("frozen", 0, pictures=32)
    assert settings.beginning.frozen and settings.images == 32
    found = experiment.train(settings, looks=(1,), tests=64)
    assert found["test_accuracy"].keys() == {"1"} and found["learning"] == 1_443_842
    scratch = experiment.config("scratch", 0)
    assert (scratch.beginning, scratch.recipe.rate, scratch.recipe.scaling) == (None, 0.02, "standardized")
