"""The table of layers as text to take away: CSV for a spreadsheet, Markdown for a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alexnet.architecture import Convolution
from alexnet.architecture.kinds import kind_of
from alexnet.architecture.shapes import LayerShape
from alexnet.figures import spreadsheet

COLUMNS = (
    "layer",
    "kind",
    "maps",
    "size",
    "towers",
    "kernel",
    "stride",
    "padding",
    "activation",
    "output",
    "parameters",
    "products",
    "fan_in",
    "fan_out",
    "field",
    "step",
)
"""Of the CSV; Markdown has those of ``MARKDOWN``."""

MARKDOWN = ("layer", "kind", "output", "kernel", "stride", "padding", "parameters", "products")

_NUMBERS = {"maps", "size", "towers", "kernel", "stride", "parameters", "products"}

Cell = str | int | None


def cells(layer: LayerShape, kinds: Mapping[str, str]) -> dict[str, Cell]:
    """What the columns hold for one layer; None where a layer has no such number.

    Args:
        layer: The computed row.
        kinds: The name of each kind of layer.
    """
    row, along = layer.row, layer.windows
    maps = len(layer.output) == 3
    return {
        "layer": row.name,
        "kind": kinds[kind_of(row).group],
        "maps": layer.output[-1],
        "size": layer.output[0] if maps else None,
        "towers": layer.streams,
        "kernel": along.kernel if along else None,
        "stride": along.stride if along else None,
        "padding": row.padding if isinstance(row, Convolution) else None,
        "activation": getattr(row, "activation", None),
        "output": " × ".join(map(str, layer.output)),
        "parameters": layer.parameters or None,
        "products": layer.multiply_accumulates or None,
        "fan_in": layer.fan_in,
        "fan_out": layer.fan_out,
        "field": layer.receptive_field if maps else None,
        "step": layer.effective_stride if maps else None,
    }


def as_csv(layers: Sequence[LayerShape], columns: Mapping[str, str], kinds: Mapping[str, str]) -> bytes:
    """The table as a CSV file; see ``alexnet.figures.spreadsheet``.

    Args:
        layers: All layers of a network, computed.
        columns: The heading of each of ``COLUMNS``.
        kinds: The name of each kind of layer.
    """
    found = (cells(layer, kinds) for layer in layers)
    heads = [columns[column] for column in COLUMNS]
    return spreadsheet.as_csv(heads, ([row[column] for column in COLUMNS] for row in found))


def as_markdown(
    layers: Sequence[LayerShape], columns: Mapping[str, str], kinds: Mapping[str, str], total: str
) -> str:
    """The table in Markdown, with its totals.

    Args:
        layers: All layers of a network, computed.
        columns: The heading of each of ``COLUMNS``.
        kinds: The name of each kind of layer.
        total: The name of the last row.
    """
    head = "| " + " | ".join(columns[column] for column in MARKDOWN) + " |"
    rule = "|" + "|".join("---:" if column in _NUMBERS else "---" for column in MARKDOWN) + "|"
    found = [cells(layer, kinds) for layer in layers]
    sums: dict[str, Cell] = dict.fromkeys(MARKDOWN)
    sums |= {name: sum(int(row[name] or 0) for row in found) for name in ("parameters", "products")}
    sums["layer"] = f"**{total}**"
    lines = ["| " + " | ".join(_written(row[column]) for column in MARKDOWN) + " |" for row in (*found, sums)]
    return "\n".join((head, rule, *lines)) + "\n"


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:,}" if isinstance(cell, int) else cell.replace("|", r"\|")
