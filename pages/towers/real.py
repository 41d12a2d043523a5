"""The first view of the Towers page: whether the towers of a published AlexNet divide colour.

Before one is here, the picture shows what would be seen, drawn from two medians, and the ways to get it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.facts import PUBLISHED_MEDIANS
from alexnet.figures.kernels import as_pixels, contact_sheet, own_limits, png
from alexnet.figures.theme import TOWER_COLOURS
from alexnet.figures.two_medians import drawing
from alexnet.kernels import colour
from alexnet.trained import brought, published
from alexnet.trained.record import Trained
from alexnet.ui import pages, state
from alexnet.ui.choices import models, real_network
from alexnet.ui.components import pixels, sentence, svg
from alexnet.ui.language import current_language, t
from alexnet.weights.catalogue import PUBLISHED

TRIES = {"towers.try_trainings": {"towers_view": "trainings"}}

_COLUMNS = 8


def draw() -> None:
    """Both sheets with what is measured, or the picture of it and the buttons.

    Raises:
        AlexNetError: The file that was chosen cannot be read.
    """
    names = offered()
    if not names:
        _before()
        return
    chosen = state.choice(
        "towers_real",
        list(names),
        label=t("towers.real_which"),
        default=next(iter(names)),
        name=names.__getitem__,
    )
    model = models.find(chosen)
    towers = models.first_kernels(model)
    if len(towers) != 2:
        st.info(t("towers.real_single"), icon=":material/info:")
        return
    _shown(model, towers)


def offered() -> dict[str, str]:
    """The published networks of two towers that are here, and files in the data folder, with their names."""
    language = current_language()
    real = [id for id in published.entries() if PUBLISHED[id].network.first_convolution.towers == 2]
    found = {id: t(f"real.name_{id}") for id in real}
    return found | {id: brought.unread(id).name(language) for id in brought.dropped()}


def _before() -> None:
    first, second = PUBLISHED_MEDIANS
    said = t("real.picture", first=first, second=second, untrained=colour.UNTRAINED)
    ends = (t("real.grey"), t("real.coloured"))
    with st.container(width=520):
        svg(drawing(PUBLISHED_MEDIANS, colour.UNTRAINED, ends, t("real.chance"), (t("real.title"), said)))
    sentence(said)
    st.markdown(t("towers.real_get"))
    real_network.offer(shown=True)


def _shown(model: Trained, towers: Sequence[NDArray[np.float32]]) -> None:
    report = colour.analyse(*towers)
    columns = st.columns(2)
    for number, (column, measured) in enumerate(zip(columns, report.towers, strict=True)):
        with column:
            st.markdown(f"**{t(f'kernels.tower{number + 1}')}**")
            said = t("kernels.caption", count=len(measured.colour_index), median=measured.median)
            pixels(_sheet(*model.version, number, towers[number]), said, brief=True)
    division = report.division
    assert division is not None
    first, second = report.towers
    sentence(
        t(
            f"towers.real_{division.verdict}",
            tower=division.colourful_tower + 1,
            first=first.median,
            second=second.median,
            agreement=division.agreement,
            untrained=colour.UNTRAINED,
        )
    )
    st.page_link(
        pages.page("kernels"),
        label=t("towers.to_kernels"),
        query_params={"model": model.id, "view": "colour", "lang": current_language()},
    )


@st.cache_resource(show_spinner=False, max_entries=16)
def _sheet(path: str, version: int, number: int, _kernels: NDArray[np.float32]) -> bytes:
    index = colour.colour_index(_kernels)
    order = np.argsort(index, kind="stable").tolist()
    sheet, _ = contact_sheet(
        as_pixels(_kernels, own_limits(_kernels)), index, order, TOWER_COLOURS[number], _COLUMNS
    )
    return png(sheet)
