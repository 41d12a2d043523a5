"""What a network answers to every one of some pictures, with its last hidden layer. Kept on disk.

Everything that is said of many pictures is computed from it: right and wrong answers, how sure they are, and
which pictures lie close to each other in the network's own eyes.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alexnet.data import preprocess
from alexnet.data.dataset import Images
from alexnet.errors import DataError
from alexnet.home import place
from alexnet.trained import top_images
from alexnet.trained.answers import Answering
from alexnet.trained.record import Trained
from alexnet.weights import store

BATCH = 20
"""Pictures at a time: so few that other viewers of the same network wait a tenth of a second at most."""

_VERSION = 1
_PAUSE = 0.002  # seconds between batches, so that whoever waits for the network gets it


@dataclass(frozen=True, eq=False)
class Answered:
    """All answers.

    Attributes:
        probabilities: (n, classes), float32, as the page shows them.
        hidden: (n, units), float16: the responses of the last layer before the output; of a layer of maps
            each map's mean.
    """

    probabilities: NDArray[np.float32]
    hidden: NDArray[np.float16]


def ask(
    network: Answering, images: Images, progress: Callable[[float], None] = lambda share: None
) -> Answered:
    """Ask about all pictures.

    Args:
        network: Asked.
        images: (n, height, width, 3), uint8, of any size.
        progress: Told after each batch which share of them is done.
    """
    size = network.network.size
    probabilities, hidden = [], []
    for start in range(0, len(images), BATCH):
        inputs = preprocess.network_input(list(images[start : start + BATCH]), size, network.preparation)
        answers, responses = network.activations().hidden(inputs)
        if network.preparation.mirrored:
            answers = (answers + network.softmax(inputs[:, :, ::-1])) / np.float32(2)
        probabilities.append(answers)
        hidden.append(responses.astype(np.float16))
        progress(min(1.0, (start + BATCH) / len(images)))
        time.sleep(_PAUSE)
    return Answered(np.concatenate(probabilities), np.concatenate(hidden))


def name(one: Trained, pictures: str) -> str:
    """What the answers of a network to pictures are called: its weights and preparation count.

    Args:
        one: The network.
        pictures: Which, see ``Labelled.id``.

    Raises:
        DataError: weights_missing.
    """
    parts = (_VERSION, "answers", one.digest(), one.preparation, pictures)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def file(name: str) -> Path:
    """Where the answers of that name are kept."""
    return place("activations") / f"{name}.safetensors"


def write(path: Path, found: Answered) -> None:
    """Keep answers, and let the oldest files go.

    Raises:
        OSError: The disk is full, or the data folder cannot be written.
    """
    top_images.keep(path, vars(found))


def read(path: Path) -> Answered | None:
    """Answers that were kept; None where there are none, or what lies there is damaged."""
    try:
        arrays = store.read(path)
        return Answered(arrays["probabilities"], arrays["hidden"])
    except (DataError, KeyError):
        return None
