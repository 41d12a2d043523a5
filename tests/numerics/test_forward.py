"""Whole networks in NumPy against the Keras models of the same rows."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from alexnet.architecture import (
    CAFFE,
    CLASSROOM,
    SHIPPED,
    BatchNormalization,
    GlobalAveragePooling,
    Network,
    Rounding,
    never_talking,
    one_tower,
)
from alexnet.architecture.shapes import trace
from alexnet.data.catalogue import CIFAR_10
from alexnet.data.preprocess import network_input
from alexnet.data.samples import SAMPLES, sample
from alexnet.errors import DataError
from alexnet.network import build
from alexnet.numerics.forward import forward
from alexnet.trained import shipped
from alexnet.weights import store


def small(network: Network, size: int) -> Network:
    """The same rows at another input size."""
    return Network(network.id, network.rows, size, rounding=network.rounding)


CROSSING = Network(  # Caffe's rows as far as its second normalization, which reads over the towers' border
    "crossing",
    (*CAFFE.rows[:5], GlobalAveragePooling(), *CLASSROOM.rows[-1:]),
    64,
    rounding=Rounding("up", "up"),
)


CONSTANTS = Network(
    "constants",
    (CLASSROOM.rows[0], BatchNormalization("bn", epsilon=0.5), GlobalAveragePooling(), CLASSROOM.rows[-1]),
    64,
)


@pytest.mark.parametrize(
    "network",
    [CLASSROOM, one_tower(CLASSROOM), never_talking(CLASSROOM), small(CLASSROOM, 67), CROSSING, CONSTANTS],
    ids=["classroom", "one_tower", "never_talking", "uneven", "crossing", "constants"],
)
def test_every_rows_output_has_the_shape_of_the_table_and_the_answer_is_kerass(network):
    model = build(network)
    image = np.random.default_rng(1).standard_normal((network.size, network.size, 3)).astype(np.float32)
    outputs = forward(network, store.of(model), image)
    assert [outputs[layer.row.name].shape for layer in trace(network)] == [
        layer.output for layer in trace(network)
    ]
    last = outputs[network.rows[-1].name]
    np.testing.assert_allclose(last, np.asarray(model(image[None], training=False))[0], atol=1e-4)


@pytest.fixture(scope="module")
def shipped_model():
    model = build(SHIPPED, initializer="zeros")
    weights = store.read(shipped.file(shipped.DEFAULT, shipped.WEIGHTS))
    store.assign(model, weights)
    return model, weights


@pytest.mark.parametrize("entry", SAMPLES[:3], ids=lambda entry: entry.id)
def test_the_shipped_network_sees_in_numpy_what_it_sees_in_keras(shipped_model, entry):
    model, weights = shipped_model
    (image,) = network_input([sample(entry.id).pixels], SHIPPED.size, CIFAR_10.preparation())
    outputs = forward(SHIPPED, weights, image)
    inner = keras.Model(
        model.input, [model.get_layer("conv1_tower2").output, model.get_layer("fc7_tower1").output]
    )
    conv1, fc7 = inner(image[None], training=False)
    np.testing.assert_allclose(outputs["conv1"][..., 48:], np.asarray(conv1)[0], atol=1e-4)
    np.testing.assert_allclose(outputs["fc7"][:256], np.asarray(fc7)[0], atol=1e-4)
    np.testing.assert_allclose(outputs["fc8"], np.asarray(model(image[None], training=False))[0], atol=1e-4)


def test_a_missing_array_is_named(shipped_model):
    _, weights = shipped_model
    without = {name: array for name, array in weights.items() if name != "fc8/bias"}
    with pytest.raises(DataError) as caught:
        forward(SHIPPED, without, np.zeros((64, 64, 3)))
    assert caught.value.values["missing"] == "fc8/bias"
