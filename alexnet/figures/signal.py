"""A signal's way through a network: one line for each initializer, every layer on one logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alexnet.figures.theme import BELOW, NEUTRAL, Look, styled

if TYPE_CHECKING:
    import plotly.graph_objects as go

FLOOR = 1e-30
"""What is drawn for a zero, which a logarithmic scale has no place for."""


@dataclass(frozen=True)
class Line:
    """One initializer's values, one for each layer, and what theory expects of them, if it is shown."""

    name: str
    look: Look
    values: Sequence[float]
    expected: Sequence[float] | None = None


def through_depth(layers: Sequence[str], lines: Sequence[Line], title: str, theory: str) -> go.Figure:
    """The values over the layers; a zero or what is not finite leaves a gap.

    Args:
        layers: Names, in order.
        lines: Each as long as ``layers``.
        title: Of the vertical axis.
        theory: Legend of the hollow marks, after the line's name.
    """
    from alexnet.figures.plotly import go

    figure = go.Figure()
    for line in lines:
        figure.add_scatter(
            x=list(layers),
            y=[_shown(value) for value in line.values],
            mode="lines+markers",
            name=line.name,
            line={"color": line.look.colour, "width": 3, "dash": line.look.dash},
            marker={"symbol": line.look.symbol, "size": 10},
            hovertemplate="%{x}: %{y:.3g}<extra></extra>",
        )
        if line.expected is not None:
            figure.add_scatter(
                x=list(layers),
                y=[_shown(value) for value in line.expected],
                mode="markers",
                name=f"{line.name}, {theory}",
                marker={
                    "color": line.look.colour,
                    "symbol": f"{line.look.symbol}-open",
                    "size": 15,
                    "line": {"width": 2},
                },
                hovertemplate="%{x}: %{y:.3g}<extra></extra>",
            )
    figure.update_layout(height=420, legend=BELOW, margin={"t": 28})
    drawn = [value for trace in figure.data for value in trace.y if value is not None]
    wide = bool(drawn) and max(drawn) > 100 * min(
        drawn
    )  # else powers of ten alone would leave one line or none
    figure.update_yaxes(type="log", title=title, exponentformat="power", dtick=1 if wide else None)
    return styled(figure)


def stds_by_layer(stds: Mapping[str, Mapping[str, float]], looks: Sequence[Look], title: str) -> go.Figure:
    """Standard deviations of several rules on one logarithmic axis, a line of marks for each layer.

    Args:
        stds: Rule's name to layer's name to standard deviation.
        looks: One for each rule.
        title: Of the horizontal axis.
    """
    from alexnet.figures.plotly import go

    figure = go.Figure()
    for look, (name, by_layer) in zip(looks, stds.items(), strict=True):
        figure.add_scatter(
            x=list(by_layer.values()),
            y=list(by_layer),
            mode="markers",
            name=name,
            marker={
                "color": look.colour,
                "size": 14,
                "symbol": look.symbol,
                "line": {"width": 1, "color": NEUTRAL},
            },
            hovertemplate="%{y}: %{x:.4f}<extra></extra>",
        )
    figure.update_layout(height=460, legend=BELOW, margin={"t": 28})
    figure.update_xaxes(type="log", title=title, tickvals=[0.01, 0.02, 0.03, 0.05, 0.1], range=(-2.25, -0.9))
    figure.update_yaxes(autorange="reversed")
    return styled(figure)


def _shown(value: float) -> float | None:
    return value if math.isfinite(value) and value > FLOOR else None
