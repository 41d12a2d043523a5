"""Signals measured in real networks: by NumPy's own sums, theory within a tolerance, planted failures."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.architecture import CLASSROOM, Dense, Flatten, Network, with_activation
from alexnet.network.initializing import keras_initializer
from alexnet.numerics.initializers import initializer
from alexnet.numerics.signal_theory import diagnose, spread
from alexnet.trained.signal import measure

TOLERANCE = 0.15
"""Of the expected size, for layers of 48 maps and more: a few dozen drawn kernels are a small sample."""


def dense(depth: int, *, activation: str = "relu", bias: float = 0.0) -> Network:
    hidden = [Dense(f"fc{place}", 500, activation=activation, bias=bias) for place in range(1, depth)]
    rows = (Flatten("flatten"), *hidden, Dense(f"fc{depth}", 10, activation="softmax"))
    return Network("planted", rows, size=12, channels=3)


@pytest.fixture(scope="module")
def batch() -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(1)
    return generator.standard_normal((16, 12, 12, 3)).astype(np.float32), np.arange(16) % 10


def test_the_numbers_are_those_of_sums_worked_out_with_numpy(batch) -> None:
    rule = initializer("he_normal")
    first, second = measure(dense(2), *batch, rule, seed=3)
    flat = batch[0].reshape(16, -1)
    weights = [
        np.asarray(keras_initializer(rule, 3000 + 10 * place)(shape))
        for place, shape in enumerate(((432, 500), (500, 10)))
    ]
    hidden = np.maximum(flat @ weights[0], 0)
    assert first.rms == pytest.approx(np.sqrt(np.mean(hidden**2)), rel=1e-4)
    assert first.mean == pytest.approx(hidden.mean(), rel=1e-4)
    assert first.idle == pytest.approx((hidden <= 0).all(axis=0).mean(), abs=1e-9)
    logits = hidden @ weights[1]
    assert second.rms == pytest.approx(np.sqrt(np.mean(logits**2)), rel=1e-4)
    # The gradient of cross-entropy: the softmax less one at the right class, through the layer's inputs.
    chance = np.exp(logits - logits.max(axis=1, keepdims=True))
    error = chance / chance.sum(axis=1, keepdims=True) - np.eye(10)[batch[1]]
    assert second.gradient == pytest.approx(np.sqrt(np.mean((hidden.T @ error / 16) ** 2)), rel=1e-3)


@pytest.mark.parametrize("id", ["lecun_uniform", "glorot_normal", "he_normal", "random_normal", "orthogonal"])
@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_the_size_of_every_wide_layer_is_the_expected_one_within_the_tolerance(batch, id, activation) -> None:
    for layer in measure(dense(5, activation=activation), *batch, initializer(id))[:-1]:
        assert layer.rms == pytest.approx(layer.expected, rel=TOLERANCE)


def test_towers_and_biases_of_the_classrooms_network_follow_the_theory_too() -> None:
    from alexnet.data.catalogue import STARTER
    from alexnet.data.preprocess import input_of

    data = STARTER.load()
    images = input_of(data.test_images[:8], CLASSROOM.size, STARTER.preparation())
    layers = measure(CLASSROOM, images, data.test_labels[:8], initializer("he_normal"))
    assert [layer.name for layer in layers] == [row.name for row in CLASSROOM.rows if hasattr(row, "std")]
    # Theory counts the images themselves and not the zeros around them, whoever adds those.
    assert layers[0].expected == pytest.approx(np.sqrt(np.mean(images**2)), rel=1e-6)
    # Where a layer pads with zeros, its sums at the edge are smaller than theory says.
    for layer in layers[:-1]:
        assert layer.rms == pytest.approx(layer.expected, rel=0.3)


def test_a_planted_dying_network_is_diagnosed_at_the_layer_where_it_dies(batch) -> None:
    # n σ² / 2 by hand: 432 and 500 inputs at σ = 0.005 leave a root of 0.073 and 0.079 for each layer.
    rule = initializer("random_normal").with_std(0.005)
    layers = measure(dense(6), *batch, rule)
    found = diagnose(layers, spread(batch[0]))
    assert (found.verdict, layers[found.layer].name) == ("died", "fc3")
    assert found.growth == pytest.approx(500 * 0.005**2 / 2 * (1 - 1 / np.pi), rel=0.3)


def test_a_planted_exploding_network_is_diagnosed_at_the_layer_where_it_explodes(batch) -> None:
    layers = measure(dense(6), *batch, initializer("random_normal").with_std(1.0))
    found = diagnose(layers, spread(batch[0]))
    assert (found.verdict, layers[found.layer].name) == ("exploded", "fc3")  # about 12, 150 and 2,000


@pytest.mark.parametrize("id", ["zeros", "constant"])
def test_weights_without_spread_make_all_units_of_the_first_layer_alike(batch, id) -> None:
    found = diagnose(measure(dense(3), *batch, initializer(id)), spread(batch[0]))
    assert (found.verdict, found.layer) == ("identical", 0)


def test_wide_weights_saturate_tanh(batch) -> None:
    layers = measure(dense(3, activation="tanh"), *batch, initializer("random_normal").with_std(50.0))
    assert diagnose(layers, spread(batch[0])).verdict == "saturated"


def test_another_activation_function_leaves_the_end_alone() -> None:
    network = with_activation(dense(3), "tanh")
    assert [row.activation for row in network.rows if isinstance(row, Dense)] == ["tanh", "tanh", "softmax"]
