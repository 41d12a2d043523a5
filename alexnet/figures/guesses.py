"""The network's answers for one picture as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from alexnet.figures.theme import LAYER_COLOURS, NEUTRAL, styled

if TYPE_CHECKING:
    import plotly.graph_objects as go

BAR = 24
"""Height in pixels of one bar with its gap."""


def bars(names: Sequence[str], probabilities: Sequence[float], axis: str) -> go.Figure:
    """Horizontal bars, the first on top and emphasised, each with its per cent written behind it.

    Args:
        names: Class names, the most probable first.
        probabilities: 0 to 1, in the same order.
        axis: Title of the probability axis, with its unit.
    """
    from alexnet.figures.plotly import go

    colours = [LAYER_COLOURS["dense"]] + [NEUTRAL] * (len(names) - 1)
    figure = go.Figure(
        go.Bar(
            x=[100 * value for value in probabilities],
            y=list(names),
            orientation="h",
            marker_color=colours,
            text=[f"{100 * value:.1f} %" for value in probabilities],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{x:.2f} %<extra></extra>",
        ),
        {
            "xaxis": {
                "range": [0, 118],
                "tickvals": [0, 25, 50, 75, 100],
                "title": {"text": axis, "standoff": 8},
            },
            "yaxis": {"autorange": "reversed"},
            "height": BAR * len(names) + 60,
            "bargap": 0.3,
            "margin": {"t": 8},
            "minreducedheight": BAR,  # plotly's own, 64, leaves the axis of two bars no room for its title
        },
    )
    return styled(figure)


def compared(names: Sequence[str], series: Sequence[tuple[str, Sequence[float]]], axis: str) -> go.Figure:
    """Horizontal bars of two answers beside each other: the earlier one grey, the later one emphasised.

    Args:
        names: Class names, the first on top.
        series: Of the earlier and of the later answer its name and its probabilities, 0 to 1.
        axis: Title of the probability axis, with its unit.
    """
    from alexnet.figures.plotly import go

    figure = go.Figure()
    for (name, probabilities), colour in zip(series, (NEUTRAL, LAYER_COLOURS["dense"]), strict=True):
        figure.add_bar(
            x=[100 * value for value in probabilities],
            y=list(names),
            name=name,
            orientation="h",
            marker_color=colour,
            text=[f"{100 * value:.1f} %" for value in probabilities],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{x:.2f} %",
        )
    figure.update_xaxes(range=[0, 118], tickvals=[0, 25, 50, 75, 100], title=axis)
    figure.update_yaxes(autorange="reversed")
    figure.update_layout(height=44 * len(names) + 90, bargap=0.25, bargroupgap=0.05)
    return styled(figure)
