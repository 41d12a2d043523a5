"""How a training goes: accuracy and loss, on the training and on the validation images, epoch by epoch."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from alexnet.figures.theme import NEUTRAL, TRAINING, VALIDATION, styled

if TYPE_CHECKING:
    import plotly.graph_objects as go

Measure = Literal["accuracy", "loss"]
Line = Mapping[str, Any]

HEIGHT = 330

STEEP = 20.0
"""Where a loss stands above so many times that of guessing, the axis is logarithmic."""


@dataclass(frozen=True)
class Words:
    """What is written in the picture, in the reader's language."""

    epochs: str
    training: str
    steps: str
    validation: str
    test: str
    guessing: str


def curve(
    measure: Measure,
    steps: Sequence[Line],
    epochs: Sequence[Line],
    test: Line | None,
    *,
    total: int,
    classes: int,
    words: Words,
) -> go.Figure:
    """One measure over the epochs.

    The thin line are means of a few batches while the network learned from them, the thick solid line their
    means over each epoch, the dashed line the validation images, looked at after each epoch. A dotted line
    is what guessing comes to: an accuracy of one in ``classes``, a loss of log(classes).

    Args:
        measure: ``accuracy`` (0 to 1, drawn as per cent) or ``loss`` (mean cross-entropy).
        steps: Lines with ``epoch`` (a fraction) and the measure; at most some hundred.
        epochs: Lines with ``epoch``, the measure and ``validation_<measure>``.
        test: The line with ``test_accuracy``, drawn with the accuracy, at the end.
        total: Epochs that there are to be.
        classes: How many there are.
        words: What is written.
    """
    from alexnet.figures.plotly import go

    share = measure == "accuracy"
    unit = 100.0 if share else 1.0
    after = [line["epoch"] for line in epochs]
    number = "%{y:.1f} %" if share else "%{y:.3f}"

    def trace(name: str, x: list[Any], y: list[float], **style: Any) -> go.Scatter:
        hover = f"{name} · %{{x:.2f}}: {number}<extra></extra>"
        return go.Scatter(x=x, y=y, name=name, hovertemplate=hover, **style)

    figure = go.Figure(
        [
            trace(
                words.steps,
                [line["epoch"] for line in steps],
                [unit * line[measure] for line in steps],
                mode="lines",
                line={"color": TRAINING, "width": 1},
                opacity=0.55,
                showlegend=False,
            ),
            trace(
                words.training,
                after,
                [unit * line[measure] for line in epochs],
                mode="lines+markers",
                line={"color": TRAINING, "width": 2.5},
                marker={"size": 5},
            ),
            trace(
                words.validation,
                after,
                [unit * line[f"validation_{measure}"] for line in epochs],
                mode="lines+markers",
                line={"color": VALIDATION, "width": 2.5, "dash": "dash"},
                marker={"size": 7, "symbol": "diamond"},
            ),
        ]
    )
    if share and test is not None:
        figure.add_trace(
            trace(
                words.test,
                [total],
                [unit * test["test_accuracy"]],
                mode="markers",
                marker={"size": 15, "symbol": "star", "color": VALIDATION},
            )
        )
    guessing = unit / classes if share else math.log(classes)
    figure.add_hline(
        guessing,
        line={"color": NEUTRAL, "width": 1.5, "dash": "dot"},
        annotation={"text": words.guessing, "font": {"size": 12}},
        annotation_position="bottom right" if share else "top right",  # on the left the curves begin
    )
    # Room from the first moment on, so that the curves grow into a frame that stands still.
    figure.update_xaxes(range=[0, total * 1.02], title=words.epochs, rangemode="tozero")
    if share:
        seen = [line["accuracy"] for line in (*steps, *epochs)]
        low = max(0.0, math.floor(20 * min([1 / classes, *seen])) / 20 - 0.05)
        figure.update_yaxes(range=[unit * low, 101], ticksuffix=" %")
    elif max((line["loss"] for line in (*steps, *epochs)), default=0.0) > STEEP * guessing:
        # Else the spike alone would be seen, and the loss before it as nothing.
        figure.update_yaxes(type="log", exponentformat="power", dtick=3, minor={"showgrid": False})
        figure.layout.annotations[-1].y = math.log10(guessing)  # plotly places notes by the exponent
    else:
        figure.update_yaxes(rangemode="tozero")
    # The reader's zoom stays while the curves grow.
    figure.update_layout(height=HEIGHT, uirevision="run", hovermode="closest", showlegend=True)
    return styled(figure)
