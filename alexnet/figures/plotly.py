"""plotly, to be imported where a figure is made: ``from alexnet.figures.plotly import go``.

plotly and narwhals, which it uses, ask each value whether it is a pandas one as soon as the module pandas is
there. While another thread is still importing pandas, as TensorFlow's import in the background does, that
fails. So it is imported here first: whoever comes meanwhile waits until it is whole.
"""

from __future__ import annotations

import pandas  # type: ignore[import-untyped]  # noqa: F401
import plotly.graph_objects as go

__all__ = ["go"]
