"""A class's probability by where the crop begins, as a heat map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from alexnet.figures.confusion import ink
from alexnet.figures.theme import TOWER_COLOURS, styled

if TYPE_CHECKING:
    import plotly.graph_objects as go

_WRITTEN = 9  # offsets along a side up to which each cell says its number


def crop_map(
    probabilities: NDArray[np.floating], along: Sequence[int], *, left: str, top: str, probability: str
) -> go.Figure:
    """One cell for each offset, the deeper the more probable, from 0 to 100 %.

    Args:
        probabilities: (offsets, offsets), from the top and from the left.
        along: The offsets in pixels.
        left: Title of the axis across.
        top: Title of the axis down.
        probability: Title of the scale, with its unit.
    """
    from alexnet.figures.plotly import go

    cells = 100 * np.asarray(probabilities, float)
    figure = go.Figure(
        go.Heatmap(
            z=cells,
            x=list(along),
            y=list(along),
            zmin=0,
            zmax=100,
            colorscale=[(0.0, "#EAF2F8"), (1.0, TOWER_COLOURS[0])],
            colorbar={"title": {"text": probability, "side": "right"}},
            xgap=2,
            ygap=2,
            hovertemplate=f"{left}: %{{x}}<br>{top}: %{{y}}<br>%{{z:.1f}} %<extra></extra>",
        )
    )
    if len(along) <= _WRITTEN:
        for row, y in enumerate(along):
            for column, x in enumerate(along):
                value = cells[row, column]
                figure.add_annotation(
                    x=x,
                    y=y,
                    text=f"{value:.0f}",
                    showarrow=False,
                    font={"color": ink(value / 100), "size": 12},
                )
    figure.update_xaxes(title=left, side="top", tickvals=list(along), showgrid=False, zeroline=False)
    figure.update_yaxes(title=top, autorange="reversed", tickvals=list(along), showgrid=False, zeroline=False)
    figure.update_layout(height=420, margin={"t": 56}, dragmode=False)
    return styled(figure)
