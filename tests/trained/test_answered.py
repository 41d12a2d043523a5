"""Answers to many pictures are those to each, and the hidden layer is Keras's own."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest

from alexnet.architecture import Convolution, Dense, GlobalAveragePooling, Network
from alexnet.data.ten_classes import ten_classes
from alexnet.network import build
from alexnet.trained import answered, catalogue
from alexnet.trained.activations import Activations
from alexnet.trained.apart import Apart
from alexnet.trained.predictor import load
from alexnet.weights import store


@pytest.fixture(scope="module")
def shipped():
    return catalogue.trained()


@pytest.fixture(scope="module")
def images():
    return ten_classes().test_images[:30]


@pytest.fixture(scope="module")
def found(shipped, images):
    return answered.ask(load(shipped), images)


def test_probabilities_and_hidden_layer_are_those_of_the_keras_model(shipped, images, found):
    model = build(shipped.network, initializer="zeros")
    store.assign(model, store.read(shipped.weights))
    below = keras.Model(
        model.input, [model.output, *(model.get_layer(f"fc7_tower{n}").output for n in (1, 2))]
    )
    probabilities, first, second = below(shipped.reads(list(images)), training=False)
    np.testing.assert_allclose(found.probabilities, probabilities, atol=1e-5)
    np.testing.assert_allclose(found.hidden, np.concatenate([first, second], axis=1), atol=0.01, rtol=0.01)
    assert found.hidden.shape == (30, 512)


def test_most_of_the_first_test_pictures_are_answered_rightly(found):
    assert (found.probabilities.argmax(axis=1) == ten_classes().test_labels[:30]).mean() > 0.7


def test_progress_ends_at_all_and_mirrored_answers_are_the_mean(shipped, images):
    told = []
    network = load(replace(shipped, preparation=replace(shipped.preparation, mirrored=True)))
    both = answered.ask(network, images[:25], told.append)
    assert told == [0.8, 1.0]
    np.testing.assert_allclose(
        both.probabilities, network.probabilities(shipped.reads(list(images[:25]))), atol=1e-5
    )


def test_a_layer_of_maps_gives_each_maps_mean():
    rows = Network(
        "maps",
        (Convolution("conv1", 4, 4, 2), GlobalAveragePooling(), Dense("fc2", 2, activation="softmax")),
        32,
    )
    watched = Activations(build(rows), rows)
    inputs = np.random.default_rng(1).random((3, 32, 32, 3), np.float32)
    _, units = watched.hidden(inputs)
    (maps,) = watched.of(inputs)["conv1"]
    np.testing.assert_allclose(units, maps.mean(axis=(1, 2)), rtol=1e-4, atol=1e-6)


def test_another_process_gives_the_same(shipped, images):
    inputs = shipped.reads(list(images[:3]))
    for here, there in zip(
        load(shipped).activations().hidden(inputs), Apart(shipped).hidden(inputs), strict=True
    ):
        np.testing.assert_allclose(there, here, rtol=1e-3, atol=1e-5)


def test_what_is_kept_is_read_again_and_damage_counts_as_nothing(shipped, found):
    path = answered.file(answered.name(shipped, "some"))
    assert answered.read(path) is None
    answered.write(path, found)
    again = answered.read(path)
    assert again is not None
    np.testing.assert_array_equal(again.probabilities, found.probabilities)
    np.testing.assert_array_equal(again.hidden, found.hidden)
    path.write_bytes(path.read_bytes()[:-1])
    assert answered.read(path) is None


def test_other_pictures_or_another_preparation_have_a_file_of_their_own(shipped):
    other = replace(shipped, preparation=replace(shipped.preparation, mirrored=True))
    names = {answered.name(one, name) for one in (shipped, other) for name in ("a", "b")}
    assert len(names) == 4
