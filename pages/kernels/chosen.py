"""One kernel of the Kernels page in full: its weights, its numbers, its answers, and those most like it."""

from __future__ import annotations

from functools import partial
from math import isnan
from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.figures.kernel_weights import weights
from alexnet.figures.kernels import as_pixels, own_limits, tiles
from alexnet.kernels.similarity import REACH, cosines
from alexnet.ui.browser.kernel_sheet import Sheet, show
from alexnet.ui.choices import first_kernels
from alexnet.ui.choices.first_kernels import FirstLayer, Who
from alexnet.ui.components import chart, sentence
from alexnet.ui.language import t
from pages.kernels import answers, choice, downloads
from pages.kernels.choice import Chosen

ALIKE = 6
"""Kernels of each tower that are shown as alike."""


def draw(layer: FirstLayer, epoch: int, chosen: Chosen) -> downloads.Files:
    """Everything about it; returns what can be taken away.

    Raises:
        DataError: A file of kernels is damaged.
        ShapeError: No kernel lives.
    """
    kernel = layer.weights(chosen.who, epoch)[..., chosen.number]
    st.subheader(chosen.name, anchor=False)
    _numbers(layer, epoch, chosen)
    left, right = st.columns(2, gap="large")
    with left:
        chart(
            weights(kernel, [t(f"kernels.channel_{id}") for id in first_kernels.CHANNELS[1:]]),
            "kernels_weights",
        )
    with right:
        _words(layer, epoch, chosen)
    files = answers.draw(layer, epoch, chosen)
    _alike(layer, epoch, chosen)
    return {f"{chosen.file}.csv": downloads.weights(kernel), **files}


def _numbers(layer: FirstLayer, epoch: int, chosen: Chosen) -> None:
    """What is measured about it."""
    found, at = layer.gratings(chosen.who, epoch), chosen.number
    index = float(layer.measured(chosen.who, epoch).colour_index[at])
    angle, frequency = float(found.orientation[at]), float(found.frequency[at])
    with st.container(horizontal=True, gap="medium"):
        for id, written in (
            ("colour", "-" if isnan(index) else f"{index:.2f}"),
            ("orientation", "-" if isnan(angle) else f"{angle:.0f}°"),
            ("frequency", f"{frequency:.3f}"),
            ("norm", f"{found.norm[at]:.3g}"),
        ):
            st.metric(t(f"kernels.measure_{id}"), written, width="content")


def _words(layer: FirstLayer, epoch: int, chosen: Chosen) -> None:
    """The same in sentences."""
    tower, found = layer.measured(chosen.who, epoch), layer.gratings(chosen.who, epoch)
    at = chosen.number
    if tower.dead[at]:
        sentence(t("kernels.chosen_dead"))
        return
    chance, index = layer.report(epoch).untrained, float(tower.colour_index[at])
    case = "grey" if index < chance.low else "coloured" if index > chance.high else "between"
    sentence(t(f"kernels.chosen_{case}", share=index, low=chance.low, high=chance.high))
    side, frequency = layer.weights(chosen.who, epoch).shape[0], float(found.frequency[at])
    if frequency and 1 / frequency <= side:
        sentence(t("kernels.chosen_stripes", angle=float(found.orientation[at]), pixels=1 / frequency))
    else:  # less than one whole wave in it
        sentence(t("kernels.chosen_blob"))
    rank = 1 + int((found.norm > found.norm[at]).sum())
    sentence(t("kernels.chosen_rank", rank=rank, count=len(found.norm)))


class _Found(NamedTuple):
    """A tower's kernels by falling likeness: their numbers and cosines."""

    numbers: list[int]
    values: list[float]


def _alike(layer: FirstLayer, epoch: int, chosen: Chosen) -> None:
    st.markdown(f"#### {t('kernels.alike')}", help=t("kernels.alike_help", reach=REACH))
    every = {who: _found(*layer.model.version, epoch, chosen, who, layer) for who in layer.who}
    for column, who in zip(st.columns(len(layer.who)), layer.who, strict=True):
        with column:
            st.caption(first_kernels.name(who))
            sheet = _sheet(layer, who, epoch, every[who])
            show(f"kernels_alike_{who}", sheet, None, partial(choice.choose, layer, who))
    own, *others = (every[who] for who in (chosen.who, *(who for who in layer.who if who != chosen.who)))
    values = {"own": own.numbers[0] + 1, "own_cosine": own.values[0]} if own.numbers else None
    if values is None:
        return
    if others and others[0].numbers:
        other = others[0]
        more = {"other": other.numbers[0] + 1, "other_cosine": other.values[0]}
        sentence(t("kernels.alike_both", **values, **more, chance=_chance(kernel_shape(layer, epoch))))
    else:
        sentence(t("kernels.alike_own", **values, chance=_chance(kernel_shape(layer, epoch))))


def kernel_shape(layer: FirstLayer, epoch: int) -> tuple[int, ...]:
    """The shape of one tower's kernels."""
    return layer.towers(epoch)[0].shape


@st.cache_resource(show_spinner=False, max_entries=512)
def _found(path: str, version: int, epoch: int, chosen: Chosen, who: Who, _layer: FirstLayer) -> _Found:
    """The kernels of a tower most like the chosen one, itself left out."""
    kernel = _layer.weights(chosen.who, epoch)[..., chosen.number]
    values = cosines(kernel, _layer.weights(who, epoch))
    order = [
        int(number)
        for number in np.argsort(-values, kind="stable")
        if (who, number) != (chosen.who, chosen.number)
    ][:ALIKE]
    return _Found(order, [float(values[number]) for number in order])


@st.cache_resource(show_spinner=False, max_entries=32)
def _chance(shape: tuple[int, ...]) -> float:
    """How alike the most alike of as many kernels is that have learned nothing: a mean over 20 of them."""
    drawn: NDArray[np.float64] = np.random.default_rng(0).normal(size=(*shape[:3], shape[3] + 20))
    best = [cosines(drawn[..., shape[3] + number], drawn[..., : shape[3]]).max() for number in range(20)]
    return float(np.mean(best))


def _sheet(layer: FirstLayer, who: Who, epoch: int, found: _Found) -> Sheet:
    mine = layer.weights(who, epoch)
    return Sheet(
        t("kernels.alike_name", name=first_kernels.name(who)),
        first_kernels.COLOURS[who],
        tiles(as_pixels(mine, own_limits(mine)), found.numbers),
        found.numbers,
        [f"{value:.2f}" for value in found.values],
        [
            t("kernels.alike_tile", name=Chosen(who, number).name, cosine=value)
            for number, value in zip(found.numbers, found.values, strict=True)
        ],
        across=ALIKE,
    )
