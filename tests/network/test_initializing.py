"""Each rule becomes Keras's own initializer: the very numbers of the same seed."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest

from alexnet.architecture import STUDY_NOTE, Convolution, Dense
from alexnet.network.build import build
from alexnet.network.initializing import draw, draw_first
from alexnet.network.source import keras_source
from alexnet.numerics.initializers import INITIALIZERS, Initializer, initializer

CLASSES = {
    "zeros": lambda seed: keras.initializers.Zeros(),
    "constant": lambda seed: keras.initializers.Constant(0.05),
    "random_uniform": lambda seed: keras.initializers.RandomUniform(-0.05, 0.05, seed=seed),
    "random_normal": lambda seed: keras.initializers.RandomNormal(0.0, 0.05, seed=seed),
    "lecun_uniform": lambda seed: keras.initializers.LecunUniform(seed=seed),
    "lecun_normal": lambda seed: keras.initializers.LecunNormal(seed=seed),
    "glorot_uniform": lambda seed: keras.initializers.GlorotUniform(seed=seed),
    "glorot_normal": lambda seed: keras.initializers.GlorotNormal(seed=seed),
    "he_uniform": lambda seed: keras.initializers.HeUniform(seed=seed),
    "he_normal": lambda seed: keras.initializers.HeNormal(seed=seed),
    "orthogonal": lambda seed: keras.initializers.Orthogonal(seed=seed),
}


@pytest.mark.parametrize("row", INITIALIZERS, ids=[row.id for row in INITIALIZERS])
@pytest.mark.parametrize("shape", [(60, 20), (3, 3, 4, 12)], ids=["dense", "convolution"])
@pytest.mark.parametrize("seed", [0, 7])
def test_a_rule_draws_what_keras_draws_for_the_same_seed(
    row: Initializer, shape: tuple[int, ...], seed: int
) -> None:
    expected = np.asarray(CLASSES[row.id](seed)(shape))
    np.testing.assert_array_equal(draw(row, shape, seed), expected)


def test_the_papers_deviation_is_drawn_with_keras_too() -> None:
    expected = np.asarray(keras.initializers.RandomNormal(0.0, 0.01, seed=3)((50, 40)))
    np.testing.assert_array_equal(draw(initializer("random_normal").with_std(0.01), (50, 40), 3), expected)


@pytest.mark.parametrize(("id", "value"), [("zeros", 0.0), ("constant", 0.05)])
def test_a_whole_network_begins_with_one_value(id: str, value: float) -> None:
    small = replace(STUDY_NOTE, size=67)
    for layer in build(small, initializer=id).layers:
        if layer.weights and len(layer.weights[0].shape) > 1:
            np.testing.assert_array_equal(np.unique(np.asarray(layer.kernel)), np.float32(value))


def test_a_row_that_names_the_constant_says_its_value_in_the_exported_code() -> None:
    rows = tuple(
        replace(row, initializer="constant", std=None) if isinstance(row, Convolution | Dense) else row
        for row in STUDY_NOTE.rows
    )
    assert "kernel_initializer=Constant(0.05)" in keras_source(replace(STUDY_NOTE, rows=rows))


@pytest.mark.parametrize("rule", INITIALIZERS, ids=[rule.id for rule in INITIALIZERS])
@pytest.mark.parametrize("shape", [(3, 3, 5, 16), (300, 40)])
def test_the_first_weights_are_those_of_the_whole_layer(rule, shape):
    whole = draw(rule, shape, 5).ravel()
    np.testing.assert_array_equal(draw_first(rule, shape, 5, 100), whole[:100])
    np.testing.assert_array_equal(draw_first(rule, shape, 5, 10**9), whole)
