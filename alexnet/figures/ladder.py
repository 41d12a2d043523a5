"""Rungs of accuracy: a bar for each recipe, its seeds as dots, guessing as a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alexnet.figures.theme import NEUTRAL, VALIDATION, styled

if TYPE_CHECKING:
    import plotly.graph_objects as go

_MEANS = 94  # where their numbers stand, in per cent
_ROW, _FRAME = 30, 70  # pixels of a rung, and of what is around all of them


@dataclass(frozen=True)
class Rung:
    """One recipe.

    Attributes:
        name: In the reader's language.
        accuracies: Of its seeds, 0 to 1; empty while there are none.
        tuned: Only the training was changed up to here, not the architecture.
        shown: Or is it still to be climbed?
    """

    name: str
    accuracies: Sequence[float]
    tuned: bool
    shown: bool

    @property
    def mean(self) -> float | None:
        """Of its seeds."""
        return sum(self.accuracies) / len(self.accuracies) if self.accuracies else None


@dataclass(frozen=True)
class Words:
    """What is written in the picture, in the reader's language."""

    axis: str
    mean: str
    seed: str
    hidden: str


def ladder(rungs: Sequence[Rung], words: Words, *, chance: float = 0.5) -> go.Figure:
    """The first rung at the bottom, the last at the top.

    Args:
        rungs: From the bottom up.
        words: What is written.
        chance: The accuracy of guessing, where the bars begin.
    """
    from alexnet.figures.plotly import go

    places = [f"{number}. {rung.name}" for number, rung in enumerate(rungs)]
    shown = [
        (place, rung, rung.mean)
        for place, rung in zip(places, rungs, strict=True)
        if rung.shown and rung.mean is not None
    ]
    figure = go.Figure(
        [
            go.Bar(
                orientation="h",
                y=[place for place, _, _ in shown],
                x=[100 * (mean - chance) for _, _, mean in shown],
                base=100 * chance,
                customdata=[100 * mean for _, _, mean in shown],
                marker={
                    "color": VALIDATION,
                    "opacity": 0.75,
                    "pattern": {
                        "shape": ["/" if rung.tuned else "" for _, rung, _ in shown],
                        "fillmode": "overlay",
                        "size": 6,
                    },
                },
                hovertemplate=f"%{{y}} · {words.mean}: %{{customdata:.1f}} %<extra></extra>",
            ),
            go.Scatter(
                mode="markers",
                y=[place for place, rung, _ in shown for _ in rung.accuracies],
                x=[100 * accuracy for _, rung, _ in shown for accuracy in rung.accuracies],
                marker={"size": 7, "color": NEUTRAL, "line": {"color": "white", "width": 1}},
                hovertemplate=f"%{{y}} · {words.seed}: %{{x:.1f}} %<extra></extra>",
            ),
            go.Scatter(
                mode="text",
                y=[place for place, _, _ in shown],
                x=[_MEANS] * len(shown),  # a column of their own: beside a dot they would look like its value
                text=[f"<b>{100 * mean:.1f}</b>" for _, _, mean in shown],
                textposition="middle right",
                cliponaxis=False,
                hoverinfo="skip",
            ),
            go.Scatter(
                mode="text",
                y=[place for place, rung in zip(places, rungs, strict=True) if not rung.shown],
                x=[100 * chance + 1 for rung in rungs if not rung.shown],
                text=[words.hidden for rung in rungs if not rung.shown],
                hoverinfo="skip",
            ),
        ]
    )
    figure.add_vline(100 * chance, line={"color": NEUTRAL, "width": 1.5, "dash": "dot"})
    figure.update_yaxes(categoryorder="array", categoryarray=places, range=[-0.6, len(places) - 0.4])
    ticks = range(round(100 * chance), _MEANS, 10)
    figure.update_xaxes(
        range=[100 * chance - 4, _MEANS + 12],
        tickvals=list(ticks),
        ticktext=[f"{tick} %" for tick in ticks],
        title=words.axis,
    )
    figure.update_layout(
        height=_FRAME + _ROW * len(rungs), showlegend=False, uirevision="ladder", bargap=0.3, dragmode=False
    )
    return styled(figure)


@dataclass(frozen=True)
class Curve:
    """A recipe's name, and for each seed its lines with ``epoch`` and ``validation_accuracy``."""

    name: str
    seeds: Sequence[Sequence[Mapping[str, Any]]]


def climbing(curves: Sequence[Curve], epoch: str, accuracy: str) -> go.Figure:
    """Validation accuracy over the epochs, a line for each seed; the last recipe thick, those before grey."""
    from alexnet.figures.plotly import go

    figure = go.Figure()
    for place, curve in enumerate(curves):
        current = place == len(curves) - 1
        for number, lines in enumerate(curve.seeds):
            figure.add_trace(
                go.Scatter(
                    x=[line["epoch"] for line in lines],
                    y=[100 * line["validation_accuracy"] for line in lines],
                    name=curve.name,
                    legendgroup=curve.name,
                    showlegend=number == 0,
                    mode="lines+markers",
                    line={
                        "color": VALIDATION if current else NEUTRAL,
                        "width": 2.5 if current else 1.5,
                        "dash": "solid" if current else "dot",
                    },
                    marker={"size": 5, "symbol": "diamond" if current else "circle"},
                    hovertemplate=f"{curve.name} · %{{x}}: %{{y:.1f}} %<extra></extra>",
                )
            )
    figure.update_xaxes(title=epoch, rangemode="tozero")
    figure.update_yaxes(title=accuracy, ticksuffix=" %", range=[45, 100])
    figure.update_layout(height=280)
    return styled(figure)
