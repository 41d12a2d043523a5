"""One kernel of the Kernels page in full: its weights, its numbers, its responses, and those most like it."""

from __future__ import annotations

from math import isnan
from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.figures.kernel_weights import weights
from alexnet.figures.kernels import as_pixels, own_limits, tiles
from alexnet.kernels.similarity import REACH, cosines
from alexnet.ui.browser.tile_sheet import Sheet, show, sprite
from alexnet.ui.choices.unit import Unit
from alexnet.ui.components import chart, sentence
from alexnet.ui.language import t
from pages.kernels import choice, downloads, first_layer, responses
from pages.kernels.first_layer import FirstLayer, Who

ALIKE = 6
"""Kernels of each tower that are shown as alike."""


def panel(layer: FirstLayer, epoch: int, chosen: Unit) -> None:
    """Its name, its weights and what is measured, for beside the sheets.

    Raises:
        DataError: A file of kernels is damaged.
        ShapeError: No kernel lives.
    """
    st.markdown(f"**{choice.name(layer, chosen)}**")
    channels = [t(f"kernels.channel_{id}") for id in first_layer.CHANNELS[1:]]
    chart(weights(layer.kernel(chosen, epoch), channels), "kernels_weights")
    _numbers(layer, epoch, chosen)


def draw(layer: FirstLayer, epoch: int, chosen: Unit) -> downloads.Files:
    """The rest about it, in words and pictures; returns what can be taken away.

    Raises:
        DataError: A file of kernels is damaged.
        ShapeError: No kernel lives.
    """
    kernel = layer.kernel(chosen, epoch)
    st.subheader(choice.name(layer, chosen), anchor=False)
    _words(layer, epoch, chosen)
    files = responses.draw(layer, epoch, chosen)
    _alike(layer, epoch, chosen)
    return {f"{choice.file(layer, chosen)}.csv": downloads.weights(kernel), **files}


def _numbers(layer: FirstLayer, epoch: int, chosen: Unit) -> None:
    """What is measured about it."""
    who, at = layer.tower_of(chosen), chosen.number - 1
    found, index = layer.gratings(who, epoch), float(layer.measured(who, epoch).colour_index[at])
    angle, frequency = float(found.orientation[at]), float(found.frequency[at])
    with st.container(horizontal=True, gap="medium"):
        for id, written in (
            ("colour", "-" if isnan(index) else f"{index:.2f}"),
            ("orientation", "-" if isnan(angle) else f"{angle:.0f}°"),
            ("frequency", f"{frequency:.3f}"),
            ("norm", f"{found.norm[at]:.3g}"),
        ):
            st.metric(t(f"kernels.measure_{id}"), written, width="content")


def _words(layer: FirstLayer, epoch: int, chosen: Unit) -> None:
    """The same in sentences."""
    who, at = layer.tower_of(chosen), chosen.number - 1
    tower, found = layer.measured(who, epoch), layer.gratings(who, epoch)
    if tower.dead[at]:
        sentence(t("kernels.chosen_dead"))
        return
    chance, index = layer.report(epoch).untrained, float(tower.colour_index[at])
    case = "grey" if index < chance.low else "coloured" if index > chance.high else "between"
    sentence(t(f"kernels.chosen_{case}", share=index, low=chance.low, high=chance.high))
    side, frequency = len(layer.kernel(chosen, epoch)), float(found.frequency[at])
    if frequency and 1 / frequency <= side:
        sentence(t("kernels.chosen_stripes", angle=float(found.orientation[at]), pixels=1 / frequency))
    else:  # less than one whole wave in it
        sentence(t("kernels.chosen_blob"))
    rank = 1 + int((found.norm > found.norm[at]).sum())
    sentence(t("kernels.chosen_rank", rank=rank, count=len(found.norm)))


class _Found(NamedTuple):
    """A tower's kernels by falling likeness, and their cosines."""

    kernels: list[Unit]
    values: list[float]


def _alike(layer: FirstLayer, epoch: int, chosen: Unit) -> None:
    st.markdown(f"#### {t('kernels.alike')}", help=t("kernels.alike_help", reach=REACH))
    every = {who: _found(*layer.model.version, epoch, chosen, who, layer) for who in layer.who}
    for column, who in zip(st.columns(len(layer.who)), layer.who, strict=True):
        with column:
            st.caption(first_layer.name(who))
            sheet = _sheet(layer, who, epoch, every[who])
            show(sheet, f"kernels_alike_{who}", picked=choice.choose)
    own = every.pop(layer.tower_of(chosen))
    others = list(every.values())
    if not own.kernels:
        return
    values = {"own": own.kernels[0].number, "own_cosine": own.values[0]}
    if others and others[0].kernels:
        other = others[0]
        more = {"other": other.kernels[0].number, "other_cosine": other.values[0]}
        sentence(t("kernels.alike_both", **values, **more, chance=_chance(kernel_shape(layer, epoch))))
    else:
        sentence(t("kernels.alike_own", **values, chance=_chance(kernel_shape(layer, epoch))))


def kernel_shape(layer: FirstLayer, epoch: int) -> tuple[int, ...]:
    """The shape of one tower's kernels."""
    return layer.towers(epoch)[0].shape


@st.cache_resource(show_spinner=False, max_entries=512)
def _found(path: str, version: int, epoch: int, chosen: Unit, who: Who, _layer: FirstLayer) -> _Found:
    """The kernels of a tower most like the chosen one, itself left out."""
    values = cosines(_layer.kernel(chosen, epoch), _layer.weights(who, epoch))
    order = [_layer.unit(who, int(place)) for place in np.argsort(-values, kind="stable")]
    kernels = [unit for unit in order if unit != chosen][:ALIKE]
    return _Found(kernels, [float(values[unit.number - 1]) for unit in kernels])


@st.cache_resource(show_spinner=False, max_entries=32)
def _chance(shape: tuple[int, ...]) -> float:
    """How alike the most alike of as many kernels is that have learned nothing: a mean over 20 of them."""
    drawn: NDArray[np.float64] = np.random.default_rng(0).normal(size=(*shape[:3], shape[3] + 20))
    best = [cosines(drawn[..., shape[3] + number], drawn[..., : shape[3]]).max() for number in range(20)]
    return float(np.mean(best))


def _sheet(layer: FirstLayer, who: Who, epoch: int, found: _Found) -> Sheet:
    mine = layer.weights(who, epoch)
    places = [unit.number - 1 for unit in found.kernels]
    return Sheet(
        t("kernels.alike_name", name=first_layer.name(who)),
        first_layer.COLOURS[who],
        sprite(tiles(as_pixels(mine, own_limits(mine)), places)),
        [unit.id for unit in found.kernels],
        [f"{value:.2f}" for value in found.values],
        [
            t("kernels.alike_tile", name=choice.name(layer, unit), cosine=value)
            for unit, value in zip(found.kernels, found.values, strict=True)
        ],
        across=ALIKE,
        dark=True,
    )
