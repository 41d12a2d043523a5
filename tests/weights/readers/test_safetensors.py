"""Files written by the safetensors library itself, and headers that lie."""

from __future__ import annotations

import json
import struct

import numpy as np
import pytest
import safetensors.numpy

from alexnet.errors import DataError
from alexnet.weights.readers import safetensors as reader

ARRAYS = {"conv1/kernel": np.ones((3, 3, 3, 2), np.float32), "conv1/bias": np.array([np.nan, 1], np.float32)}


def refused(path) -> str:
    with pytest.raises(DataError) as caught:
        reader.read([path])
    return caught.value.id


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_floating_point_numbers_of_any_length_are_read_and_nan_too(dtype, tmp_path):
    path = tmp_path / "a.safetensors"
    safetensors.numpy.save_file({name: array.astype(dtype) for name, array in ARRAYS.items()}, path)
    found = reader.read([path])
    assert all(array.dtype == np.float32 for array in found.values())
    np.testing.assert_array_equal(found["conv1/kernel"], ARRAYS["conv1/kernel"])
    assert np.isnan(found["conv1/bias"][0])


def test_ten_thousand_arrays_and_whole_numbers_are_refused(tmp_path):
    path = tmp_path / "a.safetensors"
    safetensors.numpy.save_file({str(number): np.ones(1, np.float32) for number in range(10_000)}, path)
    assert refused(path) == "foreign_too_many"
    safetensors.numpy.save_file({"conv1/kernel": np.ones(4, np.int64)}, path)
    assert refused(path) == "foreign_damaged"


def test_a_header_that_declares_more_than_there_is_is_refused(tmp_path):
    path = tmp_path / "a.safetensors"
    for shape, end in (([2**40], 2**42), ([4], 400), ([4], 16)):
        header = json.dumps({"a": {"dtype": "F32", "shape": shape, "data_offsets": [0, end]}}).encode()
        path.write_bytes(struct.pack("<Q", len(header)) + header + bytes(8))
        assert refused(path) == "foreign_damaged"
    path.write_bytes(struct.pack("<Q", 2**60) + b"{}")
    assert refused(path) == "foreign_damaged"


@pytest.mark.parametrize("share", [0, 0.1, 0.9])
def test_a_file_that_is_cut_off_is_refused(share, tmp_path):
    path = tmp_path / "a.safetensors"
    safetensors.numpy.save_file(ARRAYS, path)
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    assert refused(path) == "foreign_damaged"


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert refused(tmp_path / "nothing.safetensors") == "weights_missing"
