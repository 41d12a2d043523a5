"""The table of a network's layers as HTML: every number computed from its rows.

HTML and not a data frame: kinds and towers have their colours, the layer that does not fit explains itself in
its own row, a screen reader hears a table, and a changed number costs a millisecond.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from alexnet.architecture import Convolution, Flatten, Network, Weighted
from alexnet.architecture.kinds import kind_of
from alexnet.architecture.shapes import LayerShape
from alexnet.figures.theme import LAYER_COLOURS, TOWER_COLOURS

COLUMNS = (
    "layer",
    "maps",
    "size",
    "kernel",
    "stride",
    "padding",
    "activation",
    "output",
    "parameters",
    "products",
)
NONE = "–"
HIDDEN = "?"
_SIZED = ("size", "output", "products")
"""Columns that tell a layer's size."""

IMAGE = "image"
"""Chosen, it marks the first row. No layer may have that name."""

STYLE = """<style>
.layers-box{overflow-x:auto;max-width:100%;border:1px solid rgba(128,128,128,.3);border-radius:.6rem}
.layers-box table{border-collapse:separate;border-spacing:0;width:100%;margin:0;font-size:.875rem;
line-height:1.25;font-variant-numeric:tabular-nums;white-space:nowrap;color:inherit}
.layers-box caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.layers-box th,.layers-box td{padding:.36rem .42rem;text-align:right;border:0;
border-bottom:1px solid rgba(128,128,128,.16);font-weight:400}
.layers-box thead th{font-weight:600;border-bottom:1px solid rgba(128,128,128,.4);vertical-align:bottom;
white-space:normal;overflow-wrap:normal;word-break:keep-all}
.layers-box tbody tr:last-child>*{border-bottom:0}
.layers-box tfoot>tr>*{border-top:1px solid rgba(128,128,128,.4);border-bottom:0;font-weight:700}
.layers-box th:first-child{position:sticky;left:0;z-index:1;text-align:left;background:Canvas;
background:light-dark(#fff,#12161b)}
.layers-box tbody th{font-weight:600;border-left:.36rem solid var(--kind)}
.layers-box thead th:first-child,.layers-box tfoot th:first-child{border-left:.36rem solid transparent}
.layers-box tr.plain td{opacity:.72}
.layers-box tr.plain th{font-weight:400}
.layers-box tr.choosable{cursor:pointer}
.layers-box tr.choosable:hover>*{background:light-dark(#f1f6fa,#18222c)}
.layers-box button{all:unset;cursor:pointer;border-radius:.2rem;text-decoration:underline dotted .06em;
text-underline-offset:.2em}
.layers-box button:focus-visible{outline:.15rem solid currentColor;outline-offset:.15rem}
.layers-box tr.chosen>*{background:light-dark(#e8f2f9,#1b2b38)}
.layers-box tr.chosen td{opacity:1}
.layers-box tr.failing>*{background:light-dark(#fdeceb,#3a1f20)}
.layers-box tr.failing td{text-align:left;white-space:normal;font-weight:600}
.layers-box tr.failing div{position:sticky;left:5.5rem;width:fit-content;
max-width:min(44rem,calc(100vw - 10rem))}
.layers-box tr.missing td{opacity:.45}
.layers-box tr.missing th{font-weight:400}
.layers-box i{display:inline-block;width:.56rem;height:.56rem;border-radius:50%;margin:0 .22rem 0 .5rem;
background:var(--tower)}
.layers-box .both{opacity:.7;padding-right:.25rem;cursor:help}
@media (forced-colors:active){.layers-box tr.chosen>*{border-block:.2rem solid Highlight}}
@media print{.layers-box{overflow:visible}.layers-box table{font-size:.6rem;white-space:normal}
.layers-box :is(th,td){padding:.2rem}.layers-box th:first-child{position:static}}
</style>"""


@dataclass(frozen=True)
class Words:
    """The table's texts in the reader's language.

    Attributes:
        caption: What the table holds.
        columns: The heading of each of ``COLUMNS``.
        kinds: The name of each kind of layer.
        image: The name of the first row.
        total: The name of the last row.
        same: How TensorFlow's padding is written.
        towers: The names of the towers.
        both: What the sign at a layer that reads both towers means.
        activations: The name of each activation function.
        choose: What a click on a layer's name does.
    """

    caption: str
    columns: Mapping[str, str]
    kinds: Mapping[str, str]
    image: str
    total: str
    same: str
    towers: tuple[str, str]
    both: str
    activations: Mapping[str, str]
    choose: str = ""


