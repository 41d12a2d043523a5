"""The lanes of a race on shared axes: each with a colour, a dash and a mark of its own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alexnet.figures.curves import Line, Measure
from alexnet.figures.theme import BELOW, NEUTRAL, Look, styled

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT = 360
MARKS = 10
"""On a line at most: enough to tell it by, few enough to see its way."""
HIGHEST = 1.5
"""A loss is drawn up to so many times that of guessing: a lane that explodes leaves the others in sight."""


@dataclass(frozen=True)
class Curve:
    """One lane: its name, how it is drawn, and its lines of kind ``step`` and ``epoch``."""

    name: str
    look: Look
    steps: Sequence[Line]
    epochs: Sequence[Line]


def race(measure: Measure, curves: Sequence[Curve], *, total: int, classes: int, axis: str) -> go.Figure:
    """One measure of every lane over the epochs.

    The accuracy is that on the validation images, looked at after each epoch; the loss is that of the
    batches while the network learned from them. A dotted grey line is what guessing comes to.

    Args:
        measure: ``accuracy`` (drawn as per cent) or ``loss``.
        curves: One for each lane.
        total: Epochs that there are to be.
        classes: How many there are.
        axis: Title of the horizontal axis.
    """
    from alexnet.figures.plotly import go

    share = measure == "accuracy"
    guessing = 100 / classes if share else math.log(classes)
    figure = go.Figure()
    for curve in curves:
        lines = curve.epochs if share else curve.steps
        values = [100 * line["validation_accuracy"] if share else line["loss"] for line in lines]
        number = "%{y:.1f} %" if share else "%{y:.3f}"
        figure.add_scatter(
            x=[line["epoch"] for line in lines],
            y=values,
            name=curve.name,
            mode="lines+markers",
            line={"color": curve.look.colour, "dash": curve.look.dash, "width": 2.5},
            marker={"symbol": curve.look.symbol, "size": 9, "maxdisplayed": MARKS},
            hovertemplate=f"{curve.name} · %{{x:.2f}}: {number}<extra></extra>",
        )
    figure.add_hline(guessing, line={"color": NEUTRAL, "width": 1.5, "dash": "dot"})
    figure.update_xaxes(range=[0, total * 1.02], title=axis)
    lowest = min((value for trace in figure.data for value in trace.y), default=guessing)
    if share:  # on few images an accuracy may lie far below guessing
        figure.update_yaxes(range=[min(guessing - 10, lowest - 2), 101], ticksuffix=" %")
    else:
        figure.update_yaxes(range=[0.9 * min(lowest, 0.8 * guessing), HIGHEST * guessing])
    figure.update_layout(height=HEIGHT, uirevision="race", showlegend=True, legend=BELOW)
    return styled(figure)
