"""The rate of each step, against values worked out by hand."""

import pytest

from alexnet.recipes import Recipe


def test_the_rate_rises_in_a_line_and_falls_along_a_cosine():
    recipe = Recipe("five", (5,), rate=0.04, warmup=1.0)
    assert recipe.rate_at(0) == 0
    assert recipe.rate_at(0.25) == pytest.approx(0.01)
    assert recipe.rate_at(1) == pytest.approx(0.04)
    assert recipe.rate_at(2) == pytest.approx(0.034142, abs=1e-6)  # (1 + cos 45 degrees) / 2 of 0.04
    assert recipe.rate_at(3) == pytest.approx(0.02)
    assert recipe.rate_at(5) == pytest.approx(0)


def test_each_cycle_begins_again_and_the_first_is_that_of_the_shorter_recipe():
    short, long = Recipe("short", (5,)), Recipe("long", (5, 20))
    assert long.epochs == 25
    for epoch in (0, 0.5, 1, 4.9):
        assert long.rate_at(epoch) == short.rate_at(epoch)
    assert long.rate_at(5) == 0
    assert long.rate_at(6) == long.rate
    assert long.rate_at(25) == pytest.approx(0)


def test_a_recipe_has_no_rate_after_its_end():
    with pytest.raises(ValueError, match="between 0 and 5"):
        Recipe("five", (5,)).rate_at(5.01)


def test_a_constant_schedule_stays_at_its_rate_after_the_warm_up():
    recipe = Recipe("flat", (3,), rate=0.001, warmup=0.5, schedule="constant")
    assert [recipe.rate_at(epoch) for epoch in (0.25, 0.5, 1, 3)] == [0.0005, 0.001, 0.001, 0.001]
    assert Recipe("flat", (3,), rate=0.001, warmup=0, schedule="constant").rate_at(0) == 0.001
