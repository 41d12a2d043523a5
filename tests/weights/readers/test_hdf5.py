"""Keras's files as Keras writes them, and files of h5py's that point elsewhere or lie."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import h5py
import keras
import numpy as np
import pytest

from alexnet.architecture import CLASSROOM, SHIPPED, STUDY_NOTE, Dense
from alexnet.errors import DataError
from alexnet.network import build
from alexnet.weights import expected, store
from alexnet.weights.readers import hdf5
from alexnet.weights.recognizing import fitted

NARROW_NOTE = replace(
    STUDY_NOTE,
    size=67,
    rows=tuple(
        replace(row, units=8) if isinstance(row, Dense) and row.name != "output" else row
        for row in STUDY_NOTE.rows
    ),
)


def model_of(network):
    """The network with random weights everywhere, batch normalization's too."""
    model = build(network, initializer="zeros")
    numbers = np.random.default_rng(1)
    arrays = {
        path: numbers.normal(size=one.shape).astype(np.float32) for path, one in store.of(model).items()
    }
    store.assign(model, arrays)
    return model, arrays


def same(found, arrays):
    assert found.keys() == arrays.keys()
    assert all((found[name] == array).all() for name, array in arrays.items())


@pytest.mark.parametrize("network", [CLASSROOM, SHIPPED], ids=lambda one: one.id)
@pytest.mark.parametrize("ending", ["weights.h5", "h5", "keras"])
def test_what_keras_saves_is_read_as_the_layers_were_called(network, ending, tmp_path):
    model, arrays = model_of(network)
    path = tmp_path / f"a.{ending}"
    if ending == "weights.h5":
        model.save_weights(path)
    else:
        model.save(path)
    same(fitted(hdf5.read([path]), network), arrays)


def test_the_state_of_a_training_is_left_aside(tmp_path):
    model, _ = model_of(NARROW_NOTE)
    model.compile(optimizer="adam", loss="categorical_crossentropy")
    model.optimizer.build(model.trainable_variables)
    path = tmp_path / "a.weights.h5"
    model.save_weights(path)
    with h5py.File(path) as file:
        assert len(file["optimizer/vars"]) > 20
    same(fitted(hdf5.read([path]), NARROW_NOTE), store.of(model))


def test_a_model_that_a_student_wrote_without_names_is_read_by_the_order_of_its_layers(tmp_path):
    layers = keras.layers
    for _ in range(3):  # Keras goes on counting: conv2d_3 is the first of the third model
        model = keras.Sequential(
            [
                keras.Input((67, 67, 3)),
                layers.Conv2D(96, 11, 4, activation="relu"),
                layers.MaxPooling2D(3, 2),
                layers.Conv2D(256, 5, padding="same", activation="relu"),
                layers.MaxPooling2D(3, 2),
                layers.Conv2D(384, 3, padding="same", activation="relu"),
                layers.Conv2D(384, 3, padding="same", activation="relu"),
                layers.Conv2D(256, 3, padding="same", activation="relu"),
                layers.MaxPooling2D(3, 2),
                layers.Flatten(),
                layers.Dense(8, activation="relu"),
                layers.Dense(8, activation="relu"),
                layers.Dense(8, activation="relu"),
                layers.Dense(2, activation="softmax"),
            ]
        )
    path = tmp_path / "a.weights.h5"
    model.save_weights(path)
    found = fitted(hdf5.read([path]), NARROW_NOTE)
    assert list(found) == list(expected.shapes(NARROW_NOTE))
    for (name, array), variable in zip(found.items(), model.weights, strict=True):
        assert (array == np.asarray(variable)).all(), name


def test_files_of_a_keras_that_wrote_no_names_are_read_by_order(tmp_path):
    model, arrays = model_of(SHIPPED)
    path = tmp_path / "a.weights.h5"
    model.save_weights(path)
    with h5py.File(path, "a") as file:
        file.visititems(lambda at, one: one.attrs.pop("name", None) and None)
        assert "name" not in file["layers/conv2d/vars"].attrs
    same(fitted(hdf5.read([path]), SHIPPED), arrays)


def refused(path) -> tuple[str, dict]:
    with pytest.raises(DataError) as caught:
        hdf5.read([path])
    return caught.value.id, caught.value.values


def plain(path, make=None):
    """A file as Keras writes it, with something else made in it."""
    with h5py.File(path, "w") as file:
        group = file.create_group("layers/conv2d/vars")
        group.attrs["name"] = "conv1"
        group["0"] = np.ones((3, 3, 3, 2), np.float32)
        group["1"] = np.zeros(2, np.float32)
        if make is not None:
            make(file, group)
    return path


