"""The first kernels of any trained network: measured and drawn once, and kept in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, cast

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.errors import DataError
from alexnet.figures.colour_index import Group
from alexnet.figures.kernels import Pixels, as_pixels, contact_sheet, one_channel, own_limits, png, tiles
from alexnet.figures.theme import LAYER_COLOURS, NEUTRAL, TOWER_COLOURS
from alexnet.kernels import colour, orientation
from alexnet.numerics.initializers import fans, initializer
from alexnet.trained import first_layer
from alexnet.trained.first_layer import Towers
from alexnet.trained.record import History, Trained
from alexnet.ui.choices import models
from alexnet.ui.choices.unit import Unit
from alexnet.ui.language import t

Order = Literal["colour", "orientation", "frequency", "norm", "stored"]
ORDERS: tuple[Order, ...] = ("colour", "orientation", "frequency", "norm", "stored")
Contrast = Literal["own", "shared"]
CONTRASTS: tuple[Contrast, ...] = ("own", "shared")
Channel = Literal["all", "red", "green", "blue"]
CHANNELS: tuple[Channel, ...] = ("all", "red", "green", "blue")
Who = Literal["tower1", "tower2", "single"]
COLOURS: dict[Who, str] = {
    "tower1": TOWER_COLOURS[0],
    "tower2": TOWER_COLOURS[1],
    "single": LAYER_COLOURS["convolution"],
}

DRAWN = -1
"""In place of an epoch: kernels as the layer drew them before training, where none of those were kept."""


class Look(NamedTuple):
    """How a sheet shows kernels.

    Attributes:
        order: By rising value of what it names (dead kernels last), or as the file holds them.
        contrast: Every kernel at its own scale, or all sheets at one.
        channel: All three as one colour picture, or one of them in greys.
        of: The epoch whose values make the order, that every kernel keeps its place in a film; None: of the
            epoch shown.
    """

    order: Order = "colour"
    contrast: Contrast = "own"
    channel: Channel = "all"
    of: int | None = None


@dataclass(frozen=True)
class FirstLayer:
    """A model's first layer through its training.

    Attributes:
        model: Whose.
        trained: Its kernels through the training.
    """

    model: Trained
    trained: History

    @property
    def first(self) -> int:
        """The first epoch of which there are kernels."""
        return self.trained.first

    @property
    def last(self) -> int:
        """The last epoch: its kernels are those that predict."""
        return self.trained.last

    def kept(self, epoch: int) -> int:
        """The latest epoch up to this one of which there are kernels: of a long training not every one."""
        return self.trained.kept(epoch)

    @property
    def batches(self) -> int:
        """Of a training that was stopped within an epoch, how many of ``last`` it learned from; else 0."""
        return self.trained.batches

    @property
    def who(self) -> tuple[Who, ...]:
        """Whose kernels there are: each tower's, or the only one's."""
        return ("tower1", "tower2") if self.model.network.first_convolution.towers == 2 else ("single",)

    def unit(self, who: Who, place: int) -> Unit:
        """One of a tower's kernels by its place there, from 0."""
        return Unit(self.who.index(who) + 1, place + 1)

    def tower_of(self, unit: Unit) -> Who:
        """Whose kernel it is."""
        return self.who[unit.tower - 1]

    @property
    def untrained(self) -> int:
        """The epoch at which the kernels had learned nothing: 0, or ``DRAWN``."""
        return 0 if self.first == 0 else DRAWN

    @property
    def deviation(self) -> float:
        """The standard deviation that the layer's weights started with."""
        row = self.model.network.first_convolution
        if row.std is not None:
            return row.std
        rule = initializer(row.initializer)
        return rule.distribution(fans(first_layer.shape(self.model.network))).std

    def towers(self, epoch: int) -> Towers:
        """Each tower's kernels after an epoch, or ``DRAWN``. Not to be changed.

        Raises:
            DataError: There are none of that epoch, or the file is damaged.
        """
        return _towers(*self.model.version, epoch, self)

    def weights(self, who: Who, epoch: int) -> NDArray[np.float32]:
        """One tower's kernels: (height, width, 3, kernels). Not to be changed."""
        return self.towers(epoch)[self.who.index(who)]

    def kernel(self, unit: Unit, epoch: int) -> NDArray[np.float32]:
        """One kernel: (height, width, 3). Not to be changed."""
        return self.towers(epoch)[unit.tower - 1][..., unit.number - 1]

    def report(self, epoch: int) -> colour.Report:
        """What is measured about their colours.

        Raises:
            DataError: As ``towers``.
            ShapeError: No kernel lives.
        """
        return _report(*self.model.version, epoch, self)

    def measured(self, who: Who, epoch: int) -> colour.Tower:
        """What is measured about one tower's colours."""
        return self.report(epoch).towers[self.who.index(who)]

    def gratings(self, who: Who, epoch: int) -> orientation.Gratings:
        """What is measured about one tower's stripes."""
        return _gratings(*self.model.version, who, epoch, self)

    def groups(self, epoch: int) -> list[Group]:
        """Colour indices of each tower, and of all kernels before training; NaN for a dead kernel."""
        before = np.concatenate([colour.colour_index(tower) for tower in self.towers(self.untrained)])
        return [
            *(Group(name(who), COLOURS[who], self.measured(who, epoch).colour_index) for who in self.who),
            Group(t("kernels.untrained"), NEUTRAL, before),
        ]

    def order(self, who: Who, epoch: int, look: Look) -> list[int]:
        """A tower's kernels in the order shown, from 0."""
        by = look.order
        epoch = epoch if look.of is None else look.of
        index = self.measured(who, epoch).colour_index
        if by == "stored":
            return list(range(len(index)))
        values = index
        if by != "colour":
            values = np.where(np.isnan(index), np.nan, getattr(self.gratings(who, epoch), by))
        return cast("list[int]", np.argsort(values, kind="stable").tolist())

    def pixels(self, who: Who, epoch: int, look: Look) -> Pixels:
        """A tower's kernels as tiles in the order shown: (kernels, height, width, 3)."""
        return tiles(self._levels(who, epoch, look), self.order(who, epoch, look))

    def sheet(self, who: Who, epoch: int, look: Look) -> bytes:
        """The contact sheet of a tower, as a PNG."""
        return _sheet(*self.model.version, who, epoch, look, self)

    def _levels(self, who: Who, epoch: int, look: Look) -> Pixels:
        mine = self.weights(who, epoch)
        limits = own_limits(mine)
        if look.contrast == "shared":
            limits = np.full_like(limits, max(np.abs(tower).max() for tower in self.towers(epoch)))
        # What is left of a dead kernel is no picture.
        limits = np.where(self.measured(who, epoch).dead, 0, limits)
        if look.channel != "all":
            mine = one_channel(mine, CHANNELS.index(look.channel) - 1).astype(np.float32)
        return as_pixels(mine, limits)

    def history(self) -> list[dict[str, float | list[float]]]:
        """The median colour index of each tower after each epoch of which there are kernels.

        For each its ``epoch`` and ``medians``; NaN for a tower without a living kernel.
        """
        return _history(*self.model.version, self)

    def caption(self, who: Who, epoch: int) -> str:
        """How many kernels a tower has, and their median colour index."""
        found = self.measured(who, epoch)
        return t("kernels.caption", count=len(found.colour_index), median=found.median)

    def description(self) -> str:
        """How many kernels of what size, in how many towers."""
        height, width, channels, count = first_layer.shape(self.model.network)
        towers = len(self.who)
        return t(
            "kernels.layer_towers" if towers == 2 else "kernels.layer_single",
            count=count * towers,
            size=f"{height}×{width}×{channels}",
        )


