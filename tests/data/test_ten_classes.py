"""The part of CIFAR-10 in the app is CIFAR-10's own, balanced, and of no picture that was only watched by."""

import hashlib
import json
import shutil

import numpy as np
import pytest

from alexnet.data.starter import INDEX
from alexnet.data.ten_classes import FOLDER, cifar10_positions, ten_classes
from alexnet.errors import DataError
from alexnet.trained import shipped
from experiments.build_ten_classes import KEPT_OUT

# SHA-256 of CIFAR-10's own arrays at these positions, from the published data and not from the sheets.
OF_CIFAR_10 = {
    "train_images": "a8c329f82c7d759199cfb4f3bcef458d932024da9a4910869f11e9c00a32cdec",
    "train_labels": "ccaf69059cbca967078741b408de512e9246cee930880b5f062eee480900232a",
    "test_images": "cc2bd4479eda140793858a9ea7f9016e6870fefd7f69f172720267e933ec44a5",
    "test_labels": "072ea9b326c481799997e78be43993a76bb32b2a2ef9edd09b17b9745608e381",
}


@pytest.fixture(scope="module")
def pictures():
    return ten_classes()


@pytest.mark.parametrize("name", OF_CIFAR_10)
def test_they_are_cifar_10_bit_for_bit(pictures, name):
    array = np.ascontiguousarray(getattr(pictures, name))
    assert hashlib.sha256(array.data).hexdigest() == OF_CIFAR_10[name]


def test_every_class_has_as_many(pictures):
    assert np.bincount(pictures.train_labels).tolist() == [200] * 10
    assert np.bincount(pictures.test_labels).tolist() == [100] * 10


def test_the_networks_in_the_app_have_learned_from_every_training_picture():
    cards = [shipped.card(id) for id in shipped.NETWORKS]
    assert [card["seed"] for card in cards] == [seed for seed, _ in KEPT_OUT]
    assert all(
        f"{count:,} validation" in str(card["data"]) for card, (_, count) in zip(cards, KEPT_OUT, strict=True)
    )
    train, _ = cifar10_positions()
    for seed, count in KEPT_OUT:
        assert not {*np.random.default_rng(seed).permutation(50_000)[:count]} & {*train}


def test_damage_is_noticed(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "copy")
    index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    index["test"]["labels"][0] = 9
    (folder / INDEX).write_text(json.dumps(index), encoding="utf-8")
    with pytest.raises(DataError, match="starter_damaged"):
        ten_classes(folder)
