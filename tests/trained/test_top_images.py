"""The pictures that excite a unit most are found, with the place in them, and kept on disk."""

from dataclasses import replace

import numpy as np
import pytest

from alexnet.architecture import CLASSROOM
from alexnet.architecture.shapes import seen_by, trace
from alexnet.data import preprocess
from alexnet.data.catalogue import CIFAR_10
from alexnet.errors import DataError
from alexnet.home import write_bytes
from alexnet.network import build
from alexnet.trained import catalogue, top_images
from alexnet.trained.activations import Activations

PREPARATION = CIFAR_10.preparation(scaling="unit")
DARK = np.zeros((45, 32, 32, 3), np.uint8)


@pytest.fixture(scope="module")
def network():
    return Activations(build(CLASSROOM), CLASSROOM)


def planted(weight, tower=2, unit=5):
    """The classroom network with one kernel that looks for red where the others look for nothing."""
    model = build(CLASSROOM)
    for name in ("conv1_tower1", "conv1_tower2"):
        model.get_layer(name).set_weights([np.zeros((11, 11, 3, 16), np.float32), np.zeros(16, np.float32)])
    kernel = np.zeros((11, 11, 3, 16), np.float32)
    kernel[:, :, :, unit] = np.array([1, -1, -1]) * weight
    model.get_layer(f"conv1_tower{tower}").set_weights([kernel, np.zeros(16, np.float32)])
    return Activations(model, CLASSROOM)


def test_the_best_patch_of_a_planted_unit_is_found():
    images = DARK.copy()
    images[:] = (0, 40, 40)
    images[31, 20:26, 6:12] = (250, 0, 0)  # the reddest spot, in the second batch
    images[7, 2:8, 22:28] = (120, 0, 0)
    found = top_images.search(planted(1.0), images, PREPARATION)["conv1"]
    unit = 16 + 5  # the sixth of tower 2
    assert found.pictures[unit, :2].tolist() == [31, 7]
    row, column = found.places[unit, 0]
    layers = trace(CLASSROOM)
    top, bottom = (edge / 2 for edge in seen_by(layers, "conv1", int(row)))  # 64 pixels from 32
    left, right = (edge / 2 for edge in seen_by(layers, "conv1", int(column)))
    assert top <= 21 and bottom >= 25 and left <= 7 and right >= 11
    assert bottom - top == 5.5


def test_values_are_the_units_answers_the_strongest_first(network):
    images = np.random.default_rng(1).integers(0, 256, (45, 32, 32, 3), dtype=np.uint8)
    found = top_images.search(network, images, PREPARATION)
    inputs = preprocess.network_input(list(images), 64, PREPARATION)
    for name, maps in network.of(inputs).items():
        joined = np.concatenate(maps, axis=-1)
        peaks = joined.reshape(45, -1, joined.shape[-1]).max(axis=1)
        np.testing.assert_allclose(
            found[name].values, -np.sort(-peaks, axis=0)[: top_images.KEPT].T, atol=1e-4
        )
        one = found[name]
        if joined.ndim == 4:
            rows, columns = one.places[3, 0]
            there = joined[one.pictures[3, 0], rows, columns, 3]
            np.testing.assert_allclose(there, one.values[3, 0], atol=1e-4)


def test_fewer_pictures_than_are_kept_are_all_there_and_progress_reaches_the_end(network):
    told = []
    found = top_images.search(network, DARK[:4], PREPARATION, told.append)
    assert sorted(found["fc8"].pictures[0].tolist()) == [0, 1, 2, 3]
    assert told == [1.0]


def test_a_result_comes_back_from_the_disk_as_it_was(network, tmp_path):
    found = top_images.search(network, DARK[:4], PREPARATION)
    path = tmp_path / "found.safetensors"
    top_images.write(path, found)
    again = top_images.read(path)
    assert again.keys() == found.keys()
    for name, one in found.items():
        np.testing.assert_array_equal(again[name].values, one.values)
        np.testing.assert_array_equal(again[name].places, one.places)
    write_bytes(path, path.read_bytes()[:-9])
    assert top_images.read(path) is None
    assert top_images.read(tmp_path / "other.safetensors") is None


def test_each_networks_weights_preparation_and_data_have_a_file_of_their_own(tmp_path):
    first, second = tmp_path / "1.safetensors", tmp_path / "2.safetensors"
    first.write_bytes(b"one")
    second.write_bytes(b"two")
    one = replace(catalogue.trained(), weights=first)
    names = {
        top_images.name(one, "cats_and_dogs"),
        top_images.name(replace(one, weights=second), "cats_and_dogs"),
        top_images.name(replace(one, preparation=PREPARATION), "cats_and_dogs"),
        top_images.name(replace(one, preparation=replace(PREPARATION, resolution=64)), "cats_and_dogs"),
        top_images.name(one, "others"),
    }
    assert len(names) == 5
    assert top_images.name(replace(one), "others") in names
    with pytest.raises(DataError):
        top_images.name(replace(one, weights=tmp_path / "none"), "others")


def test_the_oldest_results_give_way(network, tmp_path, monkeypatch):
    monkeypatch.setattr(top_images, "FILES", 2)
    found = top_images.search(network, DARK[:2], PREPARATION)
    for number in range(4):
        top_images.write(tmp_path / f"{number}.safetensors", found)
    assert len(list(tmp_path.iterdir())) == 2
    assert (tmp_path / "3.safetensors").exists()
