"""The lessons' arithmetic against Keras, TensorFlow and small computations by hand."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from alexnet.architecture.shapes import windows
from alexnet.errors import ShapeError
from alexnet.numerics import operations

FEW = settings(max_examples=40, deadline=None)
KERAS = {"data_format": "channels_last"}


def values(*shape, seed=0, scale=1.0):
    return (scale * np.random.default_rng(seed).standard_normal(shape)).astype(np.float32)


def spread(image, kernel, stride, padding, rounding, fill=0.0):
    """The image with its padding and the last windows' overhang, made by TensorFlow."""
    edges = []
    for size, side in zip(image.shape, kernel, strict=False):
        along = windows(size, side, stride, padding, rounding)
        edges.append((along.begin, along.end + along.overhang))
    return tf.pad(image[None], ((0, 0), *edges, (0, 0)), constant_values=fill), edges


@st.composite
def places(draw):
    """Sizes, kernel, stride, padding and rounding that fit, overhanging and uneven ones among them."""
    kernel = (draw(st.integers(1, 6)), draw(st.integers(1, 6)))
    padding = draw(st.one_of(st.integers(0, 4), st.just("same")))
    sizes = tuple(draw(st.integers(max(side, 1), 14)) for side in kernel)
    return sizes, kernel, draw(st.integers(1, 5)), padding, draw(st.sampled_from(["down", "up"]))


@FEW
@given(places(), st.integers(1, 4), st.integers(1, 3), st.integers(0, 99))
def test_convolution_is_kerass_for_any_kernel_stride_padding_and_rounding(place, channels, maps, seed):
    sizes, kernel, stride, padding, rounding = place
    image, kernels = values(*sizes, channels, seed=seed), values(*kernel, channels, maps, seed=seed + 1)
    bias = values(maps, seed=seed + 2)
    padded, _ = spread(image, kernel, stride, padding, rounding)
    expected = keras.ops.conv(padded, kernels, strides=stride, padding="valid", **KERAS)[0] + bias
    found = operations.convolution(image, kernels, bias, stride=stride, padding=padding, rounding=rounding)
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, atol=1e-4)


@FEW
@given(places(), st.integers(0, 99))
def test_same_padding_is_tensorflows(place, seed):
    sizes, kernel, stride, _, _ = place
    image, kernels = values(*sizes, 2, seed=seed), values(*kernel, 2, 3, seed=seed + 1)
    expected = tf.nn.conv2d(image[None], kernels, stride, "SAME")[0]
    found = operations.convolution(image, kernels, stride=stride, padding="same")
    np.testing.assert_allclose(found, expected, atol=1e-4)


@FEW
@given(places(), st.data())
def test_one_step_is_the_value_of_the_whole_map(place, data):
    sizes, kernel, stride, padding, rounding = place
    image, kernels, bias = values(*sizes, 3), values(*kernel, 3, 1, seed=1), values(1, seed=2)
    ways = {"stride": stride, "padding": padding, "rounding": rounding}
    whole = operations.convolution(image, kernels, bias, **ways)[..., 0]
    row, column = (data.draw(st.integers(0, side - 1)) for side in whole.shape)
    steps = operations.convolution_step(image, kernels[..., 0], float(bias[0]), row, column, **ways)
    assert steps.total == pytest.approx(whole[row, column], abs=1e-9)
    assert steps.products.shape == (*kernel, 3)
    np.testing.assert_allclose(steps.products.sum(axis=(0, 1)), steps.channels)


def test_the_first_layer_of_the_2012_code_reads_zeros_beyond_the_edge():
    image, kernels = values(224, 224, 3), values(11, 11, 3, 1, seed=1)
    found = operations.convolution(image, kernels, stride=4, rounding="up")
    assert found.shape == (55, 55, 1)
    # The last window begins at 216 and hangs three pixels over: eight are left on each side.
    by_hand = (image[216:, 216:].astype(float) * kernels[:8, :8, :, 0]).sum()
    assert found[54, 54, 0] == pytest.approx(by_hand)
    steps = operations.convolution_step(image, kernels[..., 0], 0.0, 54, 54, stride=4, rounding="up")
    assert not steps.window[8:].any() and not steps.window[:, 8:].any()
    assert steps.total == pytest.approx(by_hand)


