"""The first kernels of any trained network: measured and drawn once, kept in memory, and put into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet import gratings, kernels
from alexnet.errors import DataError
from alexnet.figures.colour_index import Group
from alexnet.figures.kernels import as_pixels, contact_sheet, own_limits, png
from alexnet.figures.theme import LAYER_COLOURS, NEUTRAL, TOWER_COLOURS
from alexnet.initializers import fans, initializer
from alexnet.ui import models
from alexnet.ui.language import t
from alexnet.ui.models import Model
from alexnet.weights import first_layer, shipped
from alexnet.weights.first_layer import Towers

Order = Literal["colour", "orientation", "frequency", "norm", "stored"]
ORDERS: tuple[Order, ...] = ("colour", "orientation", "frequency", "norm", "stored")
Contrast = Literal["own", "shared"]
Who = Literal["tower1", "tower2", "single", "untrained"]
COLOURS: dict[Who, str] = {
    "tower1": TOWER_COLOURS[0],
    "tower2": TOWER_COLOURS[1],
    "single": LAYER_COLOURS["convolution"],
    "untrained": NEUTRAL,
}


@dataclass(frozen=True)
class FirstLayer:
    """A model's first layer through its training.

    Attributes:
        model: Whose.
        first, last: Between these epochs there are kernels; at ``last`` they are the weights that predict.
        batches: Of a run that was stopped within an epoch, how many of ``last`` it had learned from; else 0.
    """

    model: Model
    first: int
    last: int
    batches: int = 0

    @property
    def who(self) -> tuple[Who, ...]:
        """Whose kernels there are to show: each tower's, or the only one's, and untrained ones."""
        towers = self.model.network.first_convolution.towers
        return ("tower1", "tower2", "untrained") if towers == 2 else ("single", "untrained")

    @property
    def deviation(self) -> float:
        """The standard deviation that the layer's weights started with."""
        row = self.model.network.first_convolution
        config = self.model.config
        named = None if config is None else config.initializer
        if named is None and row.std is not None:
            return row.std
        rule = initializer(named or row.initializer)
        return rule.distribution(fans(first_layer.shape(self.model.network))).std

    def towers(self, epoch: int) -> Towers:
        """Each tower's kernels after an epoch.

        Raises:
            DataError: There are none of that epoch, or the file is damaged.
        """
        return _towers(*models.version(self.model), epoch, self)

    def report(self, epoch: int) -> kernels.Report:
        """What is measured about them.

        Raises:
            DataError: As ``towers``.
            ShapeError: No kernel lives.
        """
        return _report(*models.version(self.model), epoch, self)

    def weights(self, who: Who, epoch: int) -> NDArray[np.float32]:
        """A tower's kernels, or as many untrained ones: (height, width, 3, kernels). Not to be changed."""
        towers = self.towers(epoch)
        if who == "untrained":
            return kernels.untrained_kernels(towers[0].shape, self.deviation)
        return towers[self.who.index(who)]

    def group(self, who: Who, epoch: int) -> Group:
        """Their colour indices, with the name and colour they are shown under; NaN for a dead kernel."""
        if who == "untrained":
            index = kernels.colour_index(self.weights(who, epoch))
        else:
            index = self.report(epoch).towers[self.who.index(who)].colour_index
        return Group(t(f"kernels.{who}"), COLOURS[who], index)

    def sheet(self, who: Who, epoch: int, order: Order, contrast: Contrast) -> bytes:
        """The contact sheet of a tower or of untrained kernels, as a PNG.

        Args:
            who: Whose kernels.
            epoch: After how many epochs of training.
            order: By rising value of what it names (dead kernels last), or as the file holds them.
            contrast: Every kernel at its own scale, or all sheets at one.
        """
        return _sheet(*models.version(self.model), who, epoch, order, contrast, self)

    def caption(self, who: Who, epoch: int) -> str:
        """How many kernels a sheet holds, and their median colour index."""
        index = self.group(who, epoch).colour_index
        values = {"count": len(index), "median": float(np.nanmedian(index)), "deviation": self.deviation}
        return t("kernels.untrained_caption" if who == "untrained" else "kernels.caption", **values)

    def description(self) -> str:
        """How many kernels of what size, in how many towers."""
        height, width, channels, count = first_layer.shape(self.model.network)
        towers = len(self.who) - 1
        return t(
            "kernels.layer_towers" if towers == 2 else "kernels.layer_single",
            count=count * towers,
            size=f"{height}×{width}×{channels}",
        )


