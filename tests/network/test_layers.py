"""Our two layers compute what TensorFlow's and Keras's own compute."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf

from alexnet.network.layers import FusedBatchNormalization, LocalResponseNormalization


def values(*shape: int, seed: int = 1, scale: float = 1.0) -> np.ndarray:
    return (scale * np.random.default_rng(seed).standard_normal(shape)).astype(np.float32)


@pytest.mark.parametrize("maps", [1, 3, 5, 48])
@pytest.mark.parametrize(
    ("n", "k", "alpha", "beta"),
    [(5, 2.0, 2e-5, 0.75), (3, 1.0, 0.1, 0.75), (7, 1.5, 0.2, 0.5), (1, 2.0, 1.0, 1.0)],
)
def test_local_response_normalization_is_tensorflows(maps, n, k, alpha, beta):
    inputs = values(2, 4, 3, maps, scale=5)
    expected = tf.nn.local_response_normalization(inputs, n // 2, k, alpha, beta)
    outputs = LocalResponseNormalization(n, k, alpha, beta)(inputs)
    np.testing.assert_allclose(outputs, expected, rtol=2e-6)


def test_its_gradient_is_tensorflows_too():
    inputs, weights = tf.constant(values(2, 3, 3, 8, scale=5)), values(2, 3, 3, 8, seed=2)
    layer = LocalResponseNormalization(5, 2.0, 0.05, 0.75)
    gradients = []
    for function in (layer, lambda x: tf.nn.local_response_normalization(x, 2, 2.0, 0.05, 0.75)):
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            total = tf.reduce_sum(function(inputs) * weights)
        gradients.append(tape.gradient(total, inputs))
    np.testing.assert_allclose(*gradients, rtol=1e-4, atol=1e-6)


def test_it_works_in_bfloat16_where_tensorflows_has_no_kernel():
    inputs = values(1, 4, 4, 16)
    outputs = LocalResponseNormalization(dtype="bfloat16")(inputs)
    expected = tf.nn.local_response_normalization(inputs, 2, 2.0, 2e-5, 0.75)
    np.testing.assert_allclose(tf.cast(outputs, "float32"), expected, atol=0.03)


def test_a_model_with_it_can_be_saved_and_read(tmp_path):
    image = keras.Input((4, 4, 6))
    model = keras.Model(image, LocalResponseNormalization(3, 1.0, 0.1, 0.5)(image))
    model.save(tmp_path / "model.keras")
    again = keras.saving.load_model(tmp_path / "model.keras")
    inputs = values(1, 4, 4, 6)
    np.testing.assert_array_equal(model(inputs), again(inputs))


def test_an_even_number_of_neighbours_is_refused():
    with pytest.raises(ValueError, match="odd"):
        LocalResponseNormalization(4)


def pair() -> list[keras.layers.Layer]:
    """Ours and Keras's batch normalization with the same weights, away from their starting values."""
    layers = [FusedBatchNormalization(momentum=0.9), keras.layers.BatchNormalization(momentum=0.9)]
    for layer in layers:
        layer.build((None, 5, 5, 6))
        weights = [1 + values(6, seed=3, scale=0.1), values(6, seed=4), values(6, seed=5), np.full(6, 1.7)]
        layer.set_weights(weights)
    return layers


def test_fused_batch_normalization_trains_as_kerass_does():
    inputs, weights = tf.constant(3 + values(8, 5, 5, 6, scale=2)), values(8, 5, 5, 6, seed=2)
    found = []
    for layer in pair():
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            outputs = layer(inputs, training=True)
            total = tf.reduce_sum(outputs * weights)
        gradients = tape.gradient(total, [inputs, layer.gamma.value, layer.beta.value])
        found.append([outputs, *gradients, layer.moving_mean.value, layer.moving_variance.value])
    for ours, keras_own in zip(*found, strict=True):
        np.testing.assert_allclose(ours, keras_own, rtol=2e-5, atol=2e-5)


def test_fused_batch_normalization_predicts_as_kerass_does():
    inputs = values(3, 5, 5, 6)
    ours, keras_own = (layer(inputs, training=False) for layer in pair())
    np.testing.assert_allclose(ours, keras_own, rtol=1e-6, atol=1e-6)


def test_a_frozen_fused_batch_normalization_keeps_its_statistics():
    ours, keras_own = pair()
    outputs = []
    for layer in (ours, keras_own):
        layer.trainable = False
        outputs.append(layer(values(3, 5, 5, 6), training=True))
    np.testing.assert_allclose(*outputs, rtol=1e-6, atol=1e-6)
    np.testing.assert_array_equal(ours.moving_variance, np.full(6, np.float32(1.7)))
