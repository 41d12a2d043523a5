"""How a network's layers respond to one picture: computed once for all viewers, measured, drawn as tiles."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.architecture.shapes import LayerShape, seen_by, trace
from alexnet.figures import maps as figures
from alexnet.figures.theme import LAYER_COLOURS, TOWER_COLOURS
from alexnet.trained.record import Trained
from alexnet.ui.browser.tile_sheet import sprite
from alexnet.ui.choices import models
from alexnet.ui.choices.unit import Unit
from alexnet.ui.language import t

if TYPE_CHECKING:
    from alexnet.trained.stages import Maps, Stage

Contrast = Literal["own", "shared"]
Floats = NDArray[np.float32]
PICTURES = 40
"""Whose responses are kept in memory, for all viewers together."""


@dataclass(frozen=True, eq=False)
class Responses:
    """One layer's responses to one picture.

    Attributes:
        model: Whose.
        layer: Its name and its towers.
        input: What the network read, (size, size, 3), scaled.
        towers: Each tower's maps (height, width, maps), or a dense layer's units as (1, 1, units).
        key: Names model, picture and layer.
    """

    model: Trained
    layer: Stage
    input: Floats
    towers: Maps
    key: tuple[str, ...]

    @cached_property
    def peaks(self) -> Maps:
        """Each unit's strongest response, tower by tower: (units,)."""
        return tuple(maps.max(axis=(0, 1)) for maps in self.towers)

    @cached_property
    def limit(self) -> float:
        """The strongest response of all, without its sign."""
        return max(float(np.abs(maps).max()) for maps in self.towers)

    @cached_property
    def shapes(self) -> tuple[LayerShape, ...]:
        """The network's layers, computed."""
        return trace(self.model.network)

    @property
    def side(self) -> int:
        """Pixels along each side of a map; 1 in a dense layer."""
        return len(self.towers[0])

    @property
    def field(self) -> int:
        """Pixels along each side of what a response can see of the network's input."""
        return next(one.receptive_field for one in self.shapes if one.row.name == self.layer.name)

    @property
    def strongest(self) -> Unit:
        """The unit with the strongest response of all."""
        tower = int(np.argmax([peaks.max() for peaks in self.peaks]))
        return Unit(tower + 1, int(self.peaks[tower].argmax()) + 1)

    def has(self, unit: Unit) -> bool:
        """Is it one of this layer's?"""
        return unit.within([len(tower) for tower in self.peaks])

    def order(self, tower: int) -> list[int]:
        """A tower's units from 0, the one with the strongest response first."""
        numbers: list[int] = np.argsort(-self.peaks[tower - 1], kind="stable").tolist()
        return numbers

    def map(self, unit: Unit) -> Floats:
        """A unit's map, (height, width)."""
        return np.asarray(self.towers[unit.tower - 1][..., unit.number - 1])

    def peak(self, unit: Unit) -> float:
        """A unit's strongest response."""
        return float(self.peaks[unit.tower - 1][unit.number - 1])

    def place(self, unit: Unit) -> tuple[int, int]:
        """Row and column of its strongest response."""
        row, column = np.unravel_index(int(self.map(unit).argmax()), (self.side, self.side))
        return int(row), int(column)

    def seen(self, place: tuple[int, int]) -> tuple[float, float, float, float]:
        """The part of the picture that a response can see, as shares of its side."""
        return seen(self.shapes, self.layer.name, place)

    def tiles(self, tower: int, numbers: list[int], contrast: Contrast) -> NDArray[np.uint8]:
        """Some of a tower's units as tiles: (n, height, width, 3)."""
        chosen = self.towers[tower - 1][..., numbers]
        if self.layer.dense:
            return figures.bars(chosen[0, 0], self.limit)
        limits = np.full(len(numbers), self.limit, np.float32)
        return figures.tiles(chosen, np.abs(chosen).max(axis=(0, 1)) if contrast == "own" else limits)

    def colour(self, tower: int) -> str:
        """The colour that a tower has everywhere; that of the kind of layer where there is only one."""
        if len(self.towers) == 2:
            return TOWER_COLOURS[tower - 1]
        return LAYER_COLOURS["dense" if self.layer.dense else "convolution"]


