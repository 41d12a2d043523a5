"""The colour index of every kernel as a dot, group by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from alexnet.figures.theme import NEUTRAL, styled
from alexnet.kernels.colour import Untrained

if TYPE_CHECKING:
    import plotly.graph_objects as go

DOT = 0.018  # width of a dot on the axis from 0 to 1, at the width the page usually has


@dataclass(frozen=True)
class Group:
    """A row of dots: ``colour_index`` is (kernels,), NaN for a kernel without one."""

    name: str
    colour: str
    colour_index: NDArray[np.float64]


@dataclass(frozen=True)
class Words:
    """What stands on the figure, in the reader's language."""

    axis: str
    """Title of the axis."""
    band: str
    """What the grey band is."""
    median: str
    """What the tall tick is."""
    kernel: str
    """On hover, before a kernel's number."""


def swarm(values: NDArray[np.float64], width: float = DOT) -> NDArray[np.int64]:
    """Whole levels (0, 1, -1, 2, ...) that keep dots of this width apart: shape as ``values``."""
    levels = np.zeros(len(values), np.int64)
    placed: list[int] = []
    for number in np.argsort(values, kind="stable"):
        near = {int(levels[other]) for other in placed if abs(values[other] - values[number]) < width}
        level = 0
        while level in near:
            level = -level if level > 0 else 1 - level
        levels[number] = level
        placed.append(int(number))
    return levels


def dots(groups: Sequence[Group], untrained: Untrained, words: Words) -> go.Figure:
    """One row of dots for each group, on an axis from 0 (grey) to 1 (pure colour).

    The band holds all but the lowest and highest hundredth of untrained kernels; a tall tick is a group's
    median.
    """
    from alexnet.figures.plotly import go

    figure = go.Figure()
    figure.add_vrect(
        x0=untrained.low, x1=untrained.high, fillcolor=NEUTRAL, opacity=0.22, line_width=0, layer="below"
    )
    for row, group in enumerate(reversed(groups)):
        numbers = np.flatnonzero(~np.isnan(group.colour_index))
        values = group.colour_index[numbers]
        levels = swarm(values)
        step = 0.4 / max(8, int(np.abs(levels).max(initial=0)))
        figure.add_scatter(
            x=values,
            y=row + step * levels,
            customdata=numbers + 1,
            name=group.name,
            mode="markers",
            marker={"color": group.colour, "size": 9, "opacity": 0.85},
            hovertemplate=f"{words.kernel} %{{customdata}}: %{{x:.2f}}<extra>{group.name}</extra>",
        )
        if not len(values):  # all dead: there is no median
            continue
        median = float(np.median(values))
        figure.add_shape(
            type="line",
            x0=median,
            x1=median,
            y0=row - 0.42,
            y1=row + 0.42,
            line={"color": group.colour, "width": 3},
        )
        figure.add_annotation(
            x=median, y=row + 0.42, text=f"{words.median} {median:.2f}", showarrow=False, yanchor="bottom"
        )
    figure.add_annotation(
        x=untrained.low - 0.01,
        y=-0.62,
        text=words.band,
        showarrow=False,
        xanchor="right",
    )
    names = [group.name for group in reversed(groups)]
    figure.update_layout(height=130 * len(groups) + 90, showlegend=False, margin={"r": 20})
    figure.update_xaxes(title=words.axis, range=(-0.02, 1.02), tickformat=".1f", dtick=0.2)
    figure.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=names,
        range=(-0.95, len(names) - 0.3),
        showgrid=False,
        zeroline=False,
    )
    return styled(figure)
