"""The weights of one kernel, channel by channel, every value to be read by hovering."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from alexnet.figures.theme import DIVERGING, styled

if TYPE_CHECKING:
    import plotly.graph_objects as go

_GAP = 0.03  # of the figure's width, between two channels


def weights(kernel: NDArray[np.floating], names: Sequence[str]) -> go.Figure:
    """A square for each channel on one diverging scale: blue is negative, white is 0, orange is positive.

    Args:
        kernel: (height, width, channels).
        names: Of the channels, above them.
    """
    from alexnet.figures.plotly import go

    height, width, channels = kernel.shape
    limit = float(np.abs(kernel).max()) or 1.0
    share = (1 - _GAP * (channels - 1)) / channels
    plain = {
        "showgrid": False,
        "zeroline": False,
        "showticklabels": False,
        "ticks": "",
        "constrain": "domain",
    }
    # All of it in one call: plotly takes several milliseconds for each later change.
    traces, axes, titles = [], {}, []
    for channel, name in enumerate(names):
        axis = "" if channel == 0 else str(channel + 1)
        left = channel * (share + _GAP)
        traces.append(
            go.Heatmap(
                z=kernel[:, :, channel],
                x=np.arange(1, width + 1),
                y=np.arange(1, height + 1),
                xaxis=f"x{axis}",
                yaxis=f"y{axis}",
                coloraxis="coloraxis",
                hovertemplate=f"{name} (%{{y}}, %{{x}}): %{{z:.4f}}<extra></extra>",
            )
        )
        axes[f"xaxis{axis}"] = {**plain, "domain": [left, left + share], "anchor": f"y{axis}"}
        # Rows count downwards, and every weight is a square.
        axes[f"yaxis{axis}"] = {
            **plain,
            "anchor": f"x{axis}",
            "autorange": "reversed",
            "scaleanchor": f"x{axis}",
            "constraintoward": "top",
        }
        middle = {"x": left + share / 2, "y": 1, "xref": "paper", "yref": "paper", "yanchor": "bottom"}
        titles.append({**middle, "text": name, "showarrow": False})
    scale = {
        "colorscale": [list(stop) for stop in DIVERGING],
        "cmin": -limit,
        "cmax": limit,
        "colorbar": {
            "orientation": "h",
            "thickness": 10,
            "y": -0.05,
            "yanchor": "top",
            "tickvals": [-limit, 0, limit],
            "tickformat": ".2g",
        },
    }
    layout = {
        **axes,
        "annotations": titles,
        "height": 255,
        "margin": {"t": 54},  # the names stand below the tool bar
        "coloraxis": scale,
    }
    return styled(go.Figure(traces, layout))
