"""CIFAR-10 in both wrappings, with a miniature in place of 180 MB."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from alexnet.data import cifar10
from alexnet.data.classes import CIFAR10, Class
from alexnet.errors import DataError
from alexnet.language import LANGUAGES, explain, keys

PER_BATCH = 3


def miniature() -> dict[str, np.ndarray]:
    random = np.random.default_rng(5)
    return {
        "train_images": random.integers(0, 256, (5 * PER_BATCH, 32, 32, 3), dtype=np.uint8),
        "train_labels": random.integers(0, 10, 5 * PER_BATCH),
        "test_images": random.integers(0, 256, (PER_BATCH, 32, 32, 3), dtype=np.uint8),
        "test_labels": random.integers(0, 10, PER_BATCH),
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    arrays = miniature()
    monkeypatch.setattr(
        cifar10, "CHECKSUMS", {name: hashlib.sha256(array.data).hexdigest() for name, array in arrays.items()}
    )
    batches = [*np.split(arrays["train_images"], 5), arrays["test_images"]]
    for name, images in zip(cifar10.TRAIN_BATCHES + cifar10.TEST_BATCHES, batches, strict=True):
        Image.fromarray(images.reshape(PER_BATCH, 1024, 3)).save(tmp_path / name)
    (tmp_path / cifar10.TRAIN_LABELS).write_text(
        json.dumps(arrays["train_labels"].tolist()), encoding="utf-8"
    )
    (tmp_path / cifar10.TEST_LABELS).write_text(json.dumps(arrays["test_labels"].tolist()), encoding="utf-8")
    return tmp_path


def test_a_folder_of_png_files_gives_the_pictures_and_labels_in_order(folder: Path) -> None:
    dataset = cifar10.from_folder(folder)
    for name, array in miniature().items():
        assert np.array_equal(getattr(dataset, name), array)
    assert dataset.train_labels.dtype == np.int64


def test_kerass_download_gives_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import keras

    arrays = miniature()
    # Keras keeps the published layout, channels first, behind a transposed view, and labels as a column.
    image = {
        name: np.ascontiguousarray(arrays[name].transpose(0, 3, 1, 2)).transpose(0, 2, 3, 1)
        for name in ("train_images", "test_images")
    }
    label = {name: arrays[name].astype(np.uint8)[:, None] for name in ("train_labels", "test_labels")}
    monkeypatch.setattr(
        keras.datasets.cifar10,
        "load_data",
        lambda: (
            (image["train_images"], label["train_labels"]),
            (image["test_images"], label["test_labels"]),
        ),
    )
    dataset = cifar10.download()
    for name, array in arrays.items():
        assert np.array_equal(getattr(dataset, name), array)


def test_a_download_that_fails_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    import keras

    def fail() -> None:
        raise Exception("URL fetch failure")

    monkeypatch.setattr(keras.datasets.cifar10, "load_data", fail)
    with pytest.raises(DataError) as caught:
        cifar10.download()
    assert caught.value.id == "cifar10_not_downloaded"
    for language in LANGUAGES:
        assert "URL fetch failure" in explain(caught.value, language)


@pytest.mark.parametrize("name", ["data_batch_4.png", "test_batch.png", cifar10.TRAIN_LABELS])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(DataError) as caught:
        cifar10.from_folder(folder)
    assert caught.value.id == "cifar10_file_missing"
    for language in LANGUAGES:
        assert name in explain(caught.value, language)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("data_batch_1.png", b"not a picture"),
        (cifar10.TEST_LABELS, b"[1, 2"),
        (cifar10.TEST_LABELS, b"[0, 0, 0]"),
    ],
)
def test_other_content_is_not_taken_for_cifar_10(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(DataError) as caught:
        cifar10.from_folder(folder)
    assert caught.value.id == "cifar10_damaged"
    for language in LANGUAGES:
        assert explain(caught.value, language)


def test_cifar_10s_classes_stand_in_the_order_that_keras_documents() -> None:
    from keras.datasets import cifar10 as of_keras

    rows = [
        line.split("|") for line in of_keras.load_data.__doc__.splitlines() if line.strip().startswith("| ")
    ]
    documented = [row[2].strip() for row in rows if row[1].strip().isdigit()]
    assert [one.id for one in CIFAR10] == documented


def test_every_class_has_a_name_in_both_languages() -> None:
    for language in LANGUAGES:
        assert keys("classes", language) == {f"classes.{one.id}" for one in CIFAR10}
    assert Class("cat").name("ko") == "고양이"
    assert Class("cat").name("en") == "cat"
