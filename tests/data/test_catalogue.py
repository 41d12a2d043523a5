"""The data sets by id: what each promises before it is read."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.data import cifar10, preprocess
from alexnet.data.catalogue import DATA_SETS, data_set
from alexnet.data.classes import Class
from alexnet.data.dataset import DataSet, Pictures
from alexnet.data.starter import starter
from alexnet.errors import DataError, InputError
from alexnet.language import LANGUAGES


def test_the_starter_data_holds_what_its_source_promises():
    promised, data = data_set("cats_and_dogs"), data_set("cats_and_dogs").load()
    assert len(data.train_labels) == promised.train
    assert len(data.test_labels) == promised.test
    assert data.train_images.shape[1:] == (promised.resolution, promised.resolution, 3)
    assert set(data.train_labels) == set(range(len(promised.classes)))
    np.testing.assert_array_equal(data.test_labels, starter().test_labels)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("one", DATA_SETS, ids=lambda one: one.id)
def test_a_data_set_and_its_classes_have_names_in_both_languages(one, language):
    names = [one.name(language), *(each.name(language) for each in one.classes)]
    assert all(names) and len(set(names)) == len(names)


def test_a_data_set_of_ones_own_brings_its_own_names_and_resolution():
    mine = DataSet(
        "mine",
        (Class("a", {"ko": "사과", "en": "apple"}), Class("b", {"ko": "배", "en": "pear"}), Class("cat")),
        resolution=64,
        mean=(10.0, 20.0, 30.0),
        deviation=(1.0, 2.0, 4.0),
        train=30,
        test=6,
        validation=5,
        load=lambda: Pictures(np.zeros(0), np.zeros(0), np.zeros(0), np.zeros(0)),
        names={"ko": "과일", "en": "Fruit"},
    )
    assert mine.name("en") == "Fruit" and mine.class_ids == ("a", "b", "cat")
    assert [one.name("ko") for one in mine.classes] == ["사과", "배", "고양이"]
    white = np.full((90, 120, 3), 255, np.uint8)
    read = preprocess.network_input([white], 96, mine.preparation())
    assert read.shape == (1, 96, 96, 3)
    np.testing.assert_allclose(read[0, 0, 0], [245.0, 117.5, 56.25])


def test_ids_differ_and_an_unknown_one_is_named():
    assert len({one.id for one in DATA_SETS}) == len(DATA_SETS)
    with pytest.raises(InputError, match="data_unknown") as caught:
        data_set("imagenet")
    assert caught.value.values["known"] == ", ".join(one.id for one in DATA_SETS)


def test_cifar10_comes_from_the_folder_that_the_environment_names(monkeypatch, tmp_path):
    monkeypatch.setenv(cifar10.FOLDER, str(tmp_path))
    with pytest.raises(DataError, match="cifar10_file_missing"):
        data_set("cifar10").load()


def test_cifar10_is_downloaded_where_no_folder_is_named(monkeypatch):
    empty = np.zeros(0)
    downloaded = Pictures(empty, empty, empty, empty)
    monkeypatch.delenv(cifar10.FOLDER, raising=False)
    monkeypatch.setattr(cifar10, "download", lambda: downloaded)
    assert data_set("cifar10").load() is downloaded
