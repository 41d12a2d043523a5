"""Networks side by side: layers, totals, and what training them keeps in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

import streamlit as st

from alexnet.architecture import (
    CAFFE,
    CLASSROOM,
    ONE_WEIRD_TRICK,
    PAPER_2012,
    STUDY_NOTE,
    Network,
    memory,
    rounding_rules,
)
from alexnet.architecture.kinds import Group
from alexnet.architecture.shapes import trace, trace_until_failure
from alexnet.facts import BATCH
from alexnet.figures import bars, compare_table
from alexnet.figures.compare_table import SHOWN, Column, Show
from alexnet.figures.shares import share
from alexnet.figures.theme import LAYER_COLOURS, MEMORY_COLOURS
from alexnet.ui import printed_size, state
from alexnet.ui.components import picture, problem, sentence, source, try_this
from alexnet.ui.language import t
from pages.layers import published
from pages.layers.controls import Asked

COMPARED: tuple[Network, ...] = (PAPER_2012, CAFFE, ONE_WEIRD_TRICK, STUDY_NOTE, CLASSROOM)
GROUPS: tuple[Group, ...] = ("convolution", "dense", "normalization")
"""The groups of layers that can have parameters or do products."""

_PHONE = 360.0  # pixels of a picture that is drawn for a phone

TRIES: Mapping[str, Mapping[str, state.Value]] = {
    "layers.try_field": {"layers_show": "field"},
    "layers.try_one_tower": {"layers_network": "paper_2012", "layers_towers": "one"},
    "layers.try_adam": {"layers_optimizer": "adam"},
}


def draw(asked: Asked) -> None:
    """The view: the network asked for against the others."""
    layers, error = trace_until_failure(asked.network)
    if error is not None:
        problem(error)
        return
    columns = [Column(asked.name, asked.network, layers)]
    columns += [
        Column(t(f"common.network_{network.id}"), network, trace(network))
        for network in COMPARED
        if network != asked.network
    ]
    with asked.controls():
        with st.container(width=200):
            show = _show()
        batch = ask_batch()
    _table(columns, show, batch)
    st.caption(t(f"layers.compare_{show}_note", batch=batch))
    sentence(_differences(columns, show))
    st.caption(_printed_size(columns))
    _totals(columns)
    _memory(columns, batch, _ask_optimizer())
    published.draw()
    try_this("layers", TRIES)
    source("layers", "compare")


def ask_batch() -> int:
    """How many images are trained at a time."""
    with st.container(width=130):
        label = t("layers.batch")
        return int(state.number("layers_batch", label=label, default=BATCH, low=1, high=4096))


def _show() -> Show:
    answer = state.choice(
        "layers_show",
        SHOWN,
        label=t("layers.compare_show"),
        default=SHOWN[0],
        name=lambda id: t(f"layers.compare_{id}"),
    )
    return cast(Show, answer)


def _ask_optimizer() -> str:
    with st.container(width="content"):
        return state.choice(
            "layers_optimizer",
            list(memory.OPTIMIZERS),
            label=t("layers.optimizer"),
            default="momentum",
            name=lambda id: t(f"layers.optimizer_{id}"),
            kind="segmented",
        )


def _table(columns: Sequence[Column], show: Show, batch: int) -> None:
    words = compare_table.Words(
        t("layers.compare_table", network=columns[0].name),
        t("layers.column_layer"),
        {kind: t(f"layers.kind_{kind}") for kind in LAYER_COLOURS},
        t("layers.same"),
        t("layers.compare_differs", network=columns[0].name),
        {id: t(f"layers.foot_{id}") for id in ("input", "parameters", "products", "rounding")},
    )
    foot: dict[str, Callable[[Column], str]] = {
        "input": lambda column: f"{column.network.size} × {column.network.size} × {column.network.channels}",
        "rounding": _roundings,
        "parameters": lambda column: f"{_sum(column, 'parameters'):,}",
        "products": lambda column: f"{_sum(column, 'multiply_accumulates'):,}",
    }
    st.html(compare_table.compare_table(columns, foot, words, show, batch))


def _roundings(column: Column) -> str:
    rounding = column.network.rounding
    return " · ".join(t(f"layers.round_{way}") for way in (rounding.convolution, rounding.pooling))


def _sum(column: Column, number: str) -> int:
    return sum(getattr(layer, number) for layer in column.layers)


def _differences(columns: Sequence[Column], show: Show) -> str:
    """How many layers of each network differ from the first's."""
    base = {layer.row.name: compare_table.cell(layer, show) for layer in columns[0].layers}
    counts = []
    for column in columns[1:]:
        cells = {layer.row.name: compare_table.cell(layer, show) for layer in column.layers}
        differing = sum(base.get(name) != cells.get(name) for name in base.keys() | cells.keys())
        counts.append(f"{column.name} {differing}")
    return t("layers.compare_said", network=columns[0].name, counts="; ".join(counts))


