"""How far each tower's responses move when the hues of a picture turn, and when it loses its colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alexnet.figures.theme import NEUTRAL, styled

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT = 300


@dataclass(frozen=True)
class Tower:
    """A tower's line: ``changes`` by angle, and ``grey``, all as shares of its responses."""

    name: str
    colour: str
    changes: Sequence[float]
    grey: float


@dataclass(frozen=True)
class Words:
    """What stands on the figure, in the reader's language."""

    hue: str
    change: str
    grey: str


def turns(towers: Sequence[Tower], angles: Sequence[int], chosen: int, words: Words) -> go.Figure:
    """One line a tower over the angle, closed at a whole turn; dotted, its change in grey.

    Args:
        towers: One or two.
        angles: In degrees, from 0 on, evenly spaced.
        chosen: The angle that the page shows, marked.
        words: What is written.
    """
    from alexnet.figures.plotly import go

    figure = go.Figure()
    for number, tower in enumerate(towers):
        figure.add_scatter(
            x=[*angles, 360],
            y=[100 * value for value in (*tower.changes, tower.changes[0])],
            name=tower.name,
            mode="lines+markers",
            line={"color": tower.colour, "width": 2.5},
            marker={"size": 7, "symbol": ("circle", "diamond")[number]},
            hovertemplate=f"{tower.name} · %{{x}}°: %{{y:.0f}} %<extra></extra>",
        )
        figure.add_scatter(
            x=[0, 360],
            y=[100 * tower.grey] * 2,
            name=f"{tower.name}, {words.grey}",
            mode="lines",
            line={"color": tower.colour, "width": 1.5, "dash": "dot"},
            hovertemplate=f"{tower.name}, {words.grey}: %{{y:.0f}} %<extra></extra>",
        )
    figure.add_vline(chosen, line={"color": NEUTRAL, "width": 1.5})
    figure.update_xaxes(title=words.hue, range=[-8, 372], dtick=60, ticksuffix="°")
    figure.update_yaxes(title=words.change, rangemode="tozero", ticksuffix=" %")
    figure.update_layout(height=HEIGHT, uirevision="hues")
    return styled(figure)
