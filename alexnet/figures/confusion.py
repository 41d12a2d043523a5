"""A confusion matrix as a heat map whose cells say their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from alexnet.figures.theme import TOWER_COLOURS, styled

if TYPE_CHECKING:
    import plotly.graph_objects as go

_PALE = (0xEA, 0xF2, 0xF8)
_FULL = tuple(int(TOWER_COLOURS[0][place : place + 2], 16) for place in (1, 3, 5))
_DARK, _LIGHT = "#000000", "#FFFFFF"  # anything less far apart falls below 4.5:1 on some shade
_CELL = 96  # pixels of a row where classes are few
_LEAST = 38  # and where they are many: two lines of small print


class Words(NamedTuple):
    """What stands on the figure, in the reader's language.

    Attributes:
        truth: Title of the vertical axis.
        answer: Title of the horizontal axis.
        images: Below a class's name at the left: how many images it has, one text for each class.
    """

    truth: str
    answer: str
    images: Sequence[str]


def heat_map(counts: Sequence[Sequence[int]], names: Sequence[str], words: Words) -> go.Figure:
    """One cell for each true class (row) and answer (column), the deeper the larger its share of the row.

    Each cell says how many images it holds and what share of its row that is; the right answers, on the
    diagonal, have a frame, so that nothing depends on colour. A row without images says 0 and no share.

    Args:
        counts: (classes, classes), whole numbers.
        names: Of the classes, in the order of rows and columns.
        words: See there.
    """
    from alexnet.figures.plotly import go

    totals = [sum(row) for row in counts]
    shares = [
        [count / total if total else 0.0 for count in row] for row, total in zip(counts, totals, strict=True)
    ]
    figure = go.Figure(
        go.Heatmap(
            z=shares,
            zmin=0,
            zmax=1,
            colorscale=[(0.0, _hex(_PALE)), (1.0, TOWER_COLOURS[0])],
            showscale=False,
            xgap=3,
            ygap=3,
            customdata=[list(row) for row in counts],
            x=list(range(len(names))),
            y=list(range(len(names))),
            text=[[f"{truth} → {answer}" for answer in names] for truth in names],
            hovertemplate="%{text}: %{customdata:,} (%{z:.1%})<extra></extra>",
        )
    )
    many = len(names) > 4
    for truth, row in enumerate(counts):
        for answer, count in enumerate(row):
            share = shares[truth][answer]
            figure.add_annotation(
                x=answer,
                y=truth,
                text=_written(count, share if totals[truth] else None, many),
                showarrow=False,
                font={"color": ink(share), "size": 10 if many else 16},
            )
        figure.add_shape(
            type="rect",
            x0=truth - 0.485,
            x1=truth + 0.485,
            y0=truth - 0.485,
            y1=truth + 0.485,
            line={"color": ink(shares[truth][truth]), "width": 1 if many else 2},
        )
    places = list(range(len(names)))
    rows = [f"{name}<br>{images}" for name, images in zip(names, words.images, strict=True)]
    figure.update_xaxes(
        title=words.answer, side="top", tickvals=places, ticktext=list(names), showgrid=False, zeroline=False
    )
    figure.update_yaxes(
        title=words.truth,
        autorange="reversed",
        tickvals=places,
        ticktext=rows,
        showgrid=False,
        zeroline=False,
    )
    figure.update_layout(
        height=(_LEAST if many else _CELL) * len(names) + 90, margin={"t": 64}, dragmode=False
    )
    return styled(figure)


def shade(share: float) -> str:
    """The colour of a cell of this share of its row, 0 to 1, as ``#RRGGBB``."""
    return _hex(tuple(round(pale + (full - pale) * share) for pale, full in zip(_PALE, _FULL, strict=True)))


def ink(share: float) -> str:
    """The text colour that stands out most from a cell of this share, by WCAG's contrast."""
    ground = _luminance(*(pale + (full - pale) * share for pale, full in zip(_PALE, _FULL, strict=True)))
    dark = _luminance(*(int(_DARK[place : place + 2], 16) for place in (1, 3, 5)))
    on_dark, on_light = (ground + 0.05) / (dark + 0.05), 1.05 / (ground + 0.05)
    return _DARK if on_dark >= on_light else _LIGHT


def _written(count: int, share: float | None, many: bool) -> str:
    if share is None:
        return f"{count:,}"
    return f"{count:,}<br>{share:.0%}" if many else f"<b>{count:,}</b><br>{share:.1%}"


def _luminance(*colour: float) -> float:
    """Relative luminance of red, green and blue from 0 to 255 (WCAG 2)."""
    red, green, blue = (
        value / 12.92 if (value := part / 255) <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(colour: tuple[int, ...]) -> str:
    return "#" + "".join(f"{part:02X}" for part in colour)
