"""A mark for each training of a class: the accuracy that it reached over the rate that it learned with."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alexnet.figures.theme import BELOW, NEUTRAL, Look, styled

if TYPE_CHECKING:
    import plotly.graph_objects as go

_APART = 0.05  # decades between two marks of one rate
_SIZE, _OWN_SIZE = 13, 18  # pixels


@dataclass(frozen=True)
class Mark:
    """One training.

    Attributes:
        number: Stands above it.
        said: Its name and settings, for who points at it.
        rate: The highest it learned with, above 0.
        accuracy: 0 to 1.
        start: Its initializer's name, for the legend.
        look: Of its initializer.
        own: Is it the viewer's?
    """

    number: int
    said: str
    rate: float
    accuracy: float
    start: str
    look: Look
    own: bool


@dataclass(frozen=True)
class Words:
    """What is written in the picture, in the reader's language."""

    rate: str
    accuracy: str
    chance: str


def together(marks: Sequence[Mark], words: Words, *, chance: float) -> go.Figure:
    """One mark each, in its initializer's look; those of one rate stand side by side, one's own are larger.

    Args:
        marks: At least one.
        words: What is written.
        chance: The accuracy of guessing, 0 to 1: a dotted line.
    """
    from alexnet.figures.plotly import go

    places = _places(marks)
    traces = []
    for start in dict.fromkeys(mark.start for mark in marks):
        group = [(mark, place) for mark, place in zip(marks, places, strict=True) if mark.start == start]
        look = group[0][0].look
        traces.append(
            go.Scatter(
                x=[place for _, place in group],
                y=[100 * mark.accuracy for mark, _ in group],
                mode="markers+text",
                name=start,
                text=[f"<b>{mark.number}</b>" if mark.own else str(mark.number) for mark, _ in group],
                textposition="top center",
                cliponaxis=False,
                customdata=[mark.said for mark, _ in group],
                marker={
                    "color": look.colour,
                    "symbol": look.symbol,
                    "size": [_OWN_SIZE if mark.own else _SIZE for mark, _ in group],
                    "line": {"width": 1, "color": "white"},
                },
                hovertemplate="%{customdata}<br>%{y:.1f} %<extra></extra>",
            )
        )
    rates = sorted({mark.rate for mark in marks})
    low = min(100 * chance, *(100 * mark.accuracy for mark in marks))
    layout = {
        "xaxis": {
            "type": "log",
            "title": {"text": words.rate},
            "tickvals": rates,
            "ticktext": [f"{rate:g}" for rate in rates],
            "range": [math.log10(rates[0]) - 0.4, math.log10(rates[-1]) + 0.4],
        },
        "yaxis": {"title": {"text": words.accuracy}, "range": [low - 4, 104], "ticksuffix": " %"},
        "shapes": [
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": 100 * chance,
                "y1": 100 * chance,
                "line": {"color": NEUTRAL, "width": 1.5, "dash": "dot"},
            }
        ],
        "annotations": [
            {
                "xref": "paper",
                "x": 0,
                "xanchor": "left",
                "y": 100 * chance,
                "yanchor": "top",
                "text": words.chance,
                "showarrow": False,
            }
        ],
        "height": 430,
        "legend": BELOW,
        "showlegend": True,
        "dragmode": False,
    }
    return styled(go.Figure(traces, layout))


def _places(marks: Sequence[Mark]) -> list[float]:
    """Where each stands: at its rate, those of one rate side by side around it."""
    same: dict[float, list[int]] = defaultdict(list)
    for at, mark in enumerate(marks):
        same[mark.rate].append(at)
    places = [0.0] * len(marks)
    for rate, members in same.items():
        for step, at in enumerate(members):
            places[at] = rate * 10 ** (_APART * (step - (len(members) - 1) / 2))
    return places
