"""A network written as ONNX, opened by ONNX Runtime, beside the same network in Keras."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import keras
import numpy as np
import onnx
import onnxruntime
import pytest

from alexnet.architecture import (
    CLASSROOM,
    NETWORKS,
    PAPER_2012,
    BatchNormalization,
    Convolution,
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePooling,
    LocalResponseNormalization,
    Network,
    Pooling,
    Rounding,
    Row,
)
from alexnet.errors import DataError
from alexnet.network import build
from alexnet.weights import store
from alexnet.weights.writers import onnx as writer

ACROSS = Network(
    "across",
    (
        Convolution("conv1", 8, 5, stride=3, padding="same", towers=2, reads="all", activation="tanh"),
        LocalResponseNormalization("lrn_own", n=3, alpha=0.3, k=1.0, beta=0.5),
        LocalResponseNormalization("lrn_all", alpha=0.5, reads="all"),
        Pooling("pool1", 3, 2),
        Convolution("conv2", 8, 3, padding=1, towers=2, reads="all", activation=None),
        BatchNormalization("norm2", activation="sigmoid", epsilon=0.01),
        Dropout("drop"),
        Flatten("flatten", reads="own"),
        Dense("fc1", 6, towers=2, reads="own", activation="tanh"),
        BatchNormalization("norm_fc", activation=None),
        Dense("fc2", 5, activation="softmax"),
    ),
    size=32,
    rounding=Rounding("up", "up"),
)
AVERAGED = Network(
    "averaged",
    (
        Convolution("conv1", 6, 4, stride=3, activation="relu"),
        GlobalAveragePooling("average"),
        Dense("fc", 4, activation="softmax"),
    ),
    size=21,
    channels=1,
    rounding=Rounding("up", "down"),
)
MAPS = Network("maps", (Convolution("conv1", 6, 3, towers=2, reads="all", activation="softmax"),), size=9)
SMALL = (ACROSS, AVERAGED, CLASSROOM, *(one for one in NETWORKS if one.size <= 70))


def random_weights(network):
    """Of every kind, batch normalization's and biases too; and the model that has them."""
    keras.utils.set_random_seed(1)
    model = build(network)
    generator = np.random.default_rng(2)
    arrays = {
        path: np.float32(array + generator.uniform(0.01, 0.3, array.shape)) if "kernel" not in path else array
        for path, array in store.of(model).items()
    }
    store.assign(model, arrays)
    return model, arrays


def answered(path, images):
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return session.run([writer.OUTPUT], {writer.INPUT: images})[0]


def agree(network, folder, count=3):
    model, arrays = random_weights(network)
    shape = (count, network.size, network.size, network.channels)
    images = np.random.default_rng(3).standard_normal(shape).astype(np.float32)
    path = folder / "model.onnx"
    writer.write(path, network, dict(arrays))
    onnx.checker.check_model(str(path), full_check=True)
    expected = np.asarray(model(images))
    np.testing.assert_allclose(answered(path, images), expected, rtol=1e-4, atol=1e-7)
    assert np.ptp(expected, axis=0).max() > 1e-5  # the pictures are told apart


@pytest.mark.parametrize("network", dict.fromkeys(SMALL), ids=lambda one: one.id)
def test_onnx_runtime_gives_keras_probabilities(network, tmp_path):
    agree(network, tmp_path)


def test_the_papers_network_is_written_with_both_towers(tmp_path):
    agree(PAPER_2012, tmp_path, count=2)


def test_maps_come_out_channels_last(tmp_path):
    model, arrays = random_weights(MAPS)
    images = np.random.default_rng(3).standard_normal((2, 9, 9, 3)).astype(np.float32)
    writer.write(tmp_path / "model.onnx", MAPS, dict(arrays))
    np.testing.assert_allclose(
        answered(tmp_path / "model.onnx", images), np.asarray(model(images)), rtol=1e-4
    )


def test_the_writer_knows_every_row_of_the_union():
    assert set(get_args(Row)) <= set(writer.put.registry)


def test_another_networks_weights_are_refused():
    _, arrays = random_weights(AVERAGED)
    with pytest.raises(DataError, match="weights_of_another_shape"):
        writer.model(replace(AVERAGED, channels=3), dict(arrays))
    with pytest.raises(DataError, match="weights_do_not_match"):
        writer.model(AVERAGED, {**arrays, "more/kernel": arrays["fc/kernel"]})
    del arrays["fc/bias"]
    with pytest.raises(DataError, match="weights_do_not_match"):
        writer.model(AVERAGED, dict(arrays))
