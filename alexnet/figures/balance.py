"""How many pictures of each class a data set has, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from alexnet.figures.theme import LAYER_COLOURS, TRAINING, VALIDATION, styled

if TYPE_CHECKING:
    import plotly.graph_objects as go

BAR = 30
"""Pixels of a class's bar with its gap."""

_COLOURS = (TRAINING, VALIDATION, LAYER_COLOURS["pooling"])
_PATTERNS = ("", "/", ".")  # which a grey print tells apart


def balance(counts: NDArray[np.int64], names: Sequence[str], parts: Sequence[str], axis: str) -> go.Figure:
    """A bar for each class, the first on top, of a piece for each part.

    Args:
        counts: (classes, parts).
        names: The classes'.
        parts: The parts'; one without any picture has no piece and no name.
        axis: Title of the axis.
    """
    from alexnet.figures.plotly import go

    bars = [
        go.Bar(
            x=counts[:, part],
            y=list(names),
            name=parts[part],
            orientation="h",
            marker={
                "color": _COLOURS[part],
                "pattern": {"shape": _PATTERNS[part], "fillmode": "overlay", "fgcolor": "white", "size": 7},
            },
            hovertemplate="%{y} · %{fullData.name}: %{x:,}<extra></extra>",
        )
        for part in range(counts.shape[1])
        if counts[:, part].any()
    ]
    figure = go.Figure(bars)
    figure.update_xaxes(title=axis, rangemode="tozero")
    figure.update_yaxes(autorange="reversed")
    figure.update_layout(
        barmode="stack", legend={"traceorder": "normal"}, height=BAR * len(names) + 110, bargap=0.3
    )
    return styled(figure)
