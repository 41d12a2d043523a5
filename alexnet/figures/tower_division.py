"""Whether two towers divide colour between them: over the epochs of one training, and over many trainings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alexnet.figures.theme import NEUTRAL, styled

if TYPE_CHECKING:
    import plotly.graph_objects as go

_SYMBOLS = ("circle", "diamond", "square")
_EVERY = 16  # epochs that can all be numbered, also on a phone


@dataclass(frozen=True)
class Side:
    """A tower, or a half of one: its name, its colour, and how its line is drawn."""

    name: str
    colour: str
    dash: str = "solid"


def by_epoch(
    epochs: Sequence[Mapping[str, Any]],
    sides: Sequence[Side],
    now: int,
    *,
    axis_epoch: str,
    axis_index: str,
) -> go.Figure:
    """The median colour index of each side after each epoch; a line marks the shown one.

    Args:
        epochs: For each its number, ``epoch``, and ``medians``, one for each side, 0 to 1.
        sides: As many as there are medians.
        now: The epoch that is shown.
        axis_epoch: What stands below.
        axis_index: What stands at the left.
    """
    from alexnet.figures.plotly import go

    figure = go.Figure(
        [
            go.Scatter(
                x=[line["epoch"] for line in epochs],
                y=[line["medians"][number] for line in epochs],
                name=side.name,
                mode="lines+markers",
                line={"color": side.colour, "width": 2.5, "dash": side.dash},
                marker={"size": 7, "symbol": _SYMBOLS[number]},
                hovertemplate=f"{side.name} · %{{x}}: %{{y:.2f}}<extra></extra>",
            )
            for number, side in enumerate(sides)
        ]
    )
    figure.add_vline(now, line={"color": NEUTRAL, "width": 1.5, "dash": "dot"})
    figure.update_xaxes(title=axis_epoch, dtick=1 if len(epochs) <= _EVERY else None)
    figure.update_yaxes(title=axis_index, range=[0, 1])
    figure.update_layout(height=300, uirevision="epochs")
    return styled(figure)


@dataclass(frozen=True)
class Dot:
    """One training: where it stands, what is said of it, and whether it is filled."""

    value: float
    text: str
    filled: bool = True


def strip(
    rows: Mapping[str, Sequence[Dot]],
    bounds: tuple[float, float],
    *,
    line: float | None = None,
    percent: bool = False,
) -> go.Figure:
    """A row of dots for each condition. What the values are stands above it, as a phone has no room below.

    Args:
        rows: By the condition's name, from the top down.
        bounds: The ends of the axis.
        line: A value to mark.
        percent: The values, 0 to 1, are written as per cent.
    """
    from alexnet.figures.plotly import go

    unit = 100.0 if percent else 1.0
    figure = go.Figure(
        [
            go.Scatter(
                x=[unit * dot.value for dot in dots],
                y=[name] * len(dots),
                customdata=[dot.text for dot in dots],
                mode="markers",
                marker={
                    "size": 13,
                    "symbol": [_SYMBOLS[number % 3] + ("" if dot.filled else "-open") for dot in dots],
                    "color": NEUTRAL,
                    "line": {"width": 2, "color": NEUTRAL},
                    "opacity": 0.85,
                },
                hovertemplate="%{customdata}<extra></extra>",
            )
            for number, (name, dots) in enumerate(rows.items())
        ]
    )
    if line is not None:
        figure.add_vline(unit * line, line={"color": NEUTRAL, "width": 1.5, "dash": "dot"})
    figure.update_xaxes(range=[unit * bounds[0], unit * bounds[1]], ticksuffix=" %" if percent else "")
    figure.update_yaxes(categoryorder="array", categoryarray=list(rows)[::-1], range=[-0.6, len(rows) - 0.4])
    figure.update_layout(height=70 + 50 * len(rows), showlegend=False)
    return styled(figure)
