"""The editor: a network of one's own, row by row; table, totals and picture follow each change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from alexnet.architecture import PAPER_2012, Network, memory, one_tower
from alexnet.architecture.document import to_link
from alexnet.architecture.editing import change, insert, obstacle
from alexnet.architecture.shapes import LayerShape, trace_until_failure
from alexnet.errors import ShapeError
from alexnet.facts import BATCH
from alexnet.figures import diagram
from alexnet.ui import pages, state
from alexnet.ui.choices import networks
from alexnet.ui.components import picture, plain, sentence, source, try_this
from alexnet.ui.language import current_language, t
from pages.layers.controls import Asked
from pages.layers.editor import files, inputs, rows
from pages.layers.table import table

LESSONS = ("training", "initializers")
"""The pages beside this one that take up an edited network."""


def _tries() -> Mapping[str, Network]:
    deeper, _ = insert(PAPER_2012, "conv5", "convolution")
    return {
        "editor.try_deeper": change(deeper, "conv6", maps=256, towers=2),
        "editor.try_one_tower": one_tower(PAPER_2012),
        "editor.try_impossible": change(PAPER_2012, "conv2", stride=8),
    }


TRIES: Mapping[str, Mapping[str, state.Value]] = {
    key: {"layers_net": to_link(replace(network, id=networks.OWN_ID))} for key, network in _tries().items()
}


def draw() -> None:
    """The view."""
    networks.adopt("layers", editor=True)
    networks.keep(networks.history())  # from here on there is something to go back to
    edited = networks.history().present
    rows.steps()
    room = st.container()  # the picture stands above what changes it
    rows.whole(edited)
    chosen = rows.row(edited)
    inputs.explain()
    layers, error = trace_until_failure(edited)
    name = networks.name(networks.MINE)
    asked = Asked(edited, edited, name)
    table(asked, layers, error, chosen, names=[row.name for row in edited.rows], choice=rows.ROW)
    said = totals(layers, error)
    sentence(said)
    try_this("layers", TRIES)
    with room:
        _picture(edited, layers, name, said)
    _lessons(edited)
    files.downloads(asked, layers, fits=error is None)
    files.upload()
    state.carry("layers_net", "" if edited == PAPER_2012 else to_link(edited))
    source("layers", "source")


def totals(layers: Sequence[LayerShape], error: ShapeError | None) -> str:
    """What the rows add up to, in words; or which row is in the way."""
    if error is not None:
        return t("editor.failed", layer=plain(str(error.values["layer"])))
    parameters = sum(layer.parameters for layer in layers)
    needed = memory.training(parameters, memory.activations(layers), BATCH).total
    return t(
        "editor.totals",
        rows=len(layers),
        parameters=parameters,
        products=sum(layer.multiply_accumulates for layer in layers),
        batch=BATCH,
        memory=needed / 2**20,
    )


def _picture(edited: Network, layers: Sequence[LayerShape], name: str, said: str) -> None:
    """The towers, as far as the rows fit."""
    fitting = replace(edited, rows=edited.rows[: len(layers)])
    words = diagram.Words(
        t("layers.towers_picture", network=name),
        said,
        t("layers.image"),
        ("GPU 1", "GPU 2"),
        t("layers.reads_both"),
    )
    picture(diagram.network_diagram(fitting, words), narrow=diagram.network_diagram(fitting, words, "down"))


def _lessons(edited: Network) -> None:
    """The way into the lessons that take the network up, or what it lacks for them."""
    why = obstacle(edited)
    if why is not None:
        st.info(networks.explain_obstacle(edited, why), icon=":material/info:")
        return
    if not networks.begun():
        return
    link = {"network": networks.MINE, "net": to_link(edited), "lang": current_language()}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{t('editor.use')}**", width="content")
        for id in LESSONS:
            st.page_link(pages.page(id), label=t(f"editor.use_{id}"), query_params=link)
