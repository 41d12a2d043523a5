"""The first view of the Layers page: the table, one layer in detail, the shares."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from alexnet.architecture import PAPER_2012, Convolution, Dense, Flatten, Network, Pooling, one_tower
from alexnet.architecture.kinds import kind_of
from alexnet.architecture.shapes import LayerShape, trace, trace_until_failure
from alexnet.errors import ShapeError
from alexnet.figures import layer_formula as formula
from alexnet.figures import layer_table, shares, windows
from alexnet.figures.theme import LAYER_COLOURS
from alexnet.language import explain
from alexnet.ui import guess, printed_size, state
from alexnet.ui.components import picture, problem, sentence, source, try_this
from alexnet.ui.language import current_language, t
from pages.layers.controls import TRIES, Asked
from pages.layers.downloads import downloads
from pages.layers.rows import rows

PHONE = 360.0  # pixels of a picture that is drawn for a phone


_GUESS = "layers_guess"
_NEAR = (-1, 0, 1, 2)
"""What can be guessed: the size and its neighbours."""


def _first() -> LayerShape:
    """The layer whose size is guessed at: the first one of the paper's network."""
    return trace(PAPER_2012)[0]


def _guesses() -> dict[str, str]:
    side = _first().output[0]
    return {str(side + step): f"{side + step:,}" for step in _NEAR}


def title() -> str | None:
    """The view's question once its number is known."""
    if guess.committed(_GUESS, _guesses()) is None:
        return None
    return t("layers.title_known", side=_first().output[0])


def draw(asked: Asked) -> None:
    """The view: table, the chosen layer written out, shares; the first size is guessed at before."""
    shapes, error = trace_until_failure(asked.network)
    guessed = guess.committed(_GUESS, _guesses())
    side = _first().output[0]
    # Another network, size or rule is another question.
    hides = guessed is None and asked.network == PAPER_2012
    hidden = [shape.row.name for shape in shapes if hides and shape.output[0] == side]
    # The table comes first and marks the layer that is chosen below it.
    above = st.container()
    beside = st.container(key="layers_beside")  # stays on the screen while the table is there to be clicked
    below = st.container()
    try_this("layers", TRIES)
    with beside:
        chosen = _ask_layer(asked.network)
    layer = next((shape for shape in shapes if shape.row.name == chosen), None)
    # A layer that reads the hidden map tells its size, too.
    unknown = layer is not None and bool(hidden) and side in (layer.output[0], layer.input[0])
    with above:
        table(asked, shapes, error, chosen, hidden=hidden)
    with below:
        if error is None and not hidden:
            sentence(summary(asked, shapes))
            if asked.network == PAPER_2012:
                st.caption(printed_size.said())
            downloads(asked, shapes, None if layer is None else windows_markup(layer), chosen)
        elif error is not None:
            sentence(t("layers.failed", size=asked.network.size, layer=error.values["layer"]))
    with beside:
        if unknown:
            _ask_side()
        elif layer is not None:
            if guessed is not None and asked.network == PAPER_2012 and layer == _first():
                sentence(guess.judged(guessed, [str(side)], _guesses()))
            formulas(asked.network, layer)
        elif error is not None and error.values["layer"] == chosen:
            problem(error)
            if (line := formula.failing_line(error)) is not None:
                st.latex(line)
        elif error is not None and chosen:
            st.info(t("layers.not_reached", layer=chosen, failing=error.values["layer"]))
    if layer is not None and not unknown:
        windows_shown(layer)
    if error is None:
        st.subheader(t("layers.shares"), anchor=False)
        shares_shown(shapes)
        compared = towers_compared(asked)
        if compared is not None:
            sentence(compared)
    source("layers", "source")


def _ask_side() -> None:
    first = _first()
    assert first.windows is not None
    question = t(
        "layers.guess_question",
        layer=first.row.name,
        size=PAPER_2012.size,
        kernel=first.windows.kernel,
        stride=first.windows.stride,
    )
    guess.ask(_GUESS, question, _guesses())


def _ask_layer(network: Network) -> str:
    """The layer that is written out; an empty name when there is none to choose."""
    names = explained(network)
    if not names:
        return ""
    return state.choice(
        "layers_layer", names, label=t("layers.layer"), default=names[0], name=str, kind="pills"
    )


