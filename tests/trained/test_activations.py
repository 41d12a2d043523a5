"""The maps of every layer are what Keras computes, layer by layer."""

from concurrent.futures import ThreadPoolExecutor

import keras
import numpy as np
import pytest

from alexnet.architecture import CLASSROOM, SHIPPED, STUDY_NOTE, one_tower
from alexnet.architecture.shapes import trace
from alexnet.network import build
from alexnet.trained import catalogue
from alexnet.trained.activations import Activations
from alexnet.trained.predictor import load
from alexnet.trained.stages import stages

INPUTS = np.random.default_rng(0).standard_normal((3, 64, 64, 3), np.float32)


def test_every_convolutional_and_dense_layer_has_its_answers_in_order():
    assert [stage.name for stage in stages(SHIPPED)] == [
        *("conv1", "conv2", "conv3", "conv4", "conv5"),
        *("fc6", "fc7", "fc8"),
    ]
    assert [stage.towers for stage in stages(SHIPPED)] == [2] * 7 + [1]
    assert [stage.dense for stage in stages(SHIPPED)] == [False] * 5 + [True] * 3


@pytest.mark.parametrize("network", [CLASSROOM, one_tower(CLASSROOM), SHIPPED], ids=lambda one: one.id)
def test_the_shown_maps_equal_those_of_a_plain_keras_sub_model(network):
    model = build(network)
    shown = Activations(model, network).of(INPUTS)
    shapes = {layer.row.name: layer.output for layer in trace(network)}
    for stage in stages(network):
        for name, answers in zip(stage.layers, shown[stage.name], strict=True):
            plain = keras.Model(model.input, model.get_layer(name).output)
            np.testing.assert_allclose(answers, plain.predict(INPUTS, verbose=0), atol=1e-5)
        joined = np.concatenate(shown[stage.name], axis=-1)
        assert joined.shape[1:] == shapes[stage.name]


def test_maps_behind_batch_normalization_are_those_after_it_and_its_activation():
    model = build(SHIPPED)
    bn = model.get_layer("bn2_tower1")
    before = keras.Model(model.input, model.get_layer("conv2_tower1").output)(INPUTS)
    expected = np.maximum(np.asarray(bn(before, training=False)), 0)
    shown = Activations(model, SHIPPED).of(INPUTS)["conv2"][0]
    np.testing.assert_allclose(shown, expected, atol=1e-5)


def test_the_first_layer_alone_answers_as_among_all():
    network = load(catalogue.trained()).activations()
    for alone, among in zip(network.first(INPUTS), network.of(INPUTS)["conv1"], strict=True):
        np.testing.assert_allclose(alone, among, atol=1e-5)


def test_a_network_that_begins_with_a_single_tower_has_one_array_a_layer():
    assert all(stage.towers == 1 and len(stage.layers) == 1 for stage in stages(STUDY_NOTE))


def test_a_predictor_keeps_its_activations_and_the_last_layer_is_its_answer():
    predictor = load(catalogue.trained())
    assert predictor.activations() is predictor.activations()
    (answers,) = predictor.activations().of(INPUTS)["fc8"]
    np.testing.assert_allclose(answers, predictor.probabilities(INPUTS), atol=1e-6)


def test_many_threads_get_the_maps_that_one_gets():
    network = load(catalogue.trained()).activations()
    alone = network.of(INPUTS)["conv3"][0]
    with ThreadPoolExecutor(6) as pool:
        for maps in pool.map(lambda _: network.of(INPUTS), range(12)):
            np.testing.assert_array_equal(maps["conv3"][0], alone)
