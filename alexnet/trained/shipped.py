"""The trained networks that ship with the app: their records, first kernels and model cards. No TensorFlow.

``assets/models/<id>/`` holds ``weights.safetensors``, whose tensors are named by Keras's variable paths
(``conv1_tower1/kernel``), ``conv1_snapshots.safetensors``, the first layer after each epoch of training, and
``model_card.json``, and ``sureness.safetensors``, see ``alexnet.trained.sureness``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from alexnet.architecture import SHIPPED, Network
from alexnet.architecture.lessons import TOWERS_APART
from alexnet.data.catalogue import CIFAR_10
from alexnet.data.labelled import Labelled, Part
from alexnet.data.ten_classes import ten_classes
from alexnet.errors import DataError, InputError
from alexnet.home import ASSETS
from alexnet.language import LANGUAGES, text
from alexnet.trained import sureness as measured
from alexnet.trained.record import History, Provenance, Tested, Trained
from alexnet.trained.sureness import Sureness

FOLDER = ASSETS / "models"
NETWORKS: Mapping[str, Network] = {"shipped": SHIPPED, "towers": TOWERS_APART}
"""The rows of each one, by its id. The first is the one that pages open with."""

DEFAULT = next(iter(NETWORKS))

WEIGHTS = "weights.safetensors"
SNAPSHOTS = "conv1_snapshots.safetensors"
CARD = "model_card.json"
SURENESS = "sureness.safetensors"

LICENCE = "MIT"
"""That of the app, with which the weights come."""

FACTS = ("data", "test_images", "test_accuracy", "epochs", "seed", "chosen_among", "command")
"""What is told of a card, in this order."""


def trained(id: str = DEFAULT) -> Trained:
    """The record of a network; its files are read when they are asked for. ``id`` is one of ``NETWORKS``."""
    return Trained(
        id,
        NETWORKS[id],
        FOLDER / id / WEIGHTS,
        CIFAR_10.classes,
        CIFAR_10.preparation(),
        name=partial(text, f"models.{id}"),
        provenance=partial(provenance, id),
        pictures=pictures,
        sureness=partial(sureness, id),
        history=lambda: History(0, epochs(id), 0, lambda epoch: kernels_after(epoch, id)),
    )


def provenance(id: str = DEFAULT) -> Provenance:
    """Who trained a network on what, and how well it does, by its model card.

    Raises:
        DataError: The card is missing or damaged.
    """
    content = card(id)
    tested = None
    if "test_accuracy" in content and "test_images" in content:
        tested = Tested(cast(float, content["test_accuracy"]), cast(int, content["test_images"]))
    facts = {
        language: tuple(
            text(f"models.card_{fact}", language, value=content[fact]) for fact in FACTS if fact in content
        )
        for language in LANGUAGES
    }
    return Provenance(None, CIFAR_10.id, LICENCE, tested, facts)


def pictures(part: Part) -> Labelled:
    """Of CIFAR-10 those that come with the app; none of them was kept out to watch a training by.

    Raises:
        InputError: no_pictures_of_network.
        DataError: starter_missing or starter_damaged.
    """
    if part == "validation":
        raise InputError("no_pictures_of_network")
    found = ten_classes()
    if part == "test":
        return Labelled("ten_classes_test", found.test_images, found.test_labels)
    return Labelled("ten_classes_train", found.train_images, found.train_labels)


def sureness(id: str = DEFAULT) -> Sureness:
    """What ``experiments/sureness.py`` measured of its probabilities, on all of CIFAR-10's test pictures.

    Raises:
        DataError: The file is missing or damaged.
    """
    found, _ = measured.read(file(id, SURENESS))
    return found


def epochs(id: str = DEFAULT) -> int:
    """After how many epochs the training ended: there is a snapshot of each, and one from before the first.

    Raises:
        DataError: The file is missing or damaged.
    """
    try:
        with safe_open(file(id, SNAPSHOTS), framework="numpy") as opened:
            return max(int(name) for name in opened.keys())  # noqa: SIM118 - the file is no mapping
    except (SafetensorError, OSError, ValueError) as error:
        raise DataError("shipped_file_damaged", file=SNAPSHOTS, folder=id, reason=str(error)) from error


def kernels_after(epoch: int, id: str = DEFAULT) -> NDArray[np.float32]:
    """The kernels of the first convolution after so many epochs of training; 0 is before the first.

    Returns:
        (height, width, 3, kernels), one tower's after the other's.

    Raises:
        DataError: The file is missing or damaged, or holds no such epoch.
    """
    try:
        with safe_open(file(id, SNAPSHOTS), framework="numpy") as opened:
            return cast(NDArray[np.float32], opened.get_tensor(f"{epoch:03d}").astype(np.float32))
    except (SafetensorError, OSError) as error:
        raise DataError("shipped_file_damaged", file=SNAPSHOTS, folder=id, reason=str(error)) from error


def card(id: str = DEFAULT) -> Mapping[str, object]:
    """The model card: command, seed, schedule, accuracy on the test images and so on.

    Raises:
        DataError: The file is missing or is not a JSON object.
    """
    try:
        content = json.loads(file(id, CARD).read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise DataError("shipped_file_damaged", file=CARD, folder=id, reason=str(error)) from error
    if not isinstance(content, dict):
        raise DataError("shipped_file_damaged", file=CARD, folder=id, reason="not a JSON object")
    return cast("dict[str, object]", content)


def file(id: str, name: str) -> Path:
    """Where a file of a network lies.

    Raises:
        DataError: shipped_file_missing.
    """
    path = FOLDER / id / name
    if not path.is_file():
        raise DataError("shipped_file_missing", file=name, folder=id)
    return path
