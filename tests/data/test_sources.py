"""The data sets by id: what each promises before it is read."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.data import cifar10
from alexnet.data.dataset import Dataset
from alexnet.data.sources import SOURCES, source
from alexnet.data.starter import starter
from alexnet.errors import DataError, InputError


def test_the_starter_data_holds_what_its_source_promises():
    promised, data = source("cats_and_dogs"), source("cats_and_dogs").load()
    assert len(data.train_labels) == promised.train
    assert data.class_ids == promised.class_ids
    np.testing.assert_array_equal(data.test_labels, starter().test_labels)


def test_ids_differ_and_an_unknown_one_is_named():
    assert len({one.id for one in SOURCES}) == len(SOURCES)
    with pytest.raises(InputError, match="data_unknown") as caught:
        source("imagenet")
    assert caught.value.values["known"] == ", ".join(one.id for one in SOURCES)


def test_cifar10_comes_from_the_folder_that_the_environment_names(monkeypatch, tmp_path):
    monkeypatch.setenv(cifar10.FOLDER, str(tmp_path))
    with pytest.raises(DataError, match="cifar10_file_missing"):
        source("cifar10").load()


def test_cifar10_is_downloaded_where_no_folder_is_named(monkeypatch):
    empty = np.zeros(0)
    downloaded = Dataset(empty, empty, empty, empty, ())
    monkeypatch.delenv(cifar10.FOLDER, raising=False)
    monkeypatch.setattr(cifar10, "download", lambda: downloaded)
    assert source("cifar10").load() is downloaded
