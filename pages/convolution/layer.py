"""The first convolution of the trained network that the Convolution page is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alexnet.architecture import PAPER_2012, BatchNormalization, Convolution, Network
from alexnet.data.preparation import Preparation
from alexnet.trained.record import Trained
from alexnet.ui.choices import model_choice, models
from alexnet.ui.choices.unit import Unit
from alexnet.ui.language import t

TOWERS = ("tower1", "tower2")
"""The ids of the towers in links; a network of one tower has the first."""

Kernels = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Layer:
    """A trained first layer.

    Attributes:
        model: Whose it is.
        kernels: By tower, (side, side, 3, kernels). Not to be changed.
        biases: By tower, (kernels,).
    """

    model: Trained
    kernels: Mapping[str, Kernels]
    biases: Mapping[str, NDArray[np.float32]]

    @property
    def network(self) -> Network:
        """The network's rows."""
        return self.model.network

    @property
    def preparation(self) -> Preparation:
        """How pictures became its input when it learned."""
        return self.model.preparation

    @property
    def normalized(self) -> bool:
        """Whether batch normalization follows: what this page computes is then not yet the layer's answer."""
        rows = self.network.rows
        place = rows.index(self.network.first_convolution) + 1
        return place < len(rows) and isinstance(rows[place], BatchNormalization)

    def way(self, *, as_network_reads: bool) -> Convolution:
        """The row that says how windows stand: on the network's input its own, on a photograph the paper's
        where the kernels are as large as the paper's.
        """
        own, paper = self.network.first_convolution, PAPER_2012.first_convolution
        return own if as_network_reads or own.kernel != paper.kernel else paper

    def tower_name(self, id: str) -> str:
        """A tower in the list of kernels, in the reader's language."""
        return t(f"convolution.kernel_{id}") if len(self.kernels) > 1 else t("convolution.kernel_trained")

    def kernel_name(self, unit: Unit) -> str:
        """One of its kernels, in the reader's language."""
        if len(self.kernels) == 1:
            return t("convolution.js_pick", number=unit.number)
        return t("convolution.kernel_of_tower", tower=unit.tower, number=unit.number)


def of(model: Trained) -> Layer:
    """The first layer of a model.

    Raises:
        DataError: Its weights are missing or damaged.
    """
    kernels, biases = models.first_kernels(model), models.first_biases(model)
    ids = TOWERS[: len(kernels)]
    return Layer(model, dict(zip(ids, kernels, strict=True)), dict(zip(ids, biases, strict=True)))


def chosen() -> Layer:
    """That of the model chosen in the sidebar, which is named in a line.

    Raises:
        DataError: Its weights are missing or damaged.
    """
    return of(model_choice.chosen())
