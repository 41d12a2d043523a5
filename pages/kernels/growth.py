"""The third view of the Kernels page: how the kernels came to be, epoch by epoch."""

from __future__ import annotations

from functools import partial
from typing import cast

import streamlit as st

from alexnet.errors import AlexNetError
from alexnet.figures.spreadsheet import Cell, as_csv
from alexnet.figures.theme import LOOKS
from alexnet.figures.tower_division import Side, by_epoch
from alexnet.ui import epochs, state
from alexnet.ui.components import chart, problem, sentence, try_this
from alexnet.ui.language import t
from pages.kernels import choice, downloads, first_layer, sheets
from pages.kernels.first_layer import FirstLayer, Look


def draw(layer: FirstLayer) -> None:
    """The view."""
    if layer.first == layer.last:
        st.info(t("kernels.no_snapshots"))
        return
    # Trained kernels give the order: each stays where it is while the film plays.
    look = sheets.ask_look()._replace(of=layer.last)
    epochs.play("kernels_epoch", layer.first, layer.last, partial(_epoch, layer, look), loops=True)
    tries: dict[str, dict[str, state.Value]] = {
        "kernels.try_start": {"kernels_epoch": layer.first},
        "kernels.try_first": {"kernels_epoch": layer.first + 1, "kernels_order": "stored"},
    }
    try_this("kernels", tries)


def _epoch(layer: FirstLayer, look: Look, epoch: int) -> None:
    """One epoch: the sheets, the curves with the epoch marked, and what they say."""
    if epoch == layer.last and layer.batches:
        st.caption(t("kernels.unfinished", epoch=epoch, batches=layer.batches))
    if (kept := layer.kept(epoch)) != epoch:
        st.caption(t("kernels.not_kept", epoch=epoch, kept=kept))
        epoch = kept
    try:
        layer.report(epoch)
    except AlexNetError as error:  # of this epoch alone: the reader can choose another one
        problem(error)
        return
    sheets.sheets(layer, epoch, look, choice.chosen(layer))
    lines = layer.history()
    sides = [
        Side(first_layer.name(who), first_layer.COLOURS[who], line.dash)
        for who, line in zip(layer.who, LOOKS, strict=False)
    ]
    figure = by_epoch(
        lines, sides, epoch, axis_epoch=t("common.epoch"), axis_index=t("kernels.column_median")
    )
    chart(figure, "kernels_growth")
    sentence(_said(layer, epoch))
    heads = [t("common.epoch"), *(first_layer.name(who) for who in layer.who)]
    rows = [[line["epoch"], *cast("list[float]", line["medians"])] for line in lines]
    downloads.offer(
        "growth",
        {
            **downloads.sheets(layer, epoch, look),
            "colour_index_by_epoch.csv": lambda: as_csv(heads, cast("list[list[Cell]]", rows)),
        },
    )


def _said(layer: FirstLayer, epoch: int) -> str:
    report = layer.report(epoch)
    values = {"epoch": epoch, "grey": report.presence.grey, "coloured": report.presence.coloured}
    values["kernels"] = report.presence.kernels
    found = report.division
    if found is None:
        return t("kernels.growth_single", median=report.towers[0].median, **values)
    first, second = report.towers
    return t(
        f"kernels.growth_{found.verdict}",
        median1=first.median,
        median2=second.median,
        agreement=found.agreement,
        p=found.p,
        tower=found.colourful_tower + 1,
        **values,
    )
