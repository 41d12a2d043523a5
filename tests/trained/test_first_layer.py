"""The first kernels of a file, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.architecture import CLASSROOM, PAPER_2012, STUDY_NOTE
from alexnet.errors import DataError
from alexnet.network import build
from alexnet.trained import first_layer
from alexnet.weights import store


def arrays(network, seed=0):
    generator = np.random.default_rng(seed)
    shape = first_layer.shape(network)
    return {name: generator.normal(size=shape).astype(np.float32) for name in first_layer.names(network)}


def refused(path, network):
    with pytest.raises(DataError) as caught:
        first_layer.kernels(path, network)
    return caught.value.id


@pytest.mark.parametrize("network", [CLASSROOM, STUDY_NOTE, PAPER_2012], ids=lambda network: network.id)
def test_names_and_shapes_are_those_of_the_keras_model(network):
    variables = {
        variable.path: tuple(variable.shape) for variable in build(network, initializer="zeros").weights
    }
    for name in first_layer.names(network):
        assert variables[name] == first_layer.shape(network)


def test_the_kernels_are_read_tower_by_tower(tmp_path):
    path, planted = tmp_path / "weights.safetensors", arrays(CLASSROOM)
    store.write(path, planted | {"fc8/bias": np.zeros(2, np.float32)})
    first, second = first_layer.kernels(path, CLASSROOM)
    np.testing.assert_array_equal(first, planted["conv1_tower1/kernel"])
    np.testing.assert_array_equal(second, planted["conv1_tower2/kernel"])


def test_the_biases_are_read_tower_by_tower_and_missed_where_there_are_none(tmp_path):
    path = tmp_path / "weights.safetensors"
    biases = {f"conv1_tower{tower}/bias": np.full(16, tower, np.float32) for tower in (1, 2)}
    store.write(path, arrays(CLASSROOM) | biases)
    for expected, found in zip(biases.values(), first_layer.biases(path, CLASSROOM), strict=True):
        np.testing.assert_array_equal(found, expected)
    store.write(path, arrays(CLASSROOM))
    with pytest.raises(DataError, match="weights_do_not_match"):
        first_layer.biases(path, CLASSROOM)


def test_a_snapshot_is_divided_as_the_trainer_joined_it():
    planted = list(arrays(CLASSROOM).values())
    for tower, expected in zip(first_layer.divided(np.concatenate(planted, -1), 2), planted, strict=True):
        np.testing.assert_array_equal(tower, expected)


def test_a_file_that_is_missing_cut_short_or_of_another_network_is_refused(tmp_path):
    path = tmp_path / "weights.safetensors"
    assert refused(path, CLASSROOM) == "weights_missing"
    store.write(path, arrays(CLASSROOM))
    assert refused(path, STUDY_NOTE) == "weights_do_not_match"
    assert refused(path, PAPER_2012) == "weights_of_another_shape"
    path.write_bytes(path.read_bytes()[:-1])
    assert refused(path, CLASSROOM) == "weights_damaged"
    path.write_bytes(b"")
    assert refused(path, CLASSROOM) == "weights_damaged"


def test_weights_that_are_no_numbers_are_refused(tmp_path):
    path, planted = tmp_path / "weights.safetensors", arrays(CLASSROOM)
    planted["conv1_tower2/kernel"][0, 0, 0, 0] = np.nan
    store.write(path, planted)
    assert refused(path, CLASSROOM) == "weights_not_finite"
