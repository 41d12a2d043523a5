"""The second view of the Kernels page: are there grey and coloured kernels, and do the towers divide them?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import streamlit as st

from alexnet.figures.colour_index import Words, dots
from alexnet.figures.spreadsheet import Cell, as_csv
from alexnet.kernels import colour as library
from alexnet.trained import catalogue, shipped
from alexnet.ui import guess, pages, state
from alexnet.ui.browser.tile_sheet import show
from alexnet.ui.components import chart, sentence, try_this
from alexnet.ui.language import current_language, t
from pages.kernels import downloads, first_layer, sheets
from pages.kernels import words as kernel_words
from pages.kernels.first_layer import FirstLayer

TRIES: dict[str, dict[str, state.Value]] = {
    "kernels.try_colourful": {"kernels_view": "sheets", "kernels_order": "colour"},
    "kernels.try_watch": {"kernels_view": "growth", "kernels_epoch": 0},
}
"""For each button, what it sets."""

_COLUMNS = ("whose", "living", "median", "weighted", "grey", "grey_share", "coloured", "coloured_share")


_GUESS = "kernels_guess"
_NEITHER = "neither"


def draw(layer: FirstLayer) -> None:
    """The view: the kernels, a guess, one verdict, and the evidence folded.

    Raises:
        DataError: A file of kernels is damaged.
        ShapeError: No kernel lives.
    """
    epoch = layer.last
    report = layer.report(epoch)
    _pictures(layer, epoch)
    found = report.division
    if found is None:  # of a single tower there is nothing to guess
        sentence(kernel_words.division(report))
    else:
        names = {"1": t("kernels.tower1"), "2": t("kernels.tower2"), _NEITHER: t("kernels.guess_neither")}
        guessed = guess.committed(_GUESS, names)
        if guessed is None:
            guess.ask(_GUESS, t("kernels.guess_question"), names)
            return
        answer = _NEITHER if found.verdict == "not_shown" else str(found.colourful_tower + 1)
        with st.container(key="kernels_verdict"):
            sentence(f"{guess.judged(guessed, [answer], names)} {kernel_words.division(report)}")
    own = beside(layer)
    if own is not None and (compared := kernel_words.beside(report, own.report(own.last))) is not None:
        sentence(compared)
    st.page_link(
        pages.page("towers"),
        label=t("kernels.to_towers"),
        icon=":material/arrow_forward:",
        query_params={"lang": current_language(), "view": "trainings"},  # the view that asks this
    )
    rows = _evidence(layer, report)
    try_this("kernels", TRIES)
    downloads.offer(
        "statistics",
        {
            "colour_statistics.csv": lambda: as_csv([*_heads().values()], [[*row.values()] for row in rows]),
            "all_kernels.csv": downloads.table(layer, epoch),
        },
    )


def _pictures(layer: FirstLayer, epoch: int) -> None:
    """Each tower's kernels from grey to colour, without the numbers that would tell the answer."""
    for column, who in zip(st.columns(len(layer.who)), layer.who, strict=True):
        with column:
            st.markdown(f"**{first_layer.name(who)}**")
            sheet = sheets.of_tower(layer, who, epoch, first_layer.Look())
            bare = replace(sheet, captions=[""] * len(sheet.ids), labels=[""] * len(sheet.ids), least=34)
            show(bare, f"kernels_colour_{who}")


def _evidence(layer: FirstLayer, report: library.Report) -> list[dict[str, Cell]]:
    """The dots, whether there are grey and coloured kernels at all, and the table, which it returns."""
    own = beside(layer)
    rows = table(layer, layer.last)
    if own is not None:
        measured = own.report(own.last).towers
        rows += [
            _row(t("kernels.beside_row", whose=first_layer.name(who)), tower)
            for who, tower in zip(own.who, measured, strict=True)
        ]
    with st.expander(t("kernels.evidence"), icon=":material/fact_check:"):
        words = Words(*(t(f"kernels.figure_{name}") for name in ("axis", "band", "median", "kernel")))
        chart(dots(layer.groups(layer.last), report.untrained, words), "kernels_dots")
        st.markdown(f"**{t('kernels.presence_question')}**")
        sentence(kernel_words.presence(report))
        more = kernel_words.weighted(report)
        if more is not None:
            st.markdown(f"**{t('kernels.division_question')}**")
            sentence(more)
        # A data frame would not break its long heads, and cut the last column off.
        st.table([_shown(_heads(), row) for row in rows], hide_index=True)
    return rows


def _heads() -> dict[str, str]:
    return {id: t(f"kernels.column_{id}") for id in _COLUMNS}


def beside(layer: FirstLayer) -> FirstLayer | None:
    """The app's own first layer, beside one that was trained elsewhere; None for those trained here."""
    model = layer.model
    if model.id in shipped.NETWORKS or model.provenance().trained_by is not None:
        return None
    return first_layer.of(catalogue.trained())


def table(layer: FirstLayer, epoch: int) -> list[dict[str, Cell]]:
    """A line for each tower and one for the kernels before training, with ``_COLUMNS``."""
    towers = layer.report(epoch).towers
    rows = [_row(first_layer.name(who), tower) for who, tower in zip(layer.who, towers, strict=True)]
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
