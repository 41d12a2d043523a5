"""The shipped files: towers by name, half precision, and what is missing or damaged is said."""

from __future__ import annotations

import json

import numpy as np
import pytest
from safetensors.numpy import save_file

from alexnet.errors import DataError
from alexnet.trained import first_layer, shipped

FIRST = np.random.default_rng(1).normal(size=(11, 11, 3, 48)).astype(np.float16)
SECOND = np.random.default_rng(2).normal(size=(11, 11, 3, 48)).astype(np.float16)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    there = tmp_path / shipped.DEFAULT
    there.mkdir()
    # The order in the file is not the towers' order: they are found by name.
    save_file(
        {"conv1_tower2/kernel": SECOND, "conv1_tower1/kernel": FIRST, "fc8/bias": FIRST[0, 0, 0]},
        there / shipped.WEIGHTS,
    )
    both = np.concatenate([FIRST, SECOND], axis=3)
    save_file({"000": both * 0, "001": both * 2, "012": both}, there / shipped.SNAPSHOTS)
    return there


def test_the_towers_kernels_come_by_name_in_single_precision():
    first, second = shipped.trained().first_kernels()
    assert first.dtype == second.dtype == np.float32
    np.testing.assert_array_equal(first, FIRST)
    np.testing.assert_array_equal(second, SECOND)


def test_a_snapshot_is_split_into_its_towers():
    assert shipped.epochs() == 12
    first, second = first_layer.divided(shipped.kernels_after(1), 2)
    np.testing.assert_array_equal(first, 2 * FIRST)
    np.testing.assert_array_equal(second, 2 * SECOND)


def test_an_epoch_without_a_snapshot_is_refused():
    with pytest.raises(DataError, match="shipped_file_damaged"):
        shipped.kernels_after(5)


@pytest.mark.parametrize("read", [shipped.epochs, shipped.card])
def test_a_missing_file_is_named(folder, read):
    for path in folder.iterdir():
        path.unlink()
    with pytest.raises(DataError, match="shipped_file_missing"):
        read()


@pytest.mark.parametrize("read", [shipped.epochs, shipped.card])
def test_a_truncated_file_is_named(folder, read):
    for name in (shipped.WEIGHTS, shipped.SNAPSHOTS, shipped.CARD):
        (folder / name).write_bytes(b'{"half": ')
    with pytest.raises(DataError, match="shipped_file_damaged"):
        read()


def test_a_card_is_a_json_object(folder):
    (folder / shipped.CARD).write_text(json.dumps({"seed": 7}), encoding="utf-8")
    assert shipped.card() == {"seed": 7}
    (folder / shipped.CARD).write_text("[]", encoding="utf-8")
    with pytest.raises(DataError, match="not a JSON object"):
        shipped.card()
