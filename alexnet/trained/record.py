"""A trained network as a record: all that is needed to show it, to ask it and to name it.

Whatever trained it, every page uses it through this record alone. What lies in files is read when it is asked
for. No TensorFlow.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alexnet.architecture import Network
from alexnet.data.classes import Class
from alexnet.data.labelled import Labelled, Part
from alexnet.data.preparation import Preparation
from alexnet.data.preprocess import Floats, Pixels, levels, network_input, reduce
from alexnet.errors import DataError, InputError
from alexnet.language import Language
from alexnet.trained import first_layer
from alexnet.trained.first_layer import Towers
from alexnet.trained.sureness import Sureness


class Tested(NamedTuple):
    """How a network did on pictures that it had not seen: the share that it got right, and of how many."""

    accuracy: float
    images: int


@dataclass(frozen=True)
class Provenance:
    """Where a trained network comes from.

    Attributes:
        trained_by: The viewer who trained it; None: whoever made the app.
        data: Id of the data set that it learned from.
        licence: Under which its weights may be used; empty where nobody has said.
        tested: None where it was not tested, as it did not reach its end.
        facts: How it was trained, sentence by sentence, in each language; nobody typed them.
        not_finite: How many of its weights are no numbers: what it answers then means nothing.
    """

    trained_by: str | None
    data: str
    licence: str
    tested: Tested | None
    facts: Mapping[Language, tuple[str, ...]]
    not_finite: int = 0


@dataclass(frozen=True, eq=False)
class History:
    """The first layer's kernels through the training.

    Attributes:
        first, last: Between these epochs there are kernels; at ``last`` they are those of the weights. Epoch
            0 is before training; both are 1 of a network of which only the end was kept.
        batches: Of a training that was stopped within an epoch, how many of ``last`` it had learned from;
            else 0.
        kernels: The kernels after an epoch, (height, width, channels, kernels), red first, one tower's
            after the other's; raises a ``DataError`` where there are none or they are damaged.
        kept: The latest epoch up to one of which there are kernels: of a long training not every one.
    """

    first: int
    last: int
    batches: int
    kernels: Callable[[int], NDArray[np.float32]]
    kept: Callable[[int], int] = lambda epoch: epoch


def _no_pictures(part: Part) -> Labelled:
    raise InputError("no_pictures_of_network")


@dataclass(frozen=True, eq=False)
class Trained:
    """A trained network.

    Attributes:
        id: In links.
        network: Its rows, which begin as this network began.
        weights: Its file, see ``alexnet.weights.store``.
        classes: What each output unit means, in order.
        preparation: How pictures became its input when it learned.
        name: What it is called, in a language.
        provenance: Who trained it on what, and how well it does; raises a ``DataError`` where its card is
            missing or damaged.
        history: Its first layer through the training; raises a ``DataError`` as ``provenance`` does.
        pictures: Labelled pictures by part: test pictures that it never saw, some that it learned from, and
            some that it was watched by; raises an ``InputError`` where there are none of a part.
        sureness: What was measured of its probabilities beforehand; None where nothing was.
        first_only: Of its weights there are those of the first layer alone: it can be looked at, not asked.
    """

    id: str
    network: Network
    weights: Path
    classes: tuple[Class, ...]
    preparation: Preparation
    name: Callable[[Language], str]
    provenance: Callable[[], Provenance]
    history: Callable[[], History]
    first_only: bool = False
    pictures: Callable[[Part], Labelled] = _no_pictures
    sureness: Callable[[], Sureness | None] = lambda: None

    @property
    def version(self) -> tuple[str, int]:
        """Its file of weights and the file's time: a run that went on and ended again has other weights."""
        try:
            return str(self.weights), self.weights.stat().st_mtime_ns
        except OSError:
            return str(self.weights), 0

    def digest(self) -> str:
        """SHA-256 of its file of weights, which is read whole.

        Raises:
            DataError: weights_missing.
        """
        try:
            return hashlib.sha256(self.weights.read_bytes()).hexdigest()
        except OSError:
            raise DataError("weights_missing", file=self.weights.name) from None

    def first_kernels(self) -> Towers:
        """The first layer's kernels at the end of the training, tower by tower, red first.

        Raises:
            DataError: As ``first_layer.kernels``.
        """
        towers = first_layer.kernels(self.weights, self.network)
        if self.preparation.channel_order == "rgb":
            return towers
        return tuple(np.ascontiguousarray(tower[:, :, ::-1]) for tower in towers)

    def first_biases(self) -> Towers:
        """The biases of the first layer's kernels, tower by tower: (kernels,).

        Raises:
            DataError: As ``first_layer.kernels``.
        """
        return first_layer.biases(self.weights, self.network)

    def levels(self, picture: Pixels) -> Floats:
        """What it reads of a photograph, (height, width, 3), before scaling: (size, size, 3), 0 to 255."""
        coarse = reduce(picture, self.preparation.resolution)
        one: Floats = levels(coarse[None], self.network.size, self.preparation)[0]
        return one

    def reads(self, pictures: Sequence[Pixels]) -> Floats:
        """What it reads of photographs, each (height, width, 3): (n, size, size, 3), scaled."""
        return network_input(pictures, self.network.size, self.preparation)
