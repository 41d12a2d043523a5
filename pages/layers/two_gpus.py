"""Why two GPUs? Three reasons, each with its own picture: memory, arithmetic, work at the same time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from alexnet.architecture import Network, all_connected, memory, never_talking, one_tower
from alexnet.architecture.shapes import multiply_accumulates, parameters, trace
from alexnet.architecture.two_gpus import Crossing, Share, crossings, shares
from alexnet.errors import ShapeError
from alexnet.facts import GTX_580
from alexnet.figures import bars, diagram
from alexnet.figures.theme import NEUTRAL, TOWER_COLOURS
from alexnet.ui import state
from alexnet.ui.components import picture, problem, sentence, source, try_this
from alexnet.ui.language import t
from pages.layers.compare import ask_batch, mebibytes, memory_parts
from pages.layers.controls import Asked

_PHONE = 360.0  # pixels of a picture that is drawn for a phone
_WIRINGS = ("own", "never", "all")


_PAPER: Mapping[str, state.Value] = {
    "layers_network": "paper_2012",
    "layers_towers": "two",
    "layers_size": 227,
    "layers_padding": "0",
}
TRIES: Mapping[str, Mapping[str, state.Value]] = {
    "layers.try_silent": {**_PAPER, "layers_wiring": "never"},
    "layers.try_large_batch": {**_PAPER, "layers_wiring": "own", "layers_batch": 256},
    "layers.try_classroom": {"layers_network": "classroom", "layers_wiring": "own"},
}


def draw(asked: Asked) -> None:
    """The view."""
    if asked.network.towers == 1:
        st.info(t("layers.two_needed", network=asked.name))
        source("layers", "towers")
        return
    with asked.controls():
        with st.container(width="content"):
            wiring = state.choice(
                "layers_wiring",
                _WIRINGS,
                label=t("layers.wiring"),
                default="own",
                name=lambda id: t(f"layers.wiring_{id}"),
                kind="segmented",
            )
        batch = ask_batch()
    network = {"never": never_talking, "all": all_connected}.get(wiring, _as_it_is)(asked.network)
    try:
        both, crossing = shares(network), crossings(network)
    except ShapeError as error:
        problem(error)
        return
    _towers(asked.name, network, crossing, batch)
    st.subheader(t("layers.reason_memory"), anchor=False)
    _memory(network, both, batch)
    st.subheader(t("layers.reason_arithmetic"), anchor=False)
    _arithmetic(asked.network, network)
    st.subheader(t("layers.reason_parallel"), anchor=False)
    _parallel(network, both, crossing)
    try_this("layers", TRIES)
    source("layers", "towers")


def _as_it_is(network: Network) -> Network:
    return network


def _towers(name: str, network: Network, crossing: Sequence[Crossing], batch: int) -> None:
    """Which layer reads which, and how many numbers cross there."""
    floats = sum(one.floats for one in crossing)
    said = t("layers.crossings_none")
    if crossing:
        said = t(
            "layers.crossings_said",
            layers=", ".join(f"{one.layer} {one.floats:,}" for one in crossing),
            floats=floats,
            batch=batch,
            mebibytes=floats * batch * memory.FLOAT / 2**20,
        )
    words = diagram.Words(
        t("layers.towers_picture", network=name),
        said,
        t("layers.image"),
        ("GPU 1", "GPU 2"),
        t("layers.reads_both"),
        {one.layer: f"{one.floats:,}" for one in crossing},
    )
    picture(diagram.network_diagram(network, words), narrow=diagram.network_diagram(network, words, "down"))
    st.caption(t("layers.towers_legend"))
    sentence(said)


def _memory(network: Network, both: tuple[Share, Share], batch: int) -> None:
    alone = parameters(network), memory.activations(trace(network))
    held = [
        memory.training(*alone, batch),
        *(memory.training(share.parameters, share.activations, batch) for share in both),
    ]
    names = (t("layers.gpu_alone"), t("common.tower_1"), t("common.tower_2"))
    fits = [
        memory.largest_batch(*alone),
        min(memory.largest_batch(share.parameters, share.activations) for share in both),
    ]
    said = t(
        "layers.gpu_memory_said",
        batch=batch,
        alone=held[0].total / 2**20,
        share=held[0].total / GTX_580,
        first=held[1].total / 2**20,
        second=held[2].total / 2**20,
        largest_alone=fits[0],
        largest_both=fits[1],
    )
    drawn = [bars.Bar(name, memory_parts(part)) for name, part in zip(names, held, strict=True)]
    limit = bars.Limit(t("layers.gpu_limit"), GTX_580)
    _both(drawn, t("layers.reason_memory"), said, mebibytes, limit)
    st.html(bars.legend(memory_parts(held[0])))
    sentence(said)


def _arithmetic(own: Network, network: Network) -> None:
    """The products of this wiring, of the network's own, and of one tower of the same widths."""
    entries = [(t("layers.wiring_one"), one_tower(network))]
    if network != own:
        entries.append((t("layers.wiring_own"), own))
    entries.append((t("layers.arithmetic_this"), network))
    counts = [multiply_accumulates(entry) for _, entry in entries]
    same = counts[0] == counts[-1]
    said = t(
        "layers.arithmetic_same" if same else "layers.arithmetic_said",
        one=counts[0],
        this=counts[-1],
        times=counts[0] / counts[-1],
    )
    drawn = [
        bars.Bar(name, [bars.Part(t("layers.column_products"), count, NEUTRAL)])
        for (name, _), count in zip(entries, counts, strict=True)
    ]
    _both(drawn, t("layers.reason_arithmetic"), said, lambda value: f"{value:,.0f}")
    sentence(said)


def _parallel(network: Network, both: tuple[Share, Share], crossing: Sequence[Crossing]) -> None:
    """The work of each GPU at the same time."""
    work = [share.multiply_accumulates for share in both]
    said = t(
        "layers.parallel_said",
        first=work[0],
        second=work[1],
        times=sum(work) / max(work),
        places=len(crossing),
    )
    drawn = [
        bars.Bar(t(f"common.tower_{tower}"), [bars.Part(t("layers.column_products"), count, colour)])
        for tower, count, colour in zip((1, 2), work, TOWER_COLOURS, strict=True)
    ]
    _both(drawn, t("layers.reason_parallel"), said, lambda value: f"{value:,.0f}")
    sentence(said)


def _both(
    drawn: Sequence[bars.Bar], title: str, said: str, written: bars.Written, limit: bars.Limit | None = None
) -> None:
    picture(
        bars.bars_picture(drawn, title, said, written, limit=limit),
        narrow=bars.bars_picture(drawn, title, said, written, limit=limit, width=_PHONE),
    )
