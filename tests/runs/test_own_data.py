"""A run that learns from own pictures: its numbers, its parts, its classes' names in what it leaves."""

from __future__ import annotations

import io
import json
import zipfile

import numpy as np
import pytest

from alexnet.data.own import making, store
from alexnet.errors import InputError
from alexnet.recipes import Recipe, fitted, recipe
from alexnet.runs import run, trained_run, words
from alexnet.runs.config import Config, cost, new, with_choices
from alexnet.runs.estimate import EPOCH, PROCESS, estimate
from alexnet.runs.export import export
from alexnet.runs.metrics_log import Curves
from alexnet.runs.splits import to_follow, to_learn, to_test
from tests.data.own.photographs import files, packed
from tests.training.small import train

CLASSES = ("cat", "dog", "고양이")


@pytest.fixture
def pets():
    return making.from_files([("pets.zip", packed(files(20, CLASSES)))], "mina", "Our pets")


def test_pictures_are_reduced_to_what_the_network_reads_between_32_and_256(pets):
    of_size = {
        size: new(
            "mina", "classroom", Recipe("x", (1,), batch=4), data=pets.id, size=size
        ).data_set.resolution
        for size in (None, 48, 96, 300)
    }
    assert of_size == {None: 64, 48: 48, 96: 96, 300: 256}
    config = new("mina", "fitted_quick", Recipe("x", (1,), batch=4), data=pets.id)
    assert config.data_set.resolution == config.rows.size == 32 and config.rows.classes == 3
    assert (config.images, config.validation) == (pets.train, pets.validation) == (42, 9)


@pytest.mark.parametrize("limit", [None, 16])
def test_the_sets_own_parts_are_learned_from_and_watched_whatever_the_seed(pets, limit):
    configs = [
        new("mina", "fitted_quick", Recipe("x", (1,), batch=4), data=pets.id, seed=seed, limit=limit)
        for seed in (0, 1)
    ]
    pictures = configs[0].data_set.load()
    kept = {image.tobytes() for image in pictures.train_images[pictures.validation]}
    for config in configs:
        training, validation = to_learn(config)
        assert len(training.labels) == (limit or 42) and len(validation.labels) == 9
        assert {image.tobytes() for image in validation.images} == kept
        assert not kept & {image.tobytes() for image in training.images}
        assert len(to_test(config).labels) == pets.test
        assert sorted(np.unique(to_follow(config).labels)) == [0, 1, 2]


def test_a_run_learns_from_them_and_what_it_leaves_names_their_classes(pets, tmp_path):
    suited = with_choices(fitted(recipe("half_minute"), pets.train), epochs=6)
    config = new("mina", "fitted_quick", suited, data=pets.id, name="ours")
    config = Config.from_json(json.loads(json.dumps(config.to_json())))
    one = run.create(config)
    assert train(one) == 0
    curves = Curves(one.metrics_file)
    curves.update()
    assert curves.test["test_accuracy"] > 0.8  # each class has a colour of its own
    assert np.array(curves.test["confusion"]).shape == (3, 3)
    model = trained_run.trained(one)
    assert tuple(entry.name("ko") for entry in model.classes) == CLASSES
    assert model.preparation.resolution == 32 and model.preparation.mean == pets.mean
    assert "Our pets" in words.settings(config, "ko")
    export(one, tmp_path / "run.zip")
    with zipfile.ZipFile(io.BytesIO((tmp_path / "run.zip").read_bytes())) as packed_run:
        code = packed_run.read(f"{one.id}/predict/predict.py").decode()
    assert all(f'"{name}"' in code for name in CLASSES)
    store.delete(pets, keep_record=True)
    assert tuple(entry.name("en") for entry in trained_run.trained(run.find(one.id)).classes) == CLASSES


def test_the_memory_and_the_time_of_a_run_count_its_pictures(pets):
    config = new("mina", "classroom", Recipe("x", (1,), batch=4), data=pets.id, size=48)
    expected = PROCESS + cost(config).memory + 3 * 60 * 48 * 48 * 3
    found = estimate(config, 100)
    assert found.memory == expected
    # 42 pictures are learned from, two of them left out as the batch is four, and nine looked at.
    assert found.epoch_seconds == pytest.approx((40 + 9 / 3) / 100 + EPOCH)


def test_a_set_that_is_not_there_cannot_be_trained_on():
    with pytest.raises(InputError, match="data_unknown"):
        new("mina", "classroom", Recipe("x", (1,), batch=4), data="set-20261124-130843-a1b2c3")
