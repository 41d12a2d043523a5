"""A table as a CSV file that spreadsheets open as it is meant."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | float | None

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it, so that it shows Hangul; lines end as RFC 4180 says.

    None and NaN are empty cells. A text that a spreadsheet would compute as a formula gets an apostrophe
    before it: names of layers and runs come from whoever typed them.

    Args:
        heads: The columns' names.
        rows: A cell for each column.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    for row in (heads, *rows):
        writer.writerow([_written(cell) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str | int | float:
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, str) and cell.startswith(_FORMULA) and not _number(cell):
        return f"'{cell}"
    return cell


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