def of(model: Model) -> FirstLayer:
    """The first layer of a model.

    Raises:
        DataError: The shipped files are missing or damaged.
    """
    if model.run is None:
        return FirstLayer(model, 0, shipped.epochs())
    epochs, batches = model.run.learned()
    last = epochs + (batches > 0)
    return FirstLayer(model, min(model.run.snapshots(), default=last), last, batches)


@st.cache_resource(show_spinner=False, max_entries=64)
def _towers(path: str, version: int, epoch: int, _layer: FirstLayer) -> Towers:
    model = _layer.model
    if epoch == _layer.last:
        return models.first_kernels(model)
    if model.run is None:
        return shipped.kernels_after(epoch)
    both = model.run.kernels(epoch)
    shape = first_layer.shape(model.network)
    towers = model.network.first_convolution.towers
    if both.shape != (*shape[:3], shape[3] * towers) or not np.isfinite(both).all():
        raise DataError("kernels_unreadable", epoch=epoch)
    return first_layer.divided(both, towers)


@st.cache_resource(show_spinner=False, max_entries=64)
def _report(path: str, version: int, epoch: int, _layer: FirstLayer) -> kernels.Report:
    return kernels.analyse(*_layer.towers(epoch))


@st.cache_data(show_spinner=False, max_entries=128)
def _sheet(
    path: str, version: int, who: Who, epoch: int, order: Order, contrast: Contrast, _layer: FirstLayer
) -> bytes:
    mine, index = _layer.weights(who, epoch), _layer.group(who, epoch).colour_index
    limits = own_limits(mine)
    if contrast == "shared":
        limits = np.full_like(limits, max(np.abs(tower).max() for tower in _layer.towers(epoch)))
    limits = np.where(np.isnan(index), 0, limits)  # what is left of a dead kernel is no picture
    numbers = _sorted(mine, index, order)
    picture, _ = contact_sheet(as_pixels(mine, limits), index, numbers, COLOURS[who], _columns(len(index)))
    return png(picture)


def _sorted(weights: NDArray[np.float32], index: NDArray[np.float64], order: Order) -> list[int]:
    if order == "stored":
        return list(range(len(index)))
    values = index
    if order != "colour":
        found = gratings.measure(weights)
        by = {"orientation": found.orientation, "frequency": found.frequency, "norm": found.norm}
        values = np.where(np.isnan(index), np.nan, by[order])
    numbers: list[int] = np.argsort(values, kind="stable").tolist()
    return numbers


def _columns(count: int) -> int:
    """Tiles side by side: few enough that their numbers can be read on a phone."""
    return 4 if count <= 16 else 6 if count <= 48 else 8


def presence_sentence(measured: kernels.Report) -> str:
    """The answer to: are there grey and coloured kernels at all?"""
    found = measured.presence
    case = {(True, True): "both", (True, False): "grey", (False, True): "coloured", (False, False): "neither"}
    return t(
        f"kernels.presence_{case[found.has_grey, found.has_coloured]}",
        kernels=found.kernels,
        grey=found.grey,
        coloured=found.coloured,
        chance=found.chance,
        lowest=found.lowest,
        highest=found.highest,
        low=measured.untrained.low,
        high=measured.untrained.high,
    )


def division_sentence(measured: kernels.Report) -> str:
    """The answer to: do the towers divide them?"""
    found = measured.division
    if found is None:
        return t("kernels.division_single")
    first, second = measured.towers
    return t(
        f"kernels.division_{found.verdict}",
        median1=first.median,
        median2=second.median,
        grey1=first.grey,
        grey2=second.grey,
        coloured1=first.coloured,
        coloured2=second.coloured,
        tower=found.colourful_tower + 1,
        agreement=found.agreement,
        shuffles=found.shuffles,
        p=found.p,
    )