def _printed_size(columns: Sequence[Column]) -> str:
    """The paper's network stands with another size than the paper prints: what its mark means."""
    same = [column.name for column in columns if column.network.size == rounding_rules.SIZE]
    if not same:
        return printed_size.said()
    marked = t("layers.compare_printed_size", networks=", ".join(same), printed=rounding_rules.SIZE)
    return f"{printed_size.said()} {marked}"


def _totals(columns: Sequence[Column]) -> None:
    """Parameters and multiply-accumulates of all, by group of layers."""
    st.subheader(t("layers.shares"), anchor=False)
    first = columns[0]
    said = t(
        "layers.compare_shares_said",
        network=first.name,
        dense=share(first.layers, "parameters", "dense"),
        convolution=share(first.layers, "multiply_accumulates", "convolution"),
    )
    groups = [bars.Part(t(f"layers.kind_{group}"), 0, LAYER_COLOURS[group]) for group in GROUPS]
    for number, column_id in (("parameters", "parameters"), ("multiply_accumulates", "products")):
        name = t(f"layers.column_{column_id}")
        st.markdown(f"**{name}**")
        drawn = [
            bars.Bar(
                column.name,
                [
                    bars.Part(
                        t(f"layers.kind_{group}"),
                        share(column.layers, number, group) * _sum(column, number),
                        LAYER_COLOURS[group],
                    )
                    for group in GROUPS
                ],
            )
            for column in columns
        ]
        _both(drawn, name, said, lambda value: f"{value:,.0f}")
    st.html(bars.legend(groups))
    sentence(said)


def _memory(columns: Sequence[Column], batch: int, optimizer: str) -> None:
    """What training each keeps in memory."""
    st.subheader(t("layers.memory", batch=batch), anchor=False)
    found = [
        memory.training(_sum(column, "parameters"), memory.activations(column.layers), batch, optimizer)
        for column in columns
    ]
    first = found[0]
    said = t(
        "layers.memory_said",
        network=columns[0].name,
        batch=batch,
        total=first.total / 2**20,
        weights=(first.weights + first.weight_gradients + first.optimizer) / 2**20,
        activations=(first.activations + first.activation_gradients) / 2**20,
    )
    drawn = [bars.Bar(column.name, memory_parts(held)) for column, held in zip(columns, found, strict=True)]
    _both(drawn, t("layers.memory", batch=batch), said, mebibytes)
    st.html(bars.legend(memory_parts(first)))
    sentence(said)


def memory_parts(held: memory.Memory) -> list[bars.Part]:
    """The parts of a memory, named and coloured."""
    return [
        bars.Part(t(f"layers.memory_{name}"), value, MEMORY_COLOURS[name])
        for name, value in held.parts.items()
    ]


def mebibytes(value: float) -> str:
    """Bytes in MiB."""
    return f"{value / 2**20:,.0f} MiB"


def _both(drawn: Sequence[bars.Bar], title: str, said: str, written: bars.Written) -> None:
    picture(
        bars.bars_picture(drawn, title, said, written),
        narrow=bars.bars_picture(drawn, title, said, written, width=_PHONE),
    )