def test_weights_that_are_no_numbers_are_read(tmp_path):
    path = plain(
        tmp_path / "a.h5", lambda file, group: group["1"].write_direct(np.full(2, np.nan, np.float32))
    )
    assert np.isnan(hdf5.read([path])["conv1/bias"]).all()


def test_links_to_other_files_and_to_elsewhere_are_refused(tmp_path):
    other = plain(tmp_path / "other.h5")

    def external(file, group):
        del group["1"]
        group["1"] = h5py.ExternalLink(str(other), "/layers/conv2d/vars/1")

    def soft(file, group):
        del group["1"]
        group["1"] = h5py.SoftLink("/layers/conv2d/vars/0")

    for make in (external, soft):
        assert refused(plain(tmp_path / "a.h5", make))[0] == "foreign_elsewhere"


def test_virtual_arrays_and_arrays_in_other_files_are_refused(tmp_path):
    other = plain(tmp_path / "other.h5")
    (tmp_path / "raw.bin").write_bytes(bytes(8))

    def virtual(file, group):
        layout = h5py.VirtualLayout((2,), np.float32)
        layout[:] = h5py.VirtualSource(str(other), "layers/conv2d/vars/1", (2,))
        del group["1"]
        group.create_virtual_dataset("1", layout)

    def elsewhere(file, group):
        del group["1"]
        group.create_dataset("1", (2,), np.float32, external=[(str(tmp_path / "raw.bin"), 0, 8)])

    for make in (virtual, elsewhere):
        assert refused(plain(tmp_path / "a.h5", make))[0] == "foreign_elsewhere"


def test_huge_declared_shapes_take_neither_memory_nor_time(tmp_path):
    def huge(file, group):
        del group["0"]
        group.create_dataset("0", (2**20, 2**10, 2**10), np.float32, chunks=(64, 64, 64))

    def packed(file, group):
        del group["0"]
        group.create_dataset("0", (2**28,), np.float32, chunks=(2**16,), compression="gzip")

    for make in (huge, packed):
        path = plain(tmp_path / "a.h5", make)
        assert path.stat().st_size < 2**20
        assert refused(path)[0] == "foreign_too_large"


def test_ten_thousand_arrays_and_rings_of_links_are_refused(tmp_path):
    def many(file, group):
        for number in range(10_000):
            file[f"more/{number}"] = np.float32(1)

    def ring(file, group):
        group["again"] = file["layers"]

    assert refused(plain(tmp_path / "a.h5", many))[0] == "foreign_too_many"
    assert refused(plain(tmp_path / "b.h5", ring))[0] == "foreign_damaged"


def test_texts_and_objects_in_place_of_numbers_are_refused(tmp_path):
    def text(file, group):
        del group["1"]
        group["1"] = "rm -rf"

    def whole(file, group):
        del group["1"]
        group["1"] = np.arange(2)

    for make in (text, whole):
        assert refused(plain(tmp_path / "a.h5", make))[0] == "foreign_damaged"


@pytest.mark.parametrize("ending", ["keras", "h5"])
def test_a_network_with_a_layer_of_code_is_refused_before_its_weights_are_read(ending, tmp_path):
    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            keras.layers.Lambda(lambda x: x, name="code"),
            keras.layers.Conv2D(2, 3, name="conv1"),
        ]
    )
    path = tmp_path / f"a.{ending}"
    model.save(path)
    id, values = refused(path)
    assert id == "foreign_code" and values["name"] == "Lambda"


def test_a_zip_that_is_no_keras_file_or_says_that_it_is_huge_is_refused(tmp_path):
    path = tmp_path / "a.keras"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", "{}")
    assert refused(path)[0] == "foreign_damaged"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", "[" * 2**23)
        archive.writestr("model.weights.h5", b"")
    assert refused(path)[0] == "foreign_too_large"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", "[" * 2**20)
        archive.writestr("model.weights.h5", b"")
    assert refused(path)[0] == "foreign_damaged"


@pytest.mark.parametrize("share", [0, 0.001, 0.1, 0.5, 0.9])
@pytest.mark.parametrize("ending", ["weights.h5", "keras"])
def test_a_file_that_is_cut_off_is_refused(share, ending, tmp_path):
    model, _ = model_of(NARROW_NOTE)
    path = tmp_path / f"a.{ending}"
    (model.save if ending == "keras" else model.save_weights)(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    assert refused(path)[0] == "foreign_damaged"
