"""The starter data is CIFAR-10's own, complete, and damage to it is noticed."""

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest

from alexnet.data import starter as module
from alexnet.data.catalogue import STARTER
from alexnet.data.classes import CIFAR10
from alexnet.data.dataset import Pictures
from alexnet.data.starter import FOLDER, cifar10_positions, sheet_name, starter
from alexnet.errors import DataError
from alexnet.language import LANGUAGES, explain

# SHA-256 of CIFAR-10's own arrays at labels 3 and 5, from the published data and not from the sheets.
OF_CIFAR_10 = {
    "train_images": "ae00df040ac91a50eef37de330d0b27b747d823d07be352ad9f30404d388c833",
    "train_labels": "e73ec37b82eb09cdab1cd91faa2f6180adc5e78e032d4f128596c65d14cb3e17",
    "test_images": "d843e043999660c025c0eeea223c553d4466a30258efe9a956cade2688e0d97f",
    "test_labels": "82408e04e32da6cedb15c45abc0b5668174fcbec91d4462db08b6dbbe48e0f3b",
}


@pytest.fixture(scope="module")
def cats_and_dogs() -> Pictures:
    return starter()


@pytest.mark.parametrize("name", OF_CIFAR_10)
def test_the_starter_data_is_cifar_10_bit_for_bit(cats_and_dogs: Pictures, name: str) -> None:
    array = np.ascontiguousarray(getattr(cats_and_dogs, name))
    assert hashlib.sha256(array.data).hexdigest() == OF_CIFAR_10[name]


def test_there_are_as_many_cats_as_dogs(cats_and_dogs: Pictures) -> None:
    assert np.bincount(cats_and_dogs.train_labels).tolist() == [5000, 5000]
    assert np.bincount(cats_and_dogs.test_labels).tolist() == [1000, 1000]


def test_pictures_keep_their_order_and_places_in_cifar_10(cats_and_dogs: Pictures) -> None:
    train, test = cifar10_positions()
    assert (len(train), len(test)) == (10_000, 2_000)
    assert (np.diff(train) > 0).all()
    assert (np.diff(test) > 0).all()
    # CIFAR-10's lists of labels begin 6 9 9 4 1 1 2 7 8 3 and 3 8 8 0 6 6 1 6 3 1.
    assert (train[0], test[0]) == (9, 0)
    assert CIFAR10[3] == STARTER.classes[cats_and_dogs.train_labels[0]]


def copied(target: Path) -> Path:
    return Path(shutil.copytree(FOLDER, target / "copy"))


@pytest.mark.parametrize("name", [sheet_name("train", 3), module.INDEX])
def test_one_changed_byte_is_noticed(tmp_path: Path, name: str) -> None:
    folder = copied(tmp_path)
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(DataError) as caught:
        starter(folder)
    assert caught.value.id == "starter_damaged"
    for language in LANGUAGES:
        assert name in explain(caught.value, language)


@pytest.mark.parametrize("name", [sheet_name("test", 1), module.INDEX, module.SUMS])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = copied(tmp_path)
    (folder / name).unlink()
    with pytest.raises(DataError) as caught:
        starter(folder)
    assert caught.value.id == "starter_missing"
    for language in LANGUAGES:
        assert name in explain(caught.value, language)


def test_a_scrambled_list_of_checksums_is_noticed(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / module.SUMS).write_text("no checksums here\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        starter(folder)
    assert caught.value.id == "starter_damaged"


def test_the_readme_credits_cifar_10() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for words in ("Alex Krizhevsky, Vinod Nair and Geoffrey Hinton", "Learning Multiple Layers of Features"):
        assert words in readme
