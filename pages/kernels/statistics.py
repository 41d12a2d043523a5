"""The second view of the Kernels page: are there grey and coloured kernels, and do the towers divide them?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from alexnet.figures.colour_index import Words, dots
from alexnet.figures.spreadsheet import Cell, as_csv
from alexnet.kernels import colour as library
from alexnet.ui import state
from alexnet.ui.choices import first_kernels
from alexnet.ui.choices.first_kernels import FirstLayer
from alexnet.ui.components import chart, data_table, sentence, try_this
from alexnet.ui.language import t
from pages.kernels import downloads
from pages.kernels import words as kernel_words

TRIES: dict[str, dict[str, state.Value]] = {
    "kernels.try_colourful": {"kernels_view": "sheets", "kernels_order": "colour"},
    "kernels.try_watch": {"kernels_view": "growth", "kernels_epoch": 0},
}
"""For each button, what it sets."""

_COLUMNS = ("whose", "living", "median", "weighted", "grey", "grey_share", "coloured", "coloured_share")


def draw(layer: FirstLayer) -> None:
    """The view.

    Raises:
        DataError: A file of kernels is damaged.
        ShapeError: No kernel lives.
    """
    epoch = layer.last
    report = layer.report(epoch)
    words = Words(*(t(f"kernels.figure_{name}") for name in ("axis", "band", "median", "kernel")))
    chart(dots(layer.groups(epoch), report.untrained, words), "kernels_dots")
    st.subheader(t("kernels.presence_question"), anchor=False)
    sentence(kernel_words.presence(report))
    st.subheader(t("kernels.division_question"), anchor=False)
    sentence(kernel_words.division(report))
    more = kernel_words.weighted(report)
    if more is not None:
        sentence(more)
    heads = {id: t(f"kernels.column_{id}") for id in _COLUMNS}
    rows = table(layer, epoch)
    data_table([_shown(heads, row) for row in rows])
    try_this("kernels", TRIES)
    downloads.offer(
        "statistics",
        {
            "colour_statistics.csv": lambda: as_csv([*heads.values()], [[*row.values()] for row in rows]),
            "all_kernels.csv": downloads.table(layer, epoch),
        },
    )


def table(layer: FirstLayer, epoch: int) -> list[dict[str, Cell]]:
    """A line for each tower and one for the kernels before training, with ``_COLUMNS``."""
    towers = layer.report(epoch).towers
    rows = [_row(first_kernels.name(who), tower) for who, tower in zip(layer.who, towers, strict=True)]
    before = np.concatenate(layer.towers(layer.untrained), axis=3)
    if before.any():  # some initializers begin with zeros
        rows.append(_row(t("kernels.untrained"), *library.analyse(before).towers))
    return rows


def _row(name: str, tower: library.Tower) -> dict[str, Cell]:
    living = tower.living
    shares = (tower.grey, tower.grey / living, tower.coloured, tower.coloured / living)
    return dict(zip(_COLUMNS, (name, living, tower.median, tower.weighted, *shares), strict=True))


def _shown(heads: Mapping[str, str], row: Mapping[str, Cell]) -> dict[str, str]:
    """A line on the screen: a share stands behind the number that it belongs to."""
    line = {heads[id]: str(row[id]) for id in ("whose", "living")}
    line |= {heads[id]: f"{row[id]:.2f}" for id in ("median", "weighted")}
    return line | {heads[id]: f"{row[id]} ({row[f'{id}_share']:.0%})" for id in ("grey", "coloured")}
