"""Trainings of a class: kinds kept apart, the best found, and what another seed changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alexnet.data.augmentation import Augmentation
from alexnet.runs.beginning import Beginning
from alexnet.runs.together import Result, kinds, summary
from tests.training.small import small


def result(id, accuracy, *, rate=0.02, seed=0, created="2026-03-02T09:00:00+00:00", **config):
    settings = replace(small("mina"), seed=seed, created=created, **config)
    return Result(id, replace(settings, recipe=replace(settings.recipe, rate=rate)), accuracy)


def test_the_widest_gap_between_seeds_counts_settings_that_were_repeated():
    results = [
        result("a", 0.70, seed=1),
        result("b", 0.74, seed=2),
        result("c", 0.71, seed=3),
        result("d", 0.60, rate=0.1, seed=1),
        result("e", 0.61, rate=0.1, seed=2),
        result("f", 0.90, rate=0.3, seed=1),
        result("g", 0.50, initializer="zeros", seed=1),
    ]
    said = summary(results)
    assert said.best.id == "f" and said.repeated == 2
    assert said.spread == pytest.approx(0.04)


def test_another_beginning_or_augmentation_is_another_setting():
    results = [
        result("a", 0.5, seed=1),
        result("b", 0.9, seed=2, beginning=Beginning("shipped")),
        result("c", 0.7, seed=3, augmentation=Augmentation(rotation=10.0)),
    ]
    assert summary(results).spread is None


def test_the_same_seed_twice_is_no_repetition():
    assert summary([result("a", 0.7), result("b", 0.7)]).spread is None


def test_kinds_are_kept_apart_and_each_is_in_the_order_of_asking():
    other = replace(small("joon").recipe, id="five_minutes")
    late = result("late", 0.6, created="2026-03-02T10:00:00+09:00")  # one o'clock at night in UTC
    early = result("early", 0.7, created="2026-03-02T09:30:00+00:00")
    apart = replace(result("apart", 0.8), config=replace(small("joon"), recipe=other))
    found = kinds([early, apart, late])
    assert [[one.id for one in group] for group in found] == [["late", "early"], ["apart"]]


def test_nothing_says_nothing():
    assert kinds([]) == []
    with pytest.raises(ValueError):
        summary([])
