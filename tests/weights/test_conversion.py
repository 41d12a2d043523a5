"""Every published variant against ONNX Runtime, on random weights written by an independent writer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import onnxruntime
import pytest

from alexnet.data.imagenet import classes
from alexnet.errors import DataError
from alexnet.trained.predictor import Predictor
from alexnet.weights import conversion
from alexnet.weights.catalogue import PUBLISHED, published
from tests.weights import foreign

WHOLE = [id for id, entry in PUBLISHED.items() if not entry.first_only and id != "onnx_int8"]
"""All whose numbers are those of the file; what whole numbers lose has a test of its own."""


@pytest.mark.parametrize("id", WHOLE)
def test_the_thousand_probabilities_are_those_of_onnx_runtime(id, tmp_path):
    entry = foreign.narrow(published(id))
    pairs = foreign.drawn(entry.network, 9216)
    image = np.random.default_rng(1).normal(0, 60, (1, entry.network.size, entry.network.size, 3))
    inputs = image.astype(np.float32)
    session = onnxruntime.InferenceSession(foreign.graph(entry.network, pairs))
    (expected,) = session.run(None, {"image": np.ascontiguousarray(inputs.transpose(0, 3, 1, 2))})

    found = conversion.read(entry, foreign.files(entry, tmp_path, pairs))
    ours = Predictor(entry.network, found, classes(), entry.preparation).softmax(inputs)
    assert ours.shape == (1, 1000) and 1e-3 < expected.max() < 0.9
    seen = expected > 1e-6
    np.testing.assert_allclose(ours[seen], expected[seen], rtol=1e-4)
    np.testing.assert_allclose(ours[~seen], expected[~seen], atol=1e-7)


@pytest.mark.parametrize("id", PUBLISHED)
def test_nothing_is_missing_and_nothing_left_over(id, tmp_path):
    entry = foreign.narrow(published(id), units=16, classes=10)
    pairs = foreign.drawn(entry.network, 9216)
    found = conversion.read(entry, foreign.files(entry, tmp_path, pairs))
    expected = sum(one.size for row, pair in pairs.items() if row in entry.names for one in pair)
    assert sum(array.size for array in found.values()) == expected
    first = pairs["conv1"][0].transpose(2, 3, 1, 0)
    towers = [array for name, array in found.items() if name.startswith("conv1") and name.endswith("kernel")]
    step = np.abs(first).max() / 127 if id == "onnx_int8" else 0  # of whole numbers from -127 to 127
    np.testing.assert_allclose(np.concatenate(towers, axis=-1), first, rtol=1e-6, atol=0.51 * step)


def test_a_missing_and_a_left_over_array_are_named(tmp_path):
    entry = foreign.narrow(published("caffenet"), units=16, classes=10)
    pairs = foreign.drawn(entry.network, 9216)
    pairs["fc9"] = pairs.pop("fc8")
    with pytest.raises(DataError) as caught:
        conversion.read(entry, foreign.files(entry, tmp_path, pairs))
    assert caught.value.id == "weights_do_not_match"
    assert caught.value.values["missing"] == "fc8/bias, fc8/weight"
    assert caught.value.values["extra"] == "fc9/bias, fc9/weight"


def test_every_wrong_shape_is_named_with_what_was_expected_and_what_came(tmp_path):
    entry = foreign.narrow(published("caffenet"), units=16, classes=10)
    pairs = foreign.drawn(entry.network, 9216)
    pairs["conv2"] = (pairs["conv2"][0][:, :47], pairs["conv2"][1][:255])
    with pytest.raises(DataError) as caught:
        conversion.read(entry, foreign.files(entry, tmp_path, pairs))
    wrong = caught.value.values["wrong"]
    assert "conv2/weight: (256, 48, 5, 5) ≠ (256, 47, 5, 5)" in wrong
    assert "conv2/bias: (256,) ≠ (255,)" in wrong


def test_files_of_both_ages_hold_the_same(tmp_path):
    entry = foreign.narrow(published("caffenet"), units=16, classes=10)
    pairs = foreign.drawn(entry.network, 9216)
    old, new = (foreign.caffemodel(tmp_path / name, pairs, old=name == "old") for name in ("old", "new"))
    first, second = (conversion.read(entry, [path]) for path in (old, new))
    assert all((first[name] == second[name]).all() for name in first)

    torch = foreign.narrow(published("torchvision"), units=16, classes=10)
    named = {
        name: array
        for row, pair in foreign.drawn(torch.network, 9216).items()
        for name, array in zip(torch.names[row], pair, strict=True)
    }
    paths = [foreign.pth(tmp_path / f"{zipped}.pth", named, zipped=zipped) for zipped in (True, False)]
    first, second = (conversion.read(torch, [path]) for path in paths)
    assert all((first[name] == second[name]).all() for name in first)


def test_pickles_of_every_protocol_hold_the_same(tmp_path):
    entry = foreign.narrow(published("toronto"), units=16, classes=10)
    pairs = foreign.drawn(entry.network, 9216)
    turned = foreign._height_width_in_out(entry, pairs)
    found = [
        conversion.read(entry, [foreign.toronto(tmp_path / f"{protocol}.npy", turned, protocol)])
        for protocol in (1, 2, 3, 4)
    ]
    assert all((one["fc6/kernel"] == found[0]["fc6/kernel"]).all() for one in found)


def test_weights_that_are_no_numbers_are_read_and_counted(tmp_path, monkeypatch):
    entry = published("caffenet_first")
    weights, biases = foreign.drawn(foreign.narrow(entry, 16, 10).network, 9216)["conv1"]
    weights[0, 0, 0, :3] = np.nan, np.inf, np.nan
    paths = foreign.files(entry, tmp_path, {"conv1": (weights, biases)})
    report = conversion.store_published(entry.id, paths, tmp_path / "ours.safetensors")
    assert report.not_finite == 3 and report.numbers == 34_944 and report.genuine is False


def test_blue_first_kernels_are_shown_red_first(tmp_path):
    from alexnet.trained.published import trained

    entry = published("caffenet_first")
    pairs = foreign.drawn(foreign.narrow(entry, 16, 10).network, 9216)
    target = tmp_path / "ours.safetensors"
    conversion.store_published(entry.id, foreign.files(entry, tmp_path, pairs), target)
    shown = np.concatenate(replace(trained(entry), weights=target).first_kernels(), axis=-1)
    np.testing.assert_allclose(shown[:, :, 0], pairs["conv1"][0].transpose(2, 3, 1, 0)[:, :, 2], rtol=1e-6)


def test_the_published_accuracy_is_only_told_of_files_that_are_proven_to_be_the_published_ones(monkeypatch):
    from alexnet.trained import published as records

    entry = published("caffenet")
    for genuine, expected in ((True, (0.574, 50_000)), (False, None), (None, None)):
        report = conversion.Report(16, 60_965_224, 0, genuine)
        monkeypatch.setattr(records.local, "report", lambda entry, report=report: report)
        assert records.provenance(entry).tested == expected