def layer_table(
    network: Network,
    layers: Sequence[LayerShape],
    words: Words,
    *,
    chosen: str | None = None,
    problem: str | None = None,
    choosable: Collection[str] = (),
    hidden: Collection[str] = (),
) -> str:
    """The table as markup; it scrolls sideways inside its own box.

    Args:
        network: All rows are listed, computed or not.
        layers: The computed rows: all, or those before the one that does not fit.
        words: Texts; everything is escaped.
        chosen: The name of the row to mark, or ``IMAGE``.
        problem: Why the row after ``layers`` does not fit, in a sentence; it stands in that row.
        choosable: The names of the rows that can be chosen: they get a button.
        hidden: The names of the rows whose size is still to be guessed: ``HIDDEN`` stands in its place.
    """
    body = [_row(words.image, IMAGE, _image(network), words, "plain chosen" if chosen == IMAGE else "plain")]
    before = 1
    for index, row in enumerate(network.rows):
        group, mark = kind_of(row).group, "chosen" if row.name == chosen else ""
        if row.name in choosable:
            mark += " choosable"
        if index < len(layers):
            layer = layers[index]
            cells = _cells(layer, before, words)
            if row.name in hidden:
                cells = [HIDDEN if COLUMNS[place] in _SIZED else cell for place, cell in enumerate(cells, 1)]
            plain = "plain" if layer.windows is None and layer.kernel_shape is None else ""
            body.append(_row(row.name, group, cells, words, f"{plain} {mark}"))
            # Flattening joins what the towers made, and the row after it is the one that reads both.
            before = before if isinstance(row, Flatten) else layer.streams
        elif index == len(layers) and problem is not None:
            failing = f'<td colspan="{len(COLUMNS) - 1}"><div>⚠ {escape(problem)}</div></td>'
            body.append(_row(row.name, group, failing, words, f"failing {mark}"))
        else:
            body.append(_row(row.name, group, [NONE] * (len(COLUMNS) - 1), words, f"missing {mark}"))
    head = "".join(f'<th scope="col">{escape(words.columns[column])}</th>' for column in COLUMNS)
    return (
        f'{STYLE}<div class="layers-box" role="region" tabindex="0" aria-label="{escape(words.caption)}">'
        f"<table><caption>{escape(words.caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(body)}</tbody>{_total(layers, words) if problem is None else ''}</table></div>"
    )


def times(shape: Sequence[int]) -> str:
    """A shape as it is written: ``55 × 55 × 96``, ``4,096``."""
    return " × ".join(f"{size:,}" for size in shape)


def _row(name: str, group: str, cells: str | Sequence[str], words: Words, classes: str) -> str:
    """``cells`` is markup of whole cells, or the markup inside each of them."""
    written = cells if isinstance(cells, str) else "".join(f"<td>{cell}</td>" for cell in cells)
    title = escape(words.kinds[group])
    written_name = escape(name)
    if "choosable" in classes.split():
        pressed = "true" if "chosen" in classes.split() else "false"
        written_name = (
            f'<button type="button" data-layer="{written_name}" aria-pressed="{pressed}" '
            f'title="{escape(words.choose)}">{written_name}</button>'
        )
    return (
        f'<tr class="{classes.strip()}" style="--kind:{LAYER_COLOURS[group]}">'
        f'<th scope="row" title="{title}">{written_name}</th>{written}</tr>'
    )


def _image(network: Network) -> list[str]:
    side, channels = network.size, network.channels
    return [f"{channels:,}", f"{side:,}", *[NONE] * 4, times((side, side, channels)), NONE, NONE]


def _cells(layer: LayerShape, before: int, words: Words) -> list[str]:
    """What stands right of a layer's name; ``before`` is the number of towers that come in."""
    row, along = layer.row, layer.windows
    maps = _towers(layer, before, words)
    size = f"{layer.output[0]:,}"
    padding = NONE
    if isinstance(row, Convolution):
        padding = escape(words.same) if row.padding == "same" else str(row.padding)
    activation = getattr(row, "activation", None)
    return [
        maps,
        size,
        NONE if along is None else f"{along.kernel} × {along.kernel}",
        NONE if along is None else str(along.stride),
        padding,
        NONE if activation is None else escape(words.activations[activation]),
        times(layer.output),
        f"{layer.parameters:,}" if layer.parameters else NONE,
        f"{layer.multiply_accumulates:,}" if layer.multiply_accumulates else NONE,
    ]


def _towers(layer: LayerShape, before: int, words: Words) -> str:
    """Maps (or units) of each tower with its colour, or of the one tower."""
    total, streams = layer.output[-1], layer.streams
    both = isinstance(layer.row, Weighted) and layer.row.reads == "all" and before > 1
    sign = f'<span class="both" title="{escape(words.both)}">⇄</span>' if both else ""
    if streams == 1:
        return sign + (f"{total:,}" if len(layer.output) == 3 else NONE)
    dots = (
        f'<i style="--tower:{colour}" title="{escape(name)}"></i>{total // streams:,}'
        for colour, name in zip(TOWER_COLOURS, words.towers, strict=True)
    )
    return sign + "".join(dots)


def _total(layers: Sequence[LayerShape], words: Words) -> str:
    parameters = sum(layer.parameters for layer in layers)
    products = sum(layer.multiply_accumulates for layer in layers)
    return (
        f'<tfoot><tr><th scope="row">{escape(words.total)}</th><td colspan="{len(COLUMNS) - 3}"></td>'
        f"<td>{parameters:,}</td><td>{products:,}</td></tr></tfoot>"
    )
