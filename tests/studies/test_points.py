"""Results of experiments as the app reads them, and first kernels kept in eight bits."""

from __future__ import annotations

import json

import numpy as np
import pytest

from alexnet.errors import DataError
from alexnet.studies import points
from alexnet.studies.ladder import RUNGS
from alexnet.studies.points import KernelsByEpoch, eight_bits, of, results
from alexnet.weights import store


def test_an_experiment_without_results_has_none():
    assert results("never_run") == ()


def test_results_are_read_by_name_and_what_they_hold_beyond_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr(points, "RESULTS", tmp_path)
    lines = [
        {"point": "note", "seed": seed, "state": "finished", "epochs": [{"epoch": 1}], "command": "python",
         "validation_accuracy": 0.5, "test_accuracy": 0.5 + seed / 100, "config": {}, "later": 1}
        for seed in (2, 0)
    ]  # fmt: skip
    (tmp_path / "ladder.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    read = results("ladder")
    assert [result.seed for result in read] == [2, 0]
    assert [result.test_accuracy for result in of(RUNGS[0], read)] == [0.5, 0.52]
    assert of(RUNGS[1], read) == []


def test_a_rerun_belongs_to_whom_it_is_made_for():
    config = RUNGS[0].config(3, viewer="somebody", name="mine")
    assert (config.viewer, config.name, config.seed) == ("somebody", "mine", 3)
    assert config.recipe == RUNGS[0].recipe and config.size == 100


def test_eight_bits_are_off_by_half_a_unit_at_most():
    kernels = np.random.default_rng(0).normal(size=(3, 3, 3, 5)).astype(np.float32)
    kernels[..., 2] = 0
    whole, units = eight_bits(kernels)
    assert whole.dtype == np.int8 and np.abs(whole).max() == 127
    assert (np.abs(whole * units - kernels) <= units / 2 + 1e-7).all()
    np.testing.assert_allclose(units * 127, np.abs(kernels).max(axis=(0, 1, 2)))


def test_kernels_come_back_by_epoch_and_missing_ones_are_said(tmp_path):
    kernels = np.linspace(-1, 1, 2 * 2 * 3 * 4, dtype=np.float32).reshape(2, 2, 3, 4)
    pairs = [eight_bits(kernels), eight_bits(kernels * 3)]
    path = tmp_path / "kernels.safetensors"
    store.write(
        path,
        {f"{n:03d}": whole for n, (whole, _) in enumerate(pairs)}
        | {"units": np.stack([u for _, u in pairs])},
    )
    read = KernelsByEpoch(path)
    np.testing.assert_allclose(read.kernels(1), kernels * 3, atol=3 / 254)
    for broken in (lambda: read.kernels(2), lambda: KernelsByEpoch(tmp_path / "none").kernels(0)):
        with pytest.raises(DataError, match="kernels_unreadable"):
            broken()
