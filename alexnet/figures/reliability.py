"""Accuracy against stated probability: where an honest network's marks lie on the diagonal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from alexnet.figures.theme import LOOKS, NEUTRAL, styled

if TYPE_CHECKING:
    import plotly.graph_objects as go


class Words(NamedTuple):
    """What stands on the figure, in the reader's language.

    Attributes:
        stated: Title of the axis across, with its unit.
        accuracy: Title of the axis up, with its unit.
        honest: Name of the diagonal.
        images: Behind a bin's number of pictures, where it is pointed at.
    """

    stated: str
    accuracy: str
    honest: str
    images: str


def reliability(series: Sequence[tuple[str, Sequence[tuple[int, float, float]]]], words: Words) -> go.Figure:
    """A line for each series; a mark is the larger the more pictures it stands for.

    Args:
        series: Of each its name and its bins: pictures, stated probability and accuracy, both 0 to 1.
        words: See there.
    """
    from alexnet.figures.plotly import go

    figure = go.Figure()
    figure.add_scatter(
        x=[0, 100],
        y=[0, 100],
        mode="lines",
        name=words.honest,
        line={"color": NEUTRAL, "dash": "dot"},
        hoverinfo="skip",
    )
    for (name, bins), look in zip(series, LOOKS, strict=False):
        most = max(images for images, _, _ in bins)
        figure.add_scatter(
            x=[100 * stated for _, stated, _ in bins],
            y=[100 * accuracy for _, _, accuracy in bins],
            customdata=[images for images, _, _ in bins],
            name=name,
            mode="lines+markers",
            cliponaxis=False,  # the largest marks lie in the corner
            line={"color": look.colour, "dash": look.dash},
            marker={
                "symbol": look.symbol,
                "size": [7 + 11 * (images / most) ** 0.5 for images, _, _ in bins],
            },
            hovertemplate=f"%{{x:.1f}} % → %{{y:.1f}} %<br>%{{customdata:,}} {words.images}<extra></extra>",
        )
    figure.update_xaxes(title=words.stated, range=[0, 102])
    figure.update_yaxes(title=words.accuracy, range=[0, 104])
    # On a phone the label at 100 needs the margin: without room it is left out.
    legend = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}
    figure.update_layout(height=420, margin={"r": 24}, legend=legend)
    return styled(figure)
