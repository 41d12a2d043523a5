"""Ways to begin on shared axes: the mean of their seeds, and between which values the seeds lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alexnet.figures.theme import BELOW, NEUTRAL, Look, styled

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT = 340


@dataclass(frozen=True)
class Line:
    """One way: its name, how it is drawn, and by epoch the accuracies of its seeds, 0 to 1."""

    name: str
    look: Look
    accuracies: Mapping[int, Sequence[float]]


def beginnings(lines: Sequence[Line], *, classes: int, axis: str) -> go.Figure:
    """Test accuracy after some epochs; bars reach from the lowest seed to the highest.

    Args:
        lines: One for each way.
        classes: How many there are; a dotted line is what guessing comes to.
        axis: Title of the horizontal axis.
    """
    from alexnet.figures.plotly import go

    figure = go.Figure()
    for line in lines:
        means = [100 * sum(values) / len(values) for values in line.accuracies.values()]
        spans = zip(means, line.accuracies.values(), strict=True)
        highs, lows = zip(
            *((100 * max(all) - mean, mean - 100 * min(all)) for mean, all in spans), strict=True
        )
        figure.add_scatter(
            x=list(line.accuracies),
            y=means,
            name=line.name,
            mode="lines+markers",
            line={"color": line.look.colour, "dash": line.look.dash, "width": 2.5},
            marker={"symbol": line.look.symbol, "size": 9},
            error_y={"type": "data", "array": list(highs), "arrayminus": list(lows), "thickness": 1.2},
            hovertemplate=f"{line.name} · %{{x}}: %{{y:.1f}} %<extra></extra>",
        )
    figure.add_hline(100 / classes, line={"color": NEUTRAL, "width": 1.5, "dash": "dot"})
    figure.update_xaxes(title=axis, rangemode="tozero")
    figure.update_yaxes(range=[100 / classes - 8, 101], ticksuffix=" %")
    figure.update_layout(height=HEIGHT, showlegend=True, legend=BELOW)
    return styled(figure)
