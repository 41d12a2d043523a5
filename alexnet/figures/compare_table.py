"""Networks side by side, layer by layer, with a mark where one differs from the first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import singledispatch
from html import escape
from typing import Literal

from alexnet.architecture import (
    BatchNormalization,
    Convolution,
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePooling,
    LocalResponseNormalization,
    Network,
    Pooling,
    Row,
    Weighted,
    memory,
)
from alexnet.architecture.kinds import kind_of, unknown
from alexnet.architecture.shapes import LayerShape
from alexnet.figures.layer_table import NONE, STYLE, times
from alexnet.figures.theme import LAYER_COLOURS

Show = Literal["settings", "parameters", "products", "fans", "field", "memory"]
SHOWN: tuple[Show, ...] = ("settings", "parameters", "products", "fans", "field", "memory")
"""What a cell can say of a layer."""

_STYLE = """<style>
.compare-box td{text-align:left;white-space:nowrap}
.compare-box td small{display:block;opacity:.75;font-size:.78rem}
.compare-box td.differs{background:light-dark(#fff3d6,#3a3013);font-weight:600}
.compare-box thead th{text-align:left;min-width:8.5rem}
.compare-box th:first-child,.compare-box thead th:first-child{min-width:6.2rem;max-width:6.2rem;
white-space:normal;overflow-wrap:normal}
</style>"""


@dataclass(frozen=True)
class Column:
    """One network: its name, its rows and their computed shapes."""

    name: str
    network: Network
    layers: Sequence[LayerShape]


@dataclass(frozen=True)
class Words:
    """The table's texts in the reader's language.

    Attributes:
        caption: What the table holds.
        layer: The heading of the first column.
        kinds: The name of each kind of layer.
        same: How TensorFlow's padding is written.
        differs: What the mark means.
        foot: The name of each row under the layers, by its id.
    """

    caption: str
    layer: str
    kinds: Mapping[str, str]
    same: str
    differs: str
    foot: Mapping[str, str]


def names(columns: Sequence[Column]) -> list[str]:
    """The names of all rows, each network's in its own order and a row of one alone after its predecessor."""
    merged: list[str] = []
    for column in columns:
        place = 0
        for row in column.network.rows:
            if row.name in merged:
                place = merged.index(row.name) + 1
            else:
                merged.insert(place, row.name)
                place += 1
    return merged


def compare_table(
    columns: Sequence[Column],
    foot: Mapping[str, Callable[[Column], str]],
    words: Words,
    show: Show,
    batch: int,
) -> str:
    """The table as markup; it scrolls sideways inside its own box.

    Args:
        columns: The networks; the others are held against the first.
        foot: Rows under the layers: an id of ``words.foot`` to what a network has there.
        words: Texts; everything is escaped.
        show: What the cells say.
        batch: Images at a time, for ``memory``.
    """
    found = [{layer.row.name: layer for layer in column.layers} for column in columns]
    body = []
    for name in names(columns):
        layers = [layers.get(name) for layers in found]
        group = kind_of(next(layer for layer in layers if layer is not None).row).group
        cells = [NONE if layer is None else cell(layer, show, words.same, batch) for layer in layers]
        body.append(
            f'<tr style="--kind:{LAYER_COLOURS[group]}"><th scope="row" title="{escape(words.kinds[group])}">'
            f"{escape(name)}</th>{_cells(cells, words)}</tr>"
        )
    feet = "".join(
        f'<tr><th scope="row">{escape(words.foot[id])}</th>'
        f"{_cells([escape(value(column)) for column in columns], words)}</tr>"
        for id, value in foot.items()
    )
    head = "".join(f'<th scope="col">{escape(column.name)}</th>' for column in columns)
    return (
        f'{STYLE}{_STYLE}<div class="layers-box compare-box" role="region" tabindex="0" '
        f'aria-label="{escape(words.caption)}"><table><caption>{escape(words.caption)}</caption>'
        f'<thead><tr><th scope="col">{escape(words.layer)}</th>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody><tfoot>{feet}</tfoot></table></div>"
    )


def cell(layer: LayerShape, show: Show, same: str = "same", batch: int = 1) -> str:
    """What a table says of one layer, as markup."""
    if show == "settings":
        said = _settings(layer, same)
        return f"{times(layer.output)}<small>{escape(said)}</small>" if said else times(layer.output)
    if show == "parameters":
        return f"{layer.parameters:,}" if layer.parameters else NONE
    if show == "products":
        return f"{layer.multiply_accumulates:,}" if layer.multiply_accumulates else NONE
    if show == "fans":
        return NONE if layer.fan_in is None else f"{layer.fan_in:,} → {layer.fan_out:,}"
    if show == "field":
        flat = len(layer.output) == 1
        return NONE if flat else f"{layer.receptive_field:,}<small>/ {layer.effective_stride}</small>"
    kept = memory.outputs(layer) * batch * memory.FLOAT
    return f"{kept / 2**20:,.1f}" if kept else NONE


def _settings(layer: LayerShape, same: str) -> str:
    row = layer.row
    parts = list(settings(row, same))
    towers = row.towers if isinstance(row, Weighted) else 1
    if towers > 1:
        parts.append(f"{towers} ×")
    if layer.reads and layer.reads < layer.input[-1]:
        parts.append(f"← {layer.reads}")
    if isinstance(row, LocalResponseNormalization) and row.reads == "all" and layer.streams > 1:
        parts.append("⇄")
    if isinstance(row, Weighted) and row.activation not in ("relu", None):
        parts.append(row.activation)
    return " · ".join(parts)


@singledispatch
def settings(row: Row, same: str) -> Sequence[str]:
    """What is said of a row's settings beside its output's size and its towers; nothing where that is all.

    Args:
        row: Of any kind that has been registered here.
        same: How TensorFlow's padding is written.

    Raises:
        NotImplementedError: The row is of another kind.
    """
    raise unknown(row)


@settings.register
def _convolution(row: Convolution, same: str) -> Sequence[str]:
    zeros = same if row.padding == "same" else row.padding
    return (f"{row.kernel}×{row.kernel} / {row.stride} +{zeros}",)


@settings.register
def _pooling(row: Pooling, same: str) -> Sequence[str]:
    return (f"{row.size}×{row.size} / {row.stride}",)


@settings.register
def _local_response_normalization(row: LocalResponseNormalization, same: str) -> Sequence[str]:
    return (f"n {row.n}, k {row.k:g}", *_unusual(row, "alpha", "beta"))


@settings.register
def _dropout(row: Dropout, same: str) -> Sequence[str]:
    return (f"{row.rate:g}",)


@settings.register
def _batch_normalization(row: BatchNormalization, same: str) -> Sequence[str]:
    return _unusual(row, "momentum", "epsilon", "activation")


@settings.register
def _nothing(row: GlobalAveragePooling | Flatten | Dense, same: str) -> Sequence[str]:
    return ()


def _unusual(row: LocalResponseNormalization | BatchNormalization, *names: str) -> tuple[str, ...]:
    """Settings that are not at their default, so that two rows that differ in them never look alike."""
    usual = {field.name: field.default for field in fields(row)}
    values = {name: getattr(row, name) for name in names if getattr(row, name) != usual[name]}
    return tuple(f"{name} {'-' if value is None else value}" for name, value in values.items())


def _cells(cells: Sequence[str], words: Words) -> str:
    first, *others = cells
    mark = f'<span title="{escape(words.differs)}">≠</span> '
    return f"<td>{first}</td>" + "".join(
        f"<td>{other}</td>" if other == first else f'<td class="differs">{mark}{other}</td>'
        for other in others
    )
