"""Files in every format that somebody may bring, against the networks that they may belong to."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import onnxruntime
import pytest
import safetensors.numpy

from alexnet.architecture import CAFFE, CLASSROOM, NETWORKS, PAPER_2012, SHIPPED, Dense
from alexnet.data.imagenet import classes
from alexnet.errors import DataError
from alexnet.network import build
from alexnet.trained.predictor import Predictor
from alexnet.weights import expected, recognizing, store
from alexnet.weights.catalogue import CAFFENET, published
from alexnet.weights.recognizing import Candidate, Said
from alexnet.weights.writers import onnx as writer
from tests.weights import foreign

CANDIDATES = [Candidate(one.id, one) for one in (CAFFENET, *(one for one in NETWORKS if one.size <= 70))]
KERNELS = np.random.default_rng(0).normal(size=(96, 11, 11, 3)).astype(np.float32)


def drawn(network):
    numbers = np.random.default_rng(1)
    return {
        name: numbers.uniform(0.01, 0.1, shape).astype(np.float32)
        for name, shape in expected.shapes(network).items()
    }


@pytest.mark.parametrize("network", NETWORKS, ids=lambda one: one.id)
def test_the_expected_arrays_are_those_of_the_keras_model(network):
    light = replace(
        network,
        rows=tuple(
            replace(row, units=2 * row.towers) if isinstance(row, Dense) else row for row in network.rows
        ),
    )
    model = build(light, initializer="zeros")
    assert expected.shapes(light) == {one.path: tuple(one.shape) for one in model.weights}


@pytest.mark.parametrize("network", [CLASSROOM, SHIPPED], ids=lambda one: one.id)
@pytest.mark.parametrize("ending", [".safetensors", ".weights.h5", ".keras", ".onnx"])
def test_every_format_finds_its_network_and_every_number(network, ending, tmp_path):
    arrays = drawn(network)
    path = tmp_path / f"mine{ending}"
    if ending == ".safetensors":
        safetensors.numpy.save_file(arrays, path)
    elif ending == ".onnx":
        writer.write(path, network, dict(arrays))
    else:
        model = build(network, initializer="zeros")
        store.assign(model, arrays)
        (model.save if ending == ".keras" else model.save_weights)(path)
    found = recognizing.store_recognized(path, path.name, CANDIDATES, tmp_path / "ours.safetensors")
    assert found.candidate == network.id and not found.first_only
    ours = store.read(tmp_path / "ours.safetensors")
    assert ours.keys() == arrays.keys()
    assert all((ours[name] == array).all() for name, array in arrays.items())
    assert found.report.numbers == sum(array.size for array in arrays.values())


def test_somebody_elses_onnx_file_answers_as_in_onnx_runtime(tmp_path):
    network = foreign.narrow(published("bvlc_alexnet")).network
    pairs = foreign.drawn(network, 9216)
    path = tmp_path / "theirs.onnx"
    path.write_bytes(foreign.graph(network, pairs, matmul=True))
    target = tmp_path / "ours.safetensors"
    candidates = [*CANDIDATES, Candidate("caffe", network)]
    assert recognizing.store_recognized(path, path.name, candidates, target).candidate == "caffe"
    image = np.random.default_rng(1).normal(0, 60, (1, 227, 227, 3)).astype(np.float32)
    (theirs,) = onnxruntime.InferenceSession(path).run(
        None, {"image": np.ascontiguousarray(image.transpose(0, 3, 1, 2))}
    )
    preparation = published("bvlc_alexnet").preparation
    ours = Predictor(network, store.read(target), classes(), preparation).softmax(image)
    seen = theirs > 1e-6
    np.testing.assert_allclose(ours[seen], theirs[seen], rtol=1e-4)


@pytest.mark.parametrize("order", ["ohwi", "oihw", "hwio", "ihwo", "owhi", "whio", "oiwh"])
@pytest.mark.parametrize("blue_first", [False, True])
def test_kernels_in_any_order_that_is_said_are_the_same(order, blue_first, tmp_path):
    stored = KERNELS[..., ::-1] if blue_first else KERNELS
    turned = np.ascontiguousarray(stored.transpose(["ohwi".index(axis) for axis in order]))
    np.save(tmp_path / "a.npy", turned)
    said = Said(width_first=order.index("w") < order.index("h"), blue_first=blue_first)
    target = tmp_path / "ours.safetensors"
    found = recognizing.store_recognized(tmp_path / "a.npy", "a.npy", CANDIDATES, target, said)
    assert found.candidate == CAFFENET.id and found.first_only and not found.biases
    ours = store.read(target)
    kernels = np.concatenate([ours["conv1_tower1/kernel"], ours["conv1_tower2/kernel"]], axis=-1)
    np.testing.assert_array_equal(kernels, KERNELS.transpose(1, 2, 3, 0))
    assert not ours["conv1_tower1/bias"].any()


def test_kernels_with_their_biases_and_as_text(tmp_path):
    biases = np.arange(96, dtype=np.float32)
    np.savez(tmp_path / "a.npz", w=KERNELS, b=biases)
    target = tmp_path / "ours.safetensors"
    assert recognizing.store_recognized(tmp_path / "a.npz", "a.npz", CANDIDATES, target).biases
    assert store.read(target)["conv1_tower2/bias"].tolist() == biases[48:].tolist()
    np.savetxt(tmp_path / "a.txt", KERNELS.transpose(0, 3, 1, 2).reshape(1, -1), delimiter=",", fmt="%.9g")
    recognizing.store_recognized(tmp_path / "a.txt", "a.txt", CANDIDATES, target)
    np.testing.assert_array_equal(
        store.read(target)["conv1_tower1/kernel"], KERNELS[:48].transpose(1, 2, 3, 0)
    )


def refused(path, candidates=CANDIDATES):
    with pytest.raises(DataError) as caught:
        recognizing.store_recognized(path, path.name, candidates, path.with_name("ours.safetensors"))
    assert not path.with_name("ours.safetensors").exists()
    return caught.value.id, caught.value.values


def test_what_fits_no_network_names_the_closest_and_what_is_missing_left_over_or_of_another_shape(tmp_path):
    arrays = drawn(CLASSROOM)
    path = tmp_path / "a.safetensors"
    safetensors.numpy.save_file(arrays | {"more/kernel": np.ones(3, np.float32)}, path)
    id, values = refused(path)
    assert (
        id == "foreign_no_network" and values["network"] == "classroom" and values["extra"] == "more/kernel"
    )
    del arrays["fc8/bias"]
    safetensors.numpy.save_file(arrays, path)
    assert refused(path)[1]["missing"] == "fc8/bias"
    arrays["fc8/bias"] = np.ones(3, np.float32)
    safetensors.numpy.save_file(arrays, path)
    assert refused(path)[1]["wrong"] == "fc8/bias: (2,) ≠ (3,)"


def test_kernels_of_another_shape_say_what_was_expected_and_what_came(tmp_path):
    np.save(tmp_path / "a.npy", KERNELS[:, :, :10])
    id, values = refused(tmp_path / "a.npy")
    assert id == "foreign_no_kernels"
    assert "96×11×11×3" in values["expected"] and "(96, 11, 10, 3)" in values["received"]


def test_an_ending_that_nobody_reads_is_named(tmp_path):
    (tmp_path / "a.exe").write_bytes(b"MZ")
    assert refused(tmp_path / "a.exe")[0] == "foreign_ending"


def test_the_towers_of_a_foreign_file_are_the_halves_of_its_kernels(tmp_path):
    assert {row.towers for row in (PAPER_2012.first_convolution, CAFFE.first_convolution)} == {2}
    np.save(tmp_path / "a.npy", KERNELS)
    target = tmp_path / "ours.safetensors"
    recognizing.store_recognized(tmp_path / "a.npy", "a.npy", [Candidate("paper", PAPER_2012)], target)
    np.testing.assert_array_equal(
        store.read(target)["conv1_tower2/kernel"], KERNELS[48:].transpose(1, 2, 3, 0)
    )


def test_a_layer_of_code_is_refused_on_the_way(tmp_path):
    model = keras.Sequential(
        [keras.Input((8, 8, 3)), keras.layers.Lambda(lambda x: x), keras.layers.Conv2D(2, 3)]
    )
    model.save(tmp_path / "a.keras")
    assert refused(tmp_path / "a.keras")[0] == "foreign_code"
