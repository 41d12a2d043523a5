"""Drawn weights as a histogram under the density that they were drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from alexnet.figures.theme import BELOW, NEUTRAL, Look, styled
from alexnet.numerics.initializers import Distribution

if TYPE_CHECKING:
    import plotly.graph_objects as go

BINS = 80
POINTS = 600
MARKS = 13  # on a density at most
REACH = 4.0  # standard deviations to either side, where a distribution has no end of its own


@dataclass(frozen=True)
class Sample:
    """Weights drawn from a distribution, under the name and with the look they are shown with."""

    name: str
    look: Look
    distribution: Distribution
    weights: NDArray[np.float32]

    @property
    def measured(self) -> float:
        """The standard deviation of the drawn weights around the mean that they have by design."""
        away = self.weights.astype(np.float64) - np.float32(self.distribution.mean)
        return float(np.sqrt(np.mean(away**2)))


@dataclass(frozen=True)
class Words:
    """What stands on the figure, in the reader's language."""

    weight: str
    """Title of the horizontal axis."""
    density: str
    """Title of the vertical axis, with its unit."""
    drawn: str
    """Legend of a histogram, after the sample's name."""
    theory: str
    """Legend of a density, after the sample's name."""
    parent: str
    """Legend of the bell that a truncated normal distribution is cut from."""


def reach(samples: Sequence[Sample]) -> float:
    """How far the horizontal axis goes to either side: a little beyond every bound."""
    far = max(
        1.12 * shape.bound if shape.form == "point" else min(1.12 * shape.bound, REACH * shape.std)
        for shape in (sample.distribution for sample in samples)
    )
    return far or 0.05  # zeros alone have no width


def histogram(samples: Sequence[Sample], words: Words, *, numbers: bool = True) -> go.Figure:
    """Histograms of the drawn weights, the densities over them, and a mark at plus and minus one deviation.

    Both are densities: areas, not heights, are probabilities. A distribution without spread has no density:
    it is an upright line at its value. A truncated one shows, dotted, the wider bell that it was cut from,
    where it stands alone. Each density has the colour, the dash and the marks of its rule.

    Args:
        samples: What was drawn.
        words: What stands on the figure.
        numbers: Whether the axes are marked with them; without, the width is still to be guessed.
    """
    from alexnet.figures.plotly import go

    # All of it in one call: plotly takes several milliseconds for each later change.
    traces: list[Any] = []
    lines: list[dict[str, object]] = []
    labels: list[dict[str, object]] = []
    far = reach(samples)
    edges = np.linspace(-far, far, BINS + 1)
    x = np.linspace(-far, far, POINTS)
    spread = [sample for sample in samples if sample.distribution.form != "point"]
    for sample in spread:
        # Weights beyond the axis count in the total, so that the bars stay probabilities.
        counts, _ = np.histogram(sample.weights, edges)
        traces.append(
            go.Bar(
                x=(edges[:-1] + edges[1:]) / 2,
                y=counts / (sample.weights.size * np.diff(edges)),
                width=np.diff(edges),
                name=f"{sample.name}, {words.drawn}",
                marker={"color": sample.look.colour, "line": {"width": 0}},
                opacity=0.42,
                hovertemplate="%{x:.4f}: %{y:.2f}<extra></extra>",
            )
        )
    for sample in samples:
        if sample.distribution.form == "point":
            lines.append(_upright(sample.distribution.mean, color=sample.look.colour, width=4))
            traces.append(
                go.Scatter(
                    x=[sample.distribution.mean],
                    y=[0],
                    mode="markers",
                    name=sample.name,
                    marker={"color": sample.look.colour, "symbol": sample.look.symbol, "size": 13},
                    hovertemplate="%{x:.4f}<extra></extra>",
                )
            )
    if len(samples) == 1 and samples[0].distribution.form == "truncated_normal":
        parent = samples[0].distribution.parent_std
        traces.append(
            go.Scatter(
                x=x,
                y=np.exp(-0.5 * (x / parent) ** 2) / (parent * np.sqrt(2 * np.pi)),
                mode="lines",
                name=words.parent,
                line={"color": NEUTRAL, "width": 2, "dash": "dot"},
                hovertemplate="%{x:.4f}: %{y:.2f}<extra></extra>",
            )
        )
    for number, sample in enumerate(spread):
        traces.append(
            go.Scatter(
                x=x,
                y=sample.distribution.density(x),
                mode="lines+markers",
                name=f"{sample.name}, {words.theory}",
                line={"color": sample.look.colour, "width": 3, "dash": sample.look.dash},
                marker={"symbol": sample.look.symbol, "size": 10, "maxdisplayed": MARKS},
                hovertemplate="%{x:.4f}: %{y:.2f}<extra></extra>",
            )
        )
        for sign, label in ((-1, "−σ"), (1, "+σ")):
            std = sign * sample.distribution.std
            lines.append(_upright(std, color=sample.look.colour, width=1.5, dash="dot"))
            if number == 0:  # two labels side by side would run into each other
                place = {"x": std, "y": 1, "yref": "paper", "yanchor": "bottom"}
                labels.append({**place, "text": label, "showarrow": False})
    bare = {} if numbers else {"showticklabels": False}
    layout = {
        "barmode": "overlay",
        "bargap": 0,
        "height": 320,
        "legend": BELOW,
        "margin": {"t": 28},
        **({} if numbers else {"hovermode": False}),
        "xaxis": {"title": {"text": words.weight}, "range": (-far, far), **bare},
        "yaxis": {"title": {"text": words.density}, "rangemode": "tozero", **bare},
        "shapes": lines,
        "annotations": labels,
    }
    return styled(go.Figure(traces, layout))


def _upright(x: float, **line: object) -> dict[str, object]:
    """A line over the whole height of the plot."""
    place = {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "y domain"}
    return {**place, "line": line}
