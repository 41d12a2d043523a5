"""What an answer rests on: a picture lit where it counts, and how the answer falls as parts are covered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from alexnet.figures.theme import LOOKS, NEUTRAL, styled

if TYPE_CHECKING:
    import plotly.graph_objects as go

Pixels = NDArray[np.uint8]

DARK = 0.25
"""Share of its light that a part of no importance keeps."""


def lit(picture: Pixels, importance: NDArray[np.floating]) -> Pixels:
    """The picture as under a spotlight: bright where it counts, dark elsewhere.

    Light and dark need no legend of colours, and tell the same without colour.

    Args:
        picture: (side, side, 3), uint8.
        importance: (side, side); 0 and below is dark, the highest value has the picture's own light.
    """
    highest = float(importance.max())
    shares = np.clip(importance / highest, 0, 1) if highest > 0 else np.zeros_like(importance)
    light = DARK + (1 - DARK) * shares
    result: Pixels = np.rint(picture * light[..., None]).astype(np.uint8)
    return result


def deletion(
    shares: Sequence[float],
    lines: Sequence[tuple[str, Sequence[float]]],
    chance: tuple[str, Sequence[float]],
    *,
    covered: str,
    probability: str,
) -> go.Figure:
    """A class's probability as more and more of the picture is covered, a line for each map of importance.

    Args:
        shares: Of the pixels that are covered, 0 to 1.
        lines: Of each map its name and a probability for each share.
        chance: The same of maps of chance, drawn grey and dotted.
        covered: Title of the axis across, with its unit.
        probability: Title of the other axis, with its unit.
    """
    from alexnet.figures.plotly import go

    figure = go.Figure()
    across = [100 * share for share in shares]
    for (name, values), look in zip(lines, LOOKS, strict=False):
        figure.add_scatter(
            x=across,
            y=[100 * value for value in values],
            name=name,
            mode="lines+markers",
            line={"color": look.colour, "dash": look.dash},
            marker={"symbol": look.symbol, "size": 8},
            hovertemplate="%{x:.0f} %: %{y:.1f} %",
        )
    name, values = chance
    figure.add_scatter(
        x=across,
        y=[100 * value for value in values],
        name=name,
        mode="lines",
        line={"color": NEUTRAL, "dash": "dot"},
        hovertemplate="%{x:.0f} %: %{y:.1f} %",
    )
    figure.update_xaxes(title=covered, range=[-2, 102])
    figure.update_yaxes(title=probability, range=[-2, 104])
    figure.update_layout(height=320, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0})
    return styled(figure)