@FEW
@given(
    st.integers(1, 5),
    st.integers(1, 6),
    st.integers(5, 13),
    st.integers(5, 13),
    st.sampled_from(["down", "up"]),
)
def test_pooling_is_kerass_overlapping_or_not_and_what_lies_outside_is_never_the_maximum(
    size, stride, height, width, rounding
):
    maps = values(height, width, 3) - 5  # all negative: a zero from outside would win
    padded, _ = spread(maps, (size, size), stride, 0, rounding, fill=-np.inf)
    expected = keras.ops.max_pool(padded, size, stride, "valid", **KERAS)[0]
    found = operations.max_pooling(maps, size, stride, rounding=rounding)
    assert np.isfinite(found).all()
    np.testing.assert_allclose(found, expected, atol=1e-4)


@pytest.mark.parametrize("maps", [1, 2, 5, 48])
@pytest.mark.parametrize(("n", "k", "alpha", "beta"), [(5, 2.0, 2e-5, 0.75), (3, 1.0, 0.3, 0.5)])
def test_normalization_is_tensorflows(maps, n, k, alpha, beta):
    inputs = values(4, 3, maps, scale=30)
    expected = tf.nn.local_response_normalization(inputs[None], n // 2, k, alpha, beta)[0]
    found = operations.local_response_normalization(inputs, n, k, alpha, beta)
    np.testing.assert_allclose(found, expected, rtol=1e-5)
    np.testing.assert_allclose(found * operations.lrn_divisor(inputs, n, k, alpha, beta), inputs, rtol=1e-9)


@pytest.mark.parametrize("name", ["relu", "tanh", "sigmoid", "softmax"])
def test_activations_are_kerass_also_for_huge_values(name):
    inputs = np.concatenate([values(20, scale=4), [-900, 900, 0]]).astype(np.float32)
    expected = keras.activations.get(name)(keras.ops.convert_to_tensor(inputs))
    np.testing.assert_allclose(operations.ACTIVATIONS[name](inputs), expected, atol=1e-6)


def test_dense_is_a_dot_product_for_each_unit():
    inputs, weights, bias = values(7), values(7, 4, seed=1), values(4, seed=2)
    by_hand = [
        sum(float(x) * float(w) for x, w in zip(inputs, weights[:, unit], strict=True)) for unit in range(4)
    ]
    np.testing.assert_allclose(operations.dense(inputs, weights, bias), by_hand + bias, atol=1e-6)


def test_batch_normalization_is_kerass_when_predicting():
    layer = keras.layers.BatchNormalization()
    inputs = values(3, 4, 5)
    layer.build((None, 3, 4, 5))
    layer.set_weights([values(5, seed=1), values(5, seed=2), values(5, seed=3), values(5, seed=4) ** 2])
    expected = layer(inputs[None], training=False)[0]
    found = operations.batch_normalization(inputs, *map(np.asarray, layer.weights), layer.epsilon)
    np.testing.assert_allclose(found, expected, atol=1e-5)


@pytest.mark.parametrize(
    ("id", "attempt"),
    [
        ("kernel_channels_differ", lambda: operations.convolution(values(5, 5, 3), values(3, 3, 1, 1))),
        (
            "kernel_channels_differ",
            lambda: operations.convolution_step(values(5, 5, 3), values(3, 3, 1), 0.0, 0, 0),
        ),
        ("dense_inputs_differ", lambda: operations.dense(values(4), values(5, 2))),
        ("kernel_larger_than_input", lambda: operations.max_pooling(values(2, 5, 1), 3, 2)),
    ],
)
def test_what_does_not_fit_is_refused(id, attempt):
    with pytest.raises(ShapeError) as caught:
        attempt()
    assert caught.value.id == id
