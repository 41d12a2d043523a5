"""One set of colours and one figure style for every picture of the app.

Colours are the Okabe-Ito palette, which readers with any common colour-vision deficiency can tell apart
(Okabe and Ito, "Color Universal Design", 2008). Each means one thing everywhere: a tower or a kind of layer.
plotly is imported when the first figure is styled, so that a page without charts never pays for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import plotly.graph_objects as go

TOWER_COLOURS: tuple[str, str] = ("#0072B2", "#D55E00")
"""Tower 1 (the paper's GPU 1) and tower 2 (GPU 2): blue and vermilion. Both reach a contrast of 3:1 on the
light and on the dark background."""

LAYER_COLOURS: dict[str, str] = {
    "image": "#F0E442",
    "convolution": "#009E73",
    "pooling": "#56B4E9",
    "normalization": "#CC79A7",
    "dense": "#E69F00",
    "dropout": "#999999",
    "flatten": "#B3B3B3",
}
"""The colour of each kind of layer, by the kind's name."""

NEUTRAL = "#808080"
"""Outlines, references and whatever belongs to no tower: mid grey, as legible on white as on black."""

TRAINING, VALIDATION = NEUTRAL, "#8E6BD1"
"""Curves of what a network learns from (grey, solid) and of what it is only watched by (violet, dashed with
diamonds). Each has a contrast of more than 3.9:1 on the light and on the dark background."""


@dataclass(frozen=True)
class Look:
    """How one of several series is drawn: three signs, each of which tells it apart where another fails.

    Attributes:
        colour: Of its line and its marks.
        dash: A plotly name of a line's style.
        symbol: A plotly name of a mark.
    """

    colour: str
    dash: str
    symbol: str

    def again(self) -> Look:
        """The look of a second series of the same kind: the same colour, hollow marks, another dash."""
        dashes = [look.dash for look in LOOKS]
        hollow = self.symbol.removesuffix("-open") + ("" if self.symbol.endswith("-open") else "-open")
        return Look(self.colour, dashes[(dashes.index(self.dash) + 1) % len(dashes)], hollow)


LOOKS: tuple[Look, ...] = (
    Look("#0072B2", "solid", "circle"),
    Look("#D55E00", "dash", "diamond"),
    Look("#009E73", "dot", "square"),
    Look("#CC79A7", "dashdot", "triangle-up"),
    Look(NEUTRAL, "longdash", "x"),
    Look("#E69F00", "longdashdot", "star"),
)
"""The look of each series of a figure, by its number: six differ in colour, in dash and in mark."""

INITIALIZER_LOOKS: Mapping[str, Look] = {
    "he_normal": LOOKS[0],
    "glorot_uniform": LOOKS[1],
    "code_2012": LOOKS[2],
    "paper_2012": LOOKS[3],
    "zeros": LOOKS[4],
    "lecun_normal": LOOKS[5],
    "glorot_normal": Look("#D55E00", "solid", "triangle-down"),
    "he_uniform": Look("#0072B2", "dot", "pentagon"),
    "lecun_uniform": Look("#E69F00", "dash", "hexagon"),
    "random_normal": Look("#009E73", "dashdot", "cross"),
    "random_uniform": Look("#56B4E9", "longdash", "triangle-left"),
    "orthogonal": Look("#56B4E9", "longdashdot", "bowtie"),
    "constant": Look(NEUTRAL, "dot", "hourglass"),
}
"""The look of each initializer, on every page, by its id on the pages."""

MEMORY_COLOURS: dict[str, str] = {
    "weights": "#5B4A9E",
    "weight_gradients": "#8E7CC8",
    "optimizer": "#C4B9E6",
    "activations": "#2E7D87",
    "activation_gradients": "#8CC4CA",
}
"""The parts of ``alexnet.architecture.memory.Memory``: shades of violet for what there is of each weight, of
teal for what there is of each image."""

DIVERGING: tuple[tuple[float, str], ...] = ((0.0, "#08407E"), (0.5, "#F2F2F2"), (1.0, "#EE8B4A"))
"""A plotly colour scale for signed values; centre it at zero (``cmid=0`` or ``zmid=0``). The negative end is
a dark blue and the positive end a bright orange, so that a grey print tells them apart, too."""

CAPTION = 0.75
"""How opaque a caption is on its page: quieter than the text, with a contrast of more than 4.5:1."""

FONT = (
    "Pretendard, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR', "
    "system-ui, sans-serif"
)
"""Faces that draw Hangul and Latin in one style on macOS, Windows and Linux, best first."""


BELOW = {"yref": "container", "y": 0.0, "yanchor": "bottom"}
"""A legend at the bottom edge of its chart: a place counted in heights of the plot, which the many lines of a
legend make smaller on a phone, would lie on the axis's title."""


def styled(figure: go.Figure) -> go.Figure:
    """The same figure in the app's style: transparent, quiet grid, legible in light and dark.

    Text takes the reader's theme from Streamlit (``theme="streamlit"``), so no text colour is set here.
    Sizes that the figure has set itself are kept.

    Returns:
        The figure that came in, changed in place.
    """
    figure.layout.template = _template()
    return figure


@cache
def _template() -> go.layout.Template:
    """What every figure has in common; built once, since plotly checks each value of it."""
    from alexnet.figures.plotly import go

    axis = {
        "gridcolor": "rgba(128,128,128,0.22)",
        "zerolinecolor": "rgba(128,128,128,0.5)",
        "automargin": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 14},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 8, "r": 8, "t": 36, "b": 8},
            "colorway": [
                *TOWER_COLOURS,
                LAYER_COLOURS["convolution"],
                LAYER_COLOURS["dense"],
                LAYER_COLOURS["normalization"],
                LAYER_COLOURS["pooling"],
            ],
            "xaxis": axis,
            "yaxis": axis,
            "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.0, "xanchor": "left", "x": 0.0},
            "separators": ".,",
            "hoverlabel": {"font": {"family": FONT}},
        }
    )
