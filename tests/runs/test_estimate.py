"""Estimates against numbers worked out by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from math import prod

import pytest

from alexnet.architecture import CLASSROOM, PAPER_2012, network, with_classes, with_size
from alexnet.recipes import RACING, recipe
from alexnet.runs import run
from alexnet.runs.config import Config, new
from alexnet.runs.estimate import (
    PROCESS,
    SPEEDS,
    estimate,
    measured_speed,
    seconds_left,
    speed_of,
    usual_speed,
)


def config(**changes: object) -> Config:
    return replace(new("mina", "classroom", RACING), **changes)


def test_an_epoch_is_its_whole_batches_and_a_third_for_each_validation_image():
    expected = estimate(config(), 100.0)
    assert expected.epoch_seconds == pytest.approx((70 * 128 + 1000 / 3) / 100)
    assert expected.seconds == pytest.approx(2 * expected.epoch_seconds)
    limited = estimate(config(limit=256), 100.0)
    assert limited.epoch_seconds == pytest.approx((256 + 256 / 3) / 100)


def test_the_papers_network_counts_its_parameters_and_needs_more_than_three_copies_of_them():
    expected = estimate(config(network="paper_2012"), 80.0)
    assert expected.parameters == 60_965_224 - 998 * 4097  # two classes in place of 1,000
    assert expected.memory > 3 * 4 * expected.parameters
    assert expected.memory > estimate(config(), 80.0).memory


@pytest.mark.parametrize("settings", [{"optimizer": "adam"}, {"momentum": 0.9}, {"momentum": 0.0}])
def test_what_does_not_grow_with_the_batch_is_what_keras_keeps_of_each_parameter(settings):
    from alexnet.training.learner import Learner

    recipes = [replace(RACING, batch=batch, **settings) for batch in (1, 2)]
    one, two = (estimate(config(recipe=each), 1.0).memory for each in recipes)
    learner = Learner(config(recipe=recipes[0]))
    # The step count and the rate are single numbers.
    remembered = [variable for variable in learner.optimizer.variables if len(variable.shape)]
    kept = [*learner.model.weights, *learner.model.trainable_variables, *remembered]
    assert 2 * one - two == PROCESS + 4 * sum(prod(variable.shape) for variable in kept)


def test_twice_the_batch_needs_more_memory():
    small, large = (estimate(config(recipe=replace(RACING, batch=n)), 1.0) for n in (64, 128))
    assert large.memory > small.memory


def test_speed_goes_down_with_the_work():
    assert speed_of(CLASSROOM, CLASSROOM, 300.0) == 300.0
    assert speed_of(PAPER_2012, CLASSROOM, 300.0) < 300.0 / 20


def test_the_speed_is_what_the_newest_run_of_the_network_reached():
    assert measured_speed(CLASSROOM) == SPEEDS["classroom", 64]
    one = run.create(config(limit=256))
    line = {"kind": "step", "step": 1, "epoch": 0.1, "loss": 0.7, "accuracy": 0.5, "rate": 0.1, "time": 1.0}
    lines = [line | {"images_per_second": speed} for speed in (0.0, 180.0, 200.0, 900.0)]
    one.metrics_file.write_text("".join(json.dumps(entry) + "\n" for entry in lines), encoding="utf-8")
    assert measured_speed(CLASSROOM) == 200.0
    paper = with_classes(PAPER_2012, 2)
    assert measured_speed(paper) == speed_of(paper, with_classes(CLASSROOM, 2), 200.0)
    another = with_classes(CLASSROOM, 1000)  # edited networks may have an id in common
    assert measured_speed(another) == speed_of(another, with_classes(CLASSROOM, 2), 200.0)


def test_a_run_with_a_far_smaller_batch_says_nothing_of_the_speed():
    one = run.create(config(limit=256, recipe=replace(RACING, batch=4)))
    line = {"kind": "step", "step": 1, "epoch": 0.1, "loss": 0.7, "accuracy": 0.5, "rate": 0.1, "time": 1.0}
    lines = [line | {"images_per_second": speed} for speed in (0.0, 60.0, 60.0)]
    one.metrics_file.write_text("".join(json.dumps(entry) + "\n" for entry in lines), encoding="utf-8")
    assert measured_speed(CLASSROOM, 64) == SPEEDS["classroom", 64]
    assert measured_speed(CLASSROOM, 4) == measured_speed(CLASSROOM, 8) == 60.0


def test_a_network_that_was_measured_is_expected_at_its_own_speed_whatever_its_classes():
    for id, size in SPEEDS:
        for classes in (2, 10):
            known = with_size(with_classes(network(id), classes), size)
            assert usual_speed(known) == SPEEDS[id, size]
    edited = replace(CLASSROOM, rows=(replace(CLASSROOM.rows[0], maps=96), *CLASSROOM.rows[1:]))
    assert usual_speed(edited) < SPEEDS["classroom", 64]  # more work under the same id


def test_the_five_minute_recipe_is_expected_to_take_five_minutes():
    known = new("mina", "fitted_small", recipe("five_minutes"))
    assert estimate(known, usual_speed(known.rows)).seconds == pytest.approx(300, rel=0.1)


def test_half_way_half_of_the_time_is_left():
    whole = estimate(config(), 100.0).seconds
    assert seconds_left(config(), 0, 100.0) == whole
    assert seconds_left(config(), 70, 100.0) == pytest.approx(whole / 2)
    assert seconds_left(config(), 140, 100.0) == 0
