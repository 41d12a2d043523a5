"""How far a network's probabilities can be trusted, measured: reliability, temperature, and what is unlike.

A record of numbers; ``alexnet.studies.sureness`` measures them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from alexnet.errors import DataError
from alexnet.weights import store


class Bin(NamedTuple):
    """Pictures whose first answer has about the same probability.

    Attributes:
        images: How many.
        stated: The mean probability of their first answers, 0 to 1.
        accuracy: The share of them that is right, 0 to 1.
    """

    images: int
    stated: float
    accuracy: float


@dataclass(frozen=True, eq=False)
class Sureness:
    """What was measured of one network.

    Attributes:
        temperature: Fitted on the validation pictures.
        before, after: Reliability on the test pictures, without and with the temperature.
        means: (classes, units), float32: the mean direction of each class's training pictures in the last
            hidden layer, each of length 1.
        limit: A picture further than this from every class's mean direction gets a warning.
        false: The share of test pictures that get it all the same.
        caught: The share of strange pictures of each kind that get it, by the kind's id.
        validation, test: How many pictures there were of each.
    """

    temperature: float
    before: tuple[Bin, ...]
    after: tuple[Bin, ...]
    means: NDArray[np.float32]
    limit: float
    false: float
    caught: Mapping[str, float]
    validation: int
    test: int

    def distances(self, hidden: NDArray[np.floating]) -> NDArray[np.float32]:
        """How unlike pictures are to what the network learned from, (n,).

        One less the cosine of the angle between a picture's responses in the last hidden layer, (n, units),
        and the nearest class's mean direction: 0 is the same direction, 1 is a right angle.
        """
        units = np.asarray(hidden, np.float32)
        lengths = np.maximum(np.linalg.norm(units, axis=1, keepdims=True), 1e-9)
        return np.asarray(1 - (units / lengths @ self.means.T).max(axis=1), np.float32)


def write(path: Path, one: Sureness, digest: str) -> None:
    """Write a record, with the SHA-256 of the weights that it was measured with."""
    arrays: dict[str, NDArray[Any]] = {
        "numbers": np.array([one.temperature, one.limit, one.false, one.validation, one.test], np.float64),
        "before": np.array(one.before, np.float64),
        "after": np.array(one.after, np.float64),
        "means": one.means.astype(np.float16),
        "digest": np.frombuffer(bytes.fromhex(digest), np.uint8),
    }
    arrays |= {f"caught/{kind}": np.array(share) for kind, share in one.caught.items()}
    store.write(path, arrays)


def read(path: Path) -> tuple[Sureness, str]:
    """A record, and the SHA-256 of the weights that it was measured with.

    Raises:
        DataError: The file is missing or damaged.
    """
    arrays = store.read(path)
    try:
        temperature, limit, false, validation, test = arrays["numbers"].tolist()
        before, after = (
            tuple(Bin(int(images), stated, accuracy) for images, stated, accuracy in arrays[name].tolist())
            for name in ("before", "after")
        )
        caught = {
            key.partition("/")[2]: float(value) for key, value in arrays.items() if key.startswith("caught/")
        }
        means = arrays["means"].astype(np.float32)
        found = Sureness(temperature, before, after, means, limit, false, caught, int(validation), int(test))
        return found, arrays["digest"].tobytes().hex()
    except (KeyError, ValueError) as error:
        raise DataError("weights_damaged", file=path.name) from error
