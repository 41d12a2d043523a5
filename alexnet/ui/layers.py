"""The Layers page's parts in the reader's language: the table, one layer in detail, the shares."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from alexnet.architecture import Convolution, Dense, Flatten, Network, Pooling, Round, network, one_tower
from alexnet.errors import ShapeError
from alexnet.figures import layer_formula as formula
from alexnet.figures import layer_table, shares, windows
from alexnet.figures.theme import LAYER_COLOURS
from alexnet.language import explain
from alexnet.shapes import LayerShape, trace
from alexnet.ui.components import picture, sentence
from alexnet.ui.language import current_language, t

PHONE = 360.0  # pixels of a picture that is drawn for a phone


def table(asked: Network, layers: Sequence[LayerShape], error: ShapeError | None, chosen: str) -> None:
    """The table; a layer that does not fit says why in its own row."""
    kinds = {kind: t(f"layers.kind_{kind}") for kind in LAYER_COLOURS}
    words = layer_table.Words(
        t("layers.table", network=t(f"common.network_{asked.id}"), size=asked.size),
        {column: t(f"layers.column_{column}") for column in layer_table.COLUMNS},
        kinds,
        t("layers.image"),
        t("layers.total"),
        t("layers.same"),
        (t("common.tower_1"), t("common.tower_2")),
        t("layers.reads_both"),
        {id: t(f"layers.activation_{id}") for id in ("relu", "tanh", "sigmoid", "softmax")},
    )
    problem = None if error is None else _problem(error)
    st.html(layer_table.layer_table(asked, layers, words, chosen=chosen, problem=problem))


def _problem(error: ShapeError) -> str:
    """Why a layer does not fit, without its name: that stands in its row already."""
    values = {name: value for name, value in error.values.items() if name != "layer"}
    return explain(ShapeError(error.id, **values), current_language())


def summary(asked: Network, layers: Sequence[LayerShape]) -> str:
    """What the whole table says: the sizes on the way, and whether weights trained at its own size fit."""
    sizes = [layer.output[0] for layer in layers if layer.windows is not None and layer.windows.stride > 1]
    numbers = next(layer.output[0] for layer in layers if isinstance(layer.row, Flatten))
    original = network(asked.id)
    own = next(layer.output[0] for layer in trace(original) if isinstance(layer.row, Flatten))
    said = t("layers.summary", size=asked.size, sizes="–".join(map(str, sizes)), numbers=numbers)
    if numbers != own:
        return f"{said} {t('layers.fits_not', own=own, own_size=original.size)}"
    return said if asked.size == original.size else f"{said} {t('layers.fits', own_size=original.size)}"


def towers_compared(asked: Network) -> str | None:
    """What two towers save; None for a network that never had two."""
    both = network(asked.id)
    if both.towers == 1:
        return None
    two, one = trace(both), trace(one_tower(both))
    products = [sum(layer.multiply_accumulates for layer in layers) for layers in (two, one)]
    return t(
        "layers.towers_compared",
        size=both.size,
        two=sum(layer.parameters for layer in two),
        one=sum(layer.parameters for layer in one),
        two_products=products[0],
        one_products=products[1],
        times=products[1] / products[0],
    )


def detail(asked: Network, layer: LayerShape) -> None:
    """One layer: its formulas with its numbers, its windows to scale, and both in words."""
    row = layer.row
    rounding: Round = asked.rounding.convolution if isinstance(row, Convolution) else asked.rounding.pooling
    # Only TensorFlow's "same" has a second line: how many zeros it takes.
    headings = (t("layers.formula_size"), t("layers.formula_zeros"))
    lines = list(zip(headings, formula.size_lines(layer, rounding), strict=False))
    if isinstance(row, Flatten):
        lines = [(t("layers.formula_flatten"), formula.flatten_line(layer))]
    for name, made in (
        ("parameters", formula.parameter_line(layer)),
        ("products", formula.product_line(layer)),
    ):
        if made is not None:
            lines.append((t(f"layers.column_{name}"), made))
    for name, line in lines:
        heading, written = st.columns((1, 4), vertical_alignment="center")
        heading.markdown(f"**{name}**")
        # Inline and not st.latex: a long product then breaks into lines on a phone.
        written.markdown(f"$\\displaystyle {line}$")
    if layer.windows is not None:
        _windows(layer)


def _windows(layer: LayerShape) -> None:
    along, kind = layer.windows, layer_table.KINDS[type(layer.row)]
    assert along is not None
    said = windows_in_words(layer)
    words = windows.Words(
        t("layers.windows", layer=layer.row.name),
        said,
        t("layers.window"),
        t("layers.column_padding"),
        t("layers.overhang", pixels=along.overhang),
        t("layers.unused", pixels=along.unused),
    )
    colour = LAYER_COLOURS[kind]
    picture(
        windows.windows_picture(along, words, colour),
        narrow=windows.windows_picture(along, words, colour, width=PHONE),
    )
    sentence(said)


def windows_in_words(layer: LayerShape) -> str:
    """Where the windows of a layer stand, and what becomes of the edge."""
    along = layer.windows
    assert along is not None
    begins = windows.begins(along)
    listed = ", ".join(str(begin).replace("-", "−") for begin in begins[:3])
    if len(begins) > 4:
        listed = f"{listed}, …, {begins[-1]}"
    elif len(begins) == 4:
        listed = f"{listed}, {begins[-1]}"
    said = t(
        "layers.windows_stand",
        layer=layer.row.name,
        output=along.output,
        kernel=along.kernel,
        stride=along.stride,
        begins=listed,
        input=along.input,
    )
    edge = "overhangs" if along.overhang else "leaves" if along.unused else "fits_exactly"
    padded = along.begin or along.end
    zeros = t("layers.padded", begin=along.begin, end=along.end) if padded else ""
    ending = t(f"layers.windows_{edge}", pixels=along.overhang or along.unused)
    return " ".join(part for part in (said, zeros, ending) if part)


def shares_shown(layers: Sequence[LayerShape]) -> None:
    """Where the parameters lie and where the arithmetic is done, drawn and in words."""
    said = t(
        "layers.shares_said",
        dense=shares.share(layers, "parameters", "dense"),
        convolution=shares.share(layers, "multiply_accumulates", "convolution"),
    )
    words = shares.Words(t("layers.shares"), said, t("layers.column_parameters"), t("layers.column_products"))
    picture(shares.shares_picture(layers, words), narrow=shares.shares_picture(layers, words, width=PHONE))
    sentence(said)


def explained(asked: Network) -> list[str]:
    """The names of the rows whose size or numbers can be written out."""
    return [row.name for row in asked.rows if isinstance(row, Convolution | Pooling | Flatten | Dense)]
