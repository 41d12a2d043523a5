"""What ships of the sample photographs' passages, and how a passage is made of responses."""

from __future__ import annotations

import numpy as np
import pytest
from safetensors import safe_open

from alexnet.data import preprocess
from alexnet.data.samples import sample
from alexnet.errors import DataError
from alexnet.trained import catalogue, passage, predictor
from experiments import build_passages

FILE = passage.FOLDER / "shipped.safetensors"


@pytest.fixture(scope="module")
def shipped():
    return passage.read(FILE)


def test_the_file_holds_three_photographs_in_less_than_300_kilobytes(shipped):
    assert sorted(shipped) == sorted(build_passages.SAMPLES) and len(shipped) == 3
    assert FILE.stat().st_size < 300_000
    (one, *_) = shipped.values()
    assert list(one.layers) == ["conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7"]
    assert one.layers["conv1"].values.shape == (2, passage.STRONGEST, 32, 32)
    assert one.layers["fc6"].values.shape == (2, 256) and one.photograph.shape == (64, 64, 3)


def test_it_was_made_with_the_weights_that_ship():
    with safe_open(FILE, framework="numpy") as file:
        assert file.metadata()["weights"] == catalogue.trained().digest()


def test_keras_makes_the_same_within_the_rounding_to_8_bits(shipped):
    one = catalogue.trained()
    read = one.reads([preprocess.square(sample("cat_face").pixels)])
    network = predictor.load(one)
    responses = network.activations().of(read)
    kept = shipped["cat_face"]
    np.testing.assert_allclose(kept.probabilities, network.softmax(read)[0], atol=1e-4)
    for name, layer in kept.layers.items():
        for tower, maps in enumerate(tower[0] for tower in responses[name]):
            peaks = maps.max(axis=tuple(range(maps.ndim - 1)))
            strongest = layer.numbers[tower].astype(int) - 1
            np.testing.assert_allclose(
                layer.peaks[tower], np.sort(peaks)[::-1][: passage.STRONGEST], rtol=1e-3
            )
            np.testing.assert_allclose(peaks[strongest], layer.peaks[tower], rtol=1e-3)
            if maps.ndim == 1:
                shown, limit = maps, layer.peaks.max()
            else:
                shown, limit = np.moveaxis(maps[..., strongest], -1, 0), layer.peaks[tower][:, None, None]
            step = limit / passage.LEVELS
            assert (np.abs(layer.values[tower] * step - np.maximum(shown, 0)) <= 0.51 * step + 1e-3).all()


def test_the_script_makes_the_same_file_again(shipped):
    again = build_passages.made(catalogue.trained(), "kingfisher")
    np.testing.assert_array_equal(again.photograph, shipped["kingfisher"].photograph)
    for name, layer in again.layers.items():
        np.testing.assert_array_equal(layer.numbers, shipped["kingfisher"].layers[name].numbers)
        # One step of rounding: sums in another order on another processor.
        off = np.abs(layer.values.astype(int) - shipped["kingfisher"].layers[name].values)
        assert off.max() <= 1


def test_a_map_without_a_response_is_black_and_the_strongest_cell_of_any_other_is_white():
    maps = np.zeros((2, 2, 9))
    maps[1, 0, 4], maps[0, 1, 7], maps[0, 0, 7] = 3.0, 6.0, -1.0
    found = passage.of(np.zeros((4, 4, 3), np.uint8), {"a": [maps], "b": [np.array([0.25, 0.75])]})
    layer = found.layers["a"]
    assert layer.numbers[0, :3].tolist() == [8, 5, 1] and layer.peaks[0, :3].tolist() == [6, 3, 0]
    assert layer.values[0, 0].tolist() == [[0, 255], [0, 0]] and layer.values[0, 2].max() == 0
    assert found.probabilities.tolist() == [0.25, 0.75]


def test_what_is_written_is_read_again(tmp_path, shipped):
    path = tmp_path / "some.safetensors"
    passage.write(path, {"cat_face": shipped["cat_face"]}, "digest")
    (found,) = passage.read(path).values()
    for name, layer in shipped["cat_face"].layers.items():
        np.testing.assert_array_equal(found.layers[name].values, layer.values)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match="shipped_file_damaged"):
        passage.read(tmp_path / "none.safetensors")
