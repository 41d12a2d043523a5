"""The rate of each step, against values worked out by hand."""

from dataclasses import replace
from math import log

import pytest

from alexnet.recipes import FITTED_FROM, RECIPES, Recipe, fitted, recipe


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


def ours(decay, gradients, momentum=0.9, rate=0.01):
    """Keras's rule: Nesterov's momentum, and the decay outside it."""
    weight, velocity = 1.0, 0.0
    for gradient in gradients:
        velocity = momentum * velocity - rate * gradient
        weight = (1 - rate * decay) * weight + momentum * velocity - rate * gradient
    return weight


def papers(decay, gradients, momentum=0.9, rate=0.01):
    """The paper's section 5: the decay goes into the momentum."""
    weight, velocity = 1.0, 0.0
    for gradient in gradients:
        velocity = momentum * velocity - decay * rate * weight - rate * gradient
        weight += velocity
    return weight


def test_inside_the_momentum_a_weight_decay_acts_nine_to_ten_times_as_strongly():
    none = [0.0] * 5000
    assert 9 < log(papers(0.0005, none)) / log(ours(0.0005, none)) < 10


def test_the_weight_decay_of_the_five_minutes_is_the_papers():
    none = [0.0] * 5000
    decay = recipe("five_minutes").weight_decay
    assert ours(decay, none) == pytest.approx(papers(0.0005, none), rel=0.01)


def test_the_rule_of_the_recipes_is_that_of_keras():
    import keras

    gradients = [0.3, -0.2, 0.5, 0.1]
    weight = keras.Variable([1.0])
    optimizer = keras.optimizers.SGD(0.01, momentum=0.9, nesterov=True, weight_decay=0.5)
    for gradient in gradients:
        optimizer.apply([keras.ops.convert_to_tensor([gradient])], [weight])
    assert float(weight.numpy()[0]) == pytest.approx(ours(0.5, gradients), abs=1e-6)
    assert abs(float(weight.numpy()[0]) - papers(0.5, gradients)) > 1e-3


@pytest.mark.parametrize("one", RECIPES, ids=lambda one: one.id)
def test_a_recipe_for_as_many_pictures_as_the_starter_set_has_is_the_recipe(one):
    assert fitted(one, FITTED_FROM) is one


@pytest.mark.parametrize(
    ("images", "epochs", "batch", "rate"),
    [
        (9_000, 4, 64, 0.1),
        (36_000, 1, 64, 0.1),
        (3_000, 12, 64, 0.1),
        (385, 40, 64, 0.1),
        (70, 40, 16, 0.025),
        (34, 40, 8, 0.0125),
        (5, 40, 4, 0.00625),
        (2, 40, 2, 0.00625),
    ],
)
def test_a_recipe_is_fitted_to_how_many_pictures_there_are(images, epochs, batch, rate):
    one = fitted(recipe("half_minute"), images)
    assert (one.epochs, one.batch, one.rate) == (epochs, batch, pytest.approx(rate))
    assert one.warmup <= one.epochs / 4
    assert replace(one, cycles=(4,), batch=64, rate=0.1, warmup=1.0) == recipe("half_minute")
