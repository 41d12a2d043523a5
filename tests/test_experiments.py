"""The experiments' points and results: what can be trained again is what was trained."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from itertools import pairwise
from types import SimpleNamespace

import pytest

from alexnet.architecture import document
from alexnet.recipes import NETWORKS, Recipe, recipe
from alexnet.runs.config import Config
from alexnet.studies import ladder as rungs
from alexnet.studies import tower_division
from alexnet.studies.points import Point
from experiments import ladder, runner, tower_split
from experiments.runner import Experiment

EXPERIMENTS = [ladder.EXPERIMENT, tower_split.EXPERIMENT]
named = pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda experiment: experiment.name)


def points(experiment: Experiment) -> list[Point]:
    return list({point.id: point for point, _ in experiment.jobs}.values())


def results(experiment: Experiment) -> list[dict]:
    if not experiment.results.exists():
        return []
    return [json.loads(line) for line in experiment.results.read_text(encoding="utf-8").splitlines()]


@named
def test_every_point_is_a_run_that_the_queue_would_take(experiment):
    for point in points(experiment):
        config = point.config(seed=0)
        assert Config.from_json(json.loads(json.dumps(config.to_json()))) == config


@named
def test_a_job_stands_once_and_an_id_means_one_point(experiment):
    jobs = [(point.id, seed) for point, seed in experiment.jobs]
    assert len(jobs) == len(set(jobs))
    assert len({point.id for point, _ in experiment.jobs}) == len({point for point, _ in experiment.jobs})


@named
def test_every_result_has_the_settings_that_its_point_has_today(experiment):
    for line in results(experiment):
        settings = json.loads(json.dumps(experiment.point(line["point"]).config(line["seed"]).to_json()))
        # A setting that did not exist yet was what it is by default today.
        then = line["config"] | {"recipe": json.loads(json.dumps(asdict(Recipe(**line["config"]["recipe"]))))}
        assert {name: settings[name] for name in then} == then, line["command"]


@named
def test_every_result_is_of_the_rows_that_its_network_has_today(experiment):
    for line in results(experiment):
        rows = experiment.point(line["point"]).config(line["seed"]).rows
        assert line["rows"] == document.digest(rows), line["command"]


@named
def test_a_finished_result_has_a_line_for_every_epoch(experiment):
    for line in results(experiment):
        if line["state"] == "finished":
            count = sum(line["config"]["recipe"]["cycles"])
            assert [epoch["epoch"] for epoch in line["epochs"]] == list(range(1, count + 1))
            assert (line["test_accuracy"] is not None) == line["config"]["test"]


@named
def test_every_job_has_its_result_once_and_no_result_is_of_anything_else(experiment):
    lines = [(line["point"], line["seed"]) for line in results(experiment)]
    assert sorted(lines) == sorted((point.id, seed) for point, seed in experiment.jobs)
    assert list(experiment.missing()) == []


def test_what_is_trained_again_or_with_a_seed_of_ones_own_is_printed_only(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(runner, "RESULTS", tmp_path)
    monkeypatch.setattr(runner, "_run_of", lambda config: SimpleNamespace(path=tmp_path))
    monkeypatch.setattr(runner, "Trainer", lambda one: SimpleNamespace(train=lambda: 0))
    result = {"test_accuracy": 0.7}
    monkeypatch.setattr(
        Experiment, "_result", lambda self, point, seed, one: result | {"point": point.id, "seed": seed}
    )
    monkeypatch.setattr(runner, "step_aside", lambda: None)
    monkeypatch.setenv("ALEXNET_HOME", str(tmp_path))
    for seed in ("0", "0", "7"):
        monkeypatch.setattr(
            "sys.argv", ["ladder", "--point", "note", "--seed", seed, "--work", str(tmp_path)]
        )
        ladder.EXPERIMENT.main(None)
    assert [json.loads(line)["seed"] for line in capsys.readouterr().out.splitlines()] == [0, 0, 7]
    assert [line["seed"] for line in results(ladder.EXPERIMENT)] == [0]


def test_a_tuned_rung_changes_one_thing_of_the_rung_below():
    for below, above in pairwise(rungs.RUNGS[: rungs.TUNED + 1]):
        assert changed(below, above) in WHAT_ONE_CHANGE_TAKES


def test_above_them_a_network_brings_its_epochs_and_at_most_a_rate_of_its_own():
    for below, above in pairwise(rungs.RUNGS[rungs.TUNED :]):
        found = changed(below, above) - {"cycles"}
        if "network" in found:
            found -= {"size"}  # it is the network's
        assert found in ({"network"}, {"network", "rate", "warmup"}, {"network", "warmup"}) or len(found) == 1


def changed(below: Point, above: Point) -> set[str]:
    """Which settings of two points differ."""
    recipes = asdict(below.recipe), asdict(above.recipe)
    found = {name for name, value in recipes[1].items() if value != recipes[0][name]}
    found |= {
        field.name for field in fields(Point) if getattr(above, field.name) != getattr(below, field.name)
    }
    return found - {"id", "recipe"}


WHAT_ONE_CHANGE_TAKES = (
    {"rate"},
    {"scaling"},
    {"network"},
    {"augment"},
    {"schedule", "warmup"},
    {"optimizer", "rate", "weight_decay"},
)
"""A cosine begins with a warm-up; another optimizer needs a rate of its own, and decays weights itself."""


def test_the_first_rung_is_the_notes_recipe():
    recipe: Recipe = rungs.RUNGS[0].recipe
    assert (recipe.optimizer, recipe.rate, recipe.scaling) == ("adam", 0.001, "unit")
    assert not recipe.augment and recipe.schedule == "constant" and recipe.weight_decay == 0


def test_towers_compared_differ_in_their_network_only():
    compared = [
        point.config(seed=1) for point in (tower_division.MEETING, tower_division.APART, tower_division.ONE)
    ]
    assert len({config.network for config in compared}) == 3
    assert len({(config.recipe, config.size, config.data) for config in compared}) == 1
    assert {config.rows.row("conv1").maps for config in compared} == {64}


def test_the_five_minute_recipe_is_the_top_of_the_ladder():
    top = rungs.RUNGS[-1]
    assert recipe("five_minutes") == replace(top.recipe, id="five_minutes", precision="fastest")
    assert NETWORKS["five_minutes"] == top.network and top.size is None
