"""Put a trained network among those that ship with the app, and measure it as the app will use it."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from alexnet.data.dataset import DataSet
from alexnet.data.pipeline import input_of
from alexnet.data.preparation import Preparation
from alexnet.home import write_text
from alexnet.kernels.colour import analyse
from alexnet.network.build import build
from alexnet.trained import shipped
from alexnet.weights import store


def publish(
    id: str,
    weights: store.Arrays,
    snapshots: Mapping[str, NDArray[np.floating]],
    data: DataSet,
    facts: Mapping[str, Any],
) -> None:
    """Write weights and kernels in half precision, and the model card, measured on the written file.

    Args:
        id: One of ``alexnet.trained.shipped.NETWORKS``.
        weights: By variable path.
        snapshots: First-layer kernels by epoch, ``000`` ..., both towers' one after the other.
        data: What it learned from; the card's accuracy is that on its test images.
        facts: What the card says besides: data, command, seed, recipe, epochs, log, and how many it was
            chosen among.
    """
    one, folder, pictures = shipped.trained(id), shipped.FOLDER / id, data.load()
    folder.mkdir(exist_ok=True)
    halves = {path: array.astype(np.float16) for path, array in weights.items()}
    store.write(folder / shipped.WEIGHTS, halves)
    store.write(
        folder / shipped.SNAPSHOTS, {name: array.astype(np.float16) for name, array in snapshots.items()}
    )
    model = build(one.network, initializer="zeros")
    store.assign(model, store.read(folder / shipped.WEIGHTS))
    card = {
        "network": one.network.id,
        "classes": list(data.class_ids),
        **facts,
        "parameters": model.count_params(),
        "test_images": len(pictures.test_images),
        "test_accuracy": accuracy(
            model, one.network.size, one.preparation, pictures.test_images, pictures.test_labels
        ),
        "colour_index": towers_by_colour(id),
        "versions": {"tensorflow": tf.__version__, "keras": keras.__version__, "machine": platform.machine()},
    }
    write_text(folder / shipped.CARD, json.dumps(card, indent=2) + "\n")
    print(json.dumps({key: card[key] for key in ("test_accuracy", "colour_index")}), flush=True)


def accuracy(
    model: keras.Model, size: int, preparation: Preparation, images: np.ndarray, labels: np.ndarray
) -> float:
    """Share of images whose most probable class is the right one."""
    right = 0
    for start in range(0, len(images), 500):
        part = input_of(tf.constant(images[start : start + 500]), size, preparation)
        answers = model.predict_on_batch(part)
        right += int((answers.argmax(axis=1) == labels[start : start + 500]).sum())
    return right / len(images)


def towers_by_colour(id: str) -> dict[str, float]:
    """What the model card says of the towers' kernels."""
    report = analyse(*shipped.trained(id).first_kernels())
    assert report.division is not None
    return {
        "median_tower_1": report.towers[0].median,
        "median_tower_2": report.towers[1].median,
        "auc": report.division.auc,
        "p": report.division.p,
    }
