"""The shipped network's kernels: measured and drawn once, kept in memory, and put into words."""

from __future__ import annotations

from typing import Literal

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet import kernels
from alexnet.figures.colour_index import Group
from alexnet.figures.kernels import as_pixels, contact_sheet, own_limits, png
from alexnet.figures.theme import NEUTRAL, TOWER_COLOURS
from alexnet.ui.language import t
from alexnet.weights import shipped

Order = Literal["colour", "stored"]
Contrast = Literal["own", "shared"]
Who = Literal["tower1", "tower2", "untrained"]
WHO: tuple[Who, ...] = ("tower1", "tower2", "untrained")
COLOURS: dict[Who, str] = {"tower1": TOWER_COLOURS[0], "tower2": TOWER_COLOURS[1], "untrained": NEUTRAL}


@st.cache_resource(show_spinner=False)
def epochs() -> int:
    """After how many epochs the training ended.

    Raises:
        DataError: The shipped files are missing or damaged.
    """
    return shipped.epochs()


@st.cache_resource(show_spinner=False, max_entries=64)
def towers(epoch: int) -> shipped.Towers:
    """Both towers' kernels after an epoch; after the last one, those that the app predicts with."""
    return shipped.first_kernels() if epoch == epochs() else shipped.kernels_after(epoch)


@st.cache_resource(show_spinner=False, max_entries=64)
def report(epoch: int) -> kernels.Report:
    """Both questions answered for the kernels after an epoch."""
    return kernels.analyse(*towers(epoch))


def weights(who: Who, epoch: int) -> NDArray[np.float32]:
    """A tower's kernels, or as many untrained ones: (height, width, 3, kernels). Not to be changed."""
    both = towers(epoch)
    return kernels.untrained_kernels(both[0].shape) if who == "untrained" else both[WHO.index(who)]


def group(who: Who, epoch: int) -> Group:
    """Their colour indices, with the name and colour they are shown under; NaN for a dead kernel."""
    if who == "untrained":
        index = kernels.colour_index(weights(who, epoch))
    else:
        index = report(epoch).towers[WHO.index(who)].colour_index
    return Group(t(f"kernels.{who}"), COLOURS[who], index)


@st.cache_data(show_spinner=False, max_entries=128)
def sheet(who: Who, epoch: int, order: Order, contrast: Contrast) -> bytes:
    """The contact sheet of a tower or of untrained kernels, as a PNG.

    Args:
        who: Whose kernels.
        epoch: After how many epochs of training.
        order: By rising colour index (dead kernels last), or as the file holds them.
        contrast: Every kernel at its own scale, or all three sheets at one.
    """
    mine, index = weights(who, epoch), group(who, epoch).colour_index
    limits = own_limits(mine)
    if contrast == "shared":
        limits = np.full_like(limits, max(np.abs(tower).max() for tower in towers(epoch)))
    limits = np.where(np.isnan(index), 0, limits)  # what is left of a dead kernel is no picture
    numbers = range(len(index)) if order == "stored" else np.argsort(index, kind="stable").tolist()
    picture, _ = contact_sheet(as_pixels(mine, limits), index, numbers, COLOURS[who])
    return png(picture)


def caption(who: Who, epoch: int) -> str:
    """How many kernels a sheet holds, and their median colour index."""
    index = group(who, epoch).colour_index
    return t(f"kernels.{who}_caption", count=len(index), median=float(np.nanmedian(index)))


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
    found, (first, second) = measured.division, measured.towers
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


def card_facts() -> list[str]:
    """What the model card says of the training, line by line."""
    card = shipped.card()
    facts = ("data", "test_images", "test_accuracy", "epochs", "seed", "command")
    return [t(f"kernels.card_{fact}", value=card[fact]) for fact in facts if fact in card]
