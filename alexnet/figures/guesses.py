"""The network's answers for one picture as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from alexnet.figures.theme import LAYER_COLOURS, NEUTRAL, styled

if TYPE_CHECKING:
    import plotly.graph_objects as go

BAR = 34
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
        )
    )
    figure.update_xaxes(range=[0, 118], tickvals=[0, 25, 50, 75, 100], title=axis)
    figure.update_yaxes(autorange="reversed")
    figure.update_layout(height=BAR * len(names) + 70, bargap=0.3)
    return styled(figure)