def table(
    asked: Asked,
    layers: Sequence[LayerShape],
    error: ShapeError | None,
    chosen: str | None = None,
    *,
    names: Sequence[str] | None = None,
    choice: str = "layers_layer",
    hidden: Sequence[str] = (),
) -> None:
    """The table; a layer that does not fit says why in its own row.

    Args:
        asked: The network.
        layers: Its layers up to the first that does not fit.
        error: Why that one does not; None when all fit.
        chosen: The layer that is written out; None leaves nothing to choose.
        names: The layers to choose from; None: those that can be written out.
        choice: The key of that choice.
        hidden: The layers whose size is still to be guessed.
    """
    kinds = {kind: t(f"layers.kind_{kind}") for kind in LAYER_COLOURS}
    words = layer_table.Words(
        t("layers.table", network=asked.name, size=asked.network.size),
        {column: t(f"layers.column_{column}") for column in layer_table.COLUMNS},
        kinds,
        t("layers.image"),
        t("layers.total"),
        t("layers.same"),
        (t("common.tower_1"), t("common.tower_2")),
        t("layers.reads_both"),
        {id: t(f"layers.activation_{id}") for id in ("relu", "tanh", "sigmoid", "softmax")},
        t("layers.layer"),
    )
    why = None if error is None else _problem(error)
    if chosen is None:
        st.html(layer_table.layer_table(asked.network, layers, words, problem=why))
        return
    names = explained(asked.network) if names is None else names
    markup = layer_table.layer_table(
        asked.network, layers, words, chosen=chosen, problem=why, choosable=names, hidden=hidden
    )
    rows(markup, choice)


def _problem(error: ShapeError) -> str:
    """Why a layer does not fit, without its name: that stands in its row already."""
    values = {name: value for name, value in error.values.items() if name != "layer"}
    return explain(ShapeError(error.id, **values), current_language())


def summary(asked: Asked, layers: Sequence[LayerShape]) -> str:
    """What the whole table says: the sizes on the way, and whether weights trained at its own size fit."""
    size, own_size = asked.network.size, asked.own.size
    sides = [layer.output[0] for layer in layers if layer.windows is not None and layer.windows.stride > 1]
    sizes = "–".join(map(str, sides or [size]))
    numbers = _entering(layers)
    own = _entering(trace_until_failure(asked.own)[0])
    if numbers is None or own is None:
        return t("layers.summary_sizes", size=size, sizes=sizes)
    said = t("layers.summary", size=size, sizes=sizes, numbers=numbers)
    if numbers != own:
        return f"{said} {t('layers.fits_not', own=own, own_size=own_size)}"
    return said if size == own_size else f"{said} {t('layers.fits', own_size=own_size)}"


def _entering(layers: Sequence[LayerShape]) -> int | None:
    """How many numbers the first dense layer reads; None without one."""
    return next((layer.input[0] for layer in layers if isinstance(layer.row, Dense)), None)


def towers_compared(asked: Asked) -> str | None:
    """What two towers save; None for a network that never had two, or does not fit by itself."""
    both = asked.own
    if trace_until_failure(both)[1] is not None or both.towers == 1:
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
    formulas(asked, layer)
    windows_shown(layer)


def formulas(asked: Network, layer: LayerShape) -> None:
    """The formulas of one layer with its numbers."""
    row = layer.row
    rounding = asked.rounding.of(row)
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


def windows_shown(layer: LayerShape) -> None:
    """A layer's windows to scale and in words; nothing for a layer without any."""
    if (wide := windows_markup(layer)) is not None:
        picture(wide, narrow=windows_markup(layer, PHONE) or wide)
        sentence(windows_in_words(layer))


def windows_markup(layer: LayerShape, width: float = 900.0) -> str | None:
    """The picture of a layer's windows; None for a layer without any."""
    along = layer.windows
    if along is None:
        return None
    words = windows.Words(
        t("layers.windows", layer=layer.row.name),
        windows_in_words(layer),
        t("layers.window"),
        t("layers.column_padding"),
        t("layers.overhang", pixels=along.overhang),
        t("layers.unused", pixels=along.unused),
    )
    return windows.windows_picture(along, words, LAYER_COLOURS[kind_of(layer.row).group], width=width)


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
