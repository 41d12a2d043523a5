"""Weights come back as they were, each in its place, or not at all."""

import keras
import numpy as np
import pytest

from alexnet.architecture import CLASSROOM
from alexnet.errors import DataError
from alexnet.network import build
from alexnet.weights import store


def small_model() -> keras.Model:
    return build(CLASSROOM, initializer="random_normal")


def test_a_transposed_array_comes_back_unscrambled(tmp_path):
    array = np.arange(24, dtype=np.float32).reshape(2, 3, 4).transpose(2, 0, 1)
    store.write(tmp_path / "a.safetensors", {"conv1_tower1/kernel": array})
    np.testing.assert_array_equal(store.read(tmp_path / "a.safetensors")["conv1_tower1/kernel"], array)


def test_a_single_number_stays_one(tmp_path):
    store.write(tmp_path / "a.safetensors", {"iteration": np.array(7)})
    assert store.read(tmp_path / "a.safetensors")["iteration"].shape == ()


def test_a_model_written_and_read_gives_the_same_outputs(tmp_path):
    first, second = small_model(), small_model()
    store.write(tmp_path / "model.safetensors", store.of(first))
    store.assign(second, store.read(tmp_path / "model.safetensors"))
    images = np.random.default_rng(0).standard_normal((2, 64, 64, 3), np.float32)
    np.testing.assert_array_equal(first(images), second(images))


def test_the_towers_keep_their_places():
    first, second = small_model(), small_model()
    store.assign(second, store.of(first))
    for tower in (1, 2):
        name = f"conv1_tower{tower}"
        np.testing.assert_array_equal(first.get_layer(name).kernel, second.get_layer(name).kernel)


def test_a_missing_and_a_left_over_array_are_named_and_nothing_is_changed():
    model = small_model()
    before = store.of(model)
    arrays = {name: array + 1 for name, array in before.items()}
    arrays["conv9/kernel"] = arrays.pop("conv1_tower2/kernel")
    with pytest.raises(DataError) as caught:
        store.assign(model, arrays)
    assert caught.value.id == "weights_do_not_match"
    assert caught.value.values == {"missing": "conv1_tower2/kernel", "extra": "conv9/kernel"}
    for name, array in store.of(model).items():
        np.testing.assert_array_equal(array, before[name])


def test_an_array_of_another_shape_is_named_and_nothing_is_changed():
    model = small_model()
    before = store.of(model)
    arrays = {name: array + 1 for name, array in before.items()}
    arrays["conv2_tower1/kernel"] = arrays["conv2_tower1/kernel"][:-1]
    with pytest.raises(DataError) as caught:
        store.assign(model, arrays)
    assert caught.value.id == "weights_of_another_shape"
    assert caught.value.values["name"] == "conv2_tower1/kernel"
    np.testing.assert_array_equal(store.of(model)["conv1_tower1/kernel"], before["conv1_tower1/kernel"])


@pytest.mark.parametrize("content", [b"", b"not a weight file", b"\xff" * 64])
def test_a_damaged_file_is_said_to_be_damaged(tmp_path, content):
    (tmp_path / "bad.safetensors").write_bytes(content)
    with pytest.raises(DataError) as caught:
        store.read(tmp_path / "bad.safetensors")
    assert caught.value.id == "weights_damaged"


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(DataError) as caught:
        store.read(tmp_path / "none.safetensors")
    assert caught.value.id == "weights_missing"


def test_a_model_filled_from_a_file_row_by_row_has_every_number(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "_AT_ONCE", 100)  # several pieces of each array
    model = build(CLASSROOM)
    arrays = {name: np.asarray(array) for name, array in store.of(model).items()}
    store.write(tmp_path / "a.safetensors", arrays)
    other = build(CLASSROOM, initializer="zeros")
    store.load(other, tmp_path / "a.safetensors")
    assert all((array == arrays[name]).all() for name, array in store.of(other).items())
    store.write(tmp_path / "b.safetensors", {**arrays, "more/kernel": np.ones(2, np.float32)})
    with pytest.raises(DataError, match="weights_do_not_match"):
        store.load(other, tmp_path / "b.safetensors")
    with pytest.raises(DataError, match="weights_missing"):
        store.load(other, tmp_path / "c.safetensors")