def seen(
    layers: tuple[LayerShape, ...], name: str, place: tuple[int, int]
) -> tuple[float, float, float, float]:
    """The part of the picture that a layer's response at a row and column can see.

    Returns:
        Top, left, bottom and right as shares of the picture's side; padding lies outside 0 to 1.
    """
    size = layers[0].input[0]
    (top, bottom), (left, right) = (seen_by(layers, name, along) for along in place)
    return top / size, left / size, bottom / size, right / size


def tower_name(shown: Responses, tower: int) -> str:
    """What stands above a tower's units; of a layer in a single piece, whether there are towers below it."""
    if len(shown.towers) == 2:
        return t(f"common.tower_{tower}")
    return t("maps.reads_both" if shown.model.network.towers == 2 else "maps.single")


def of(model: Trained, input: Floats, name: str) -> Responses:
    """A layer's responses to a picture.

    Args:
        model: The network.
        input: What the network reads of it, (size, size, 3), scaled.
        name: The layer.

    Raises:
        DataError: The model's files are missing or damaged.
    """
    (one,) = of_all(model, [input], name)
    return one


def of_all(model: Trained, inputs: Sequence[Floats], name: str) -> list[Responses]:
    """The same for several pictures at once, which takes less time than one after the other."""
    path, version = model.version
    network = models.predictor(model).activations()
    keys = [(path, version, hashlib.sha256(input.tobytes()).hexdigest()) for input in inputs]
    first = network.stages[0].name
    # The first layer alone responds in a tenth of the time that all of them take.
    ask = network.of if name != first else lambda batch: {first: network.first(batch)}
    every = _kept().of(dict(zip(keys, inputs, strict=True)), name, ask)
    layer = next(layer for layer in network.stages if layer.name == name)
    found = []
    for key, input in zip(keys, inputs, strict=True):
        towers = tuple(one if one.ndim == 3 else one[None, None] for one in every[key][name])
        found.append(Responses(model, layer, input, towers, (*map(str, key), name)))
    return found


Key = tuple[str, int, str]
Every = Mapping[str, "Maps"]


class Kept:
    """The first or all layers' responses to the last pictures; of the paper's network all take 2.6 MB."""

    def __init__(self) -> None:
        self._responses: OrderedDict[Key, Every] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, inputs: Mapping[Key, Floats], name: str, ask: Callable[[Floats], Every]) -> dict[Key, Every]:
        """What is kept of some pictures; what is not is asked for in one batch, and kept.

        Args:
            inputs: The pictures by what names them.
            name: The layer that is wanted.
            ask: Takes (n, size, size, 3), gives this layer's responses, or all layers', tower by tower.
        """
        with self._lock:
            found = {key: self._responses[key] for key in inputs if name in self._responses.get(key, {})}
        missing = [key for key in inputs if key not in found]
        if missing:
            batch = ask(np.stack([inputs[key] for key in missing]))
            for at, key in enumerate(missing):
                # Copies, or one picture that is kept would keep its whole batch.
                found[key] = {name: tuple(tower[at].copy() for tower in one) for name, one in batch.items()}
        with self._lock:
            for key, every in found.items():
                self._responses[key] = every
                self._responses.move_to_end(key)
            while len(self._responses) > PICTURES:
                self._responses.popitem(last=False)
        return found

    def clear(self) -> None:
        """Forget them."""
        with self._lock:
            self._responses.clear()


@st.cache_resource(show_spinner=False)
def _kept() -> Kept:
    return Kept()


def picture(shown: Responses, tower: int, numbers: list[int], contrast: Contrast) -> bytes:
    """A tower's tiles as the picture of their sheet, a PNG."""
    return _picture(shown.key, tower, tuple(numbers), contrast, shown)


@st.cache_data(show_spinner=False, max_entries=128)
def _picture(
    key: tuple[str, ...], tower: int, numbers: tuple[int, ...], contrast: Contrast, _shown: Responses
) -> bytes:
    return sprite(_shown.tiles(tower, list(numbers), contrast))