def name(who: Who) -> str:
    """A tower's name in the reader's language."""
    return t(f"kernels.{who}")


def of(model: Trained) -> FirstLayer:
    """The first layer of a model.

    Raises:
        DataError: Its files are missing or damaged.
    """
    return FirstLayer(model, model.history())


@st.cache_resource(show_spinner=False, max_entries=64)
def _towers(path: str, version: int, epoch: int, _layer: FirstLayer) -> Towers:
    model = _layer.model
    if epoch == DRAWN:
        height, width, channels, count = first_layer.shape(model.network)
        towers = model.network.first_convolution.towers
        drawn = colour.untrained_kernels((height, width, channels, count * towers), _layer.deviation)
        return first_layer.divided(drawn, towers)
    if epoch == _layer.last:
        return models.first_kernels(model)
    return first_layer.divided(_layer.trained.kernels(epoch), model.network.first_convolution.towers)


@st.cache_resource(show_spinner=False, max_entries=64)
def _report(path: str, version: int, epoch: int, _layer: FirstLayer) -> colour.Report:
    return colour.analyse(*_layer.towers(epoch))


@st.cache_resource(show_spinner=False, max_entries=64)
def _gratings(path: str, version: int, who: Who, epoch: int, _layer: FirstLayer) -> orientation.Gratings:
    return orientation.measure(_layer.weights(who, epoch))


@st.cache_resource(show_spinner=False, max_entries=16)
def _history(path: str, version: int, _layer: FirstLayer) -> list[dict[str, float | list[float]]]:
    lines: list[dict[str, float | list[float]]] = []
    for epoch in range(_layer.first, _layer.last + 1):
        try:
            towers = _layer.towers(epoch)
        except DataError:
            continue  # the other epochs can be shown all the same
        lines.append({"epoch": epoch, "medians": [_median(tower) for tower in towers]})
    return lines


def _median(tower: NDArray[np.float32]) -> float:
    index = colour.colour_index(tower)
    living = index[~np.isnan(index)]
    return float(np.median(living)) if len(living) else float("nan")


@st.cache_data(show_spinner=False, max_entries=128)
def _sheet(path: str, version: int, who: Who, epoch: int, look: Look, _layer: FirstLayer) -> bytes:
    index = _layer.measured(who, epoch).colour_index
    numbers = _layer.order(who, epoch, look)
    levels = _layer._levels(who, epoch, look)
    return png(contact_sheet(levels, index, numbers, COLOURS[who], _columns(len(index)))[0])


def _columns(count: int) -> int:
    """Tiles side by side: few enough that their numbers can be read on a phone."""
    return 4 if count <= 16 else 6 if count <= 48 else 8
