"""Initializers: how wide the first weights of a layer are, and what that does to a signal."""

from alexnet.ui import (
    initializer_distribution,
    initializer_history,
    initializer_signal,
    initializer_views,
    race_page,
)
from alexnet.ui.components import header, source, try_this

header("initializers")
view = initializer_views.ask()
match view:
    case "signal":
        initializer_signal.draw_view()
    case "history":
        initializer_history.draw_view()
    case "race":
        race_page.draw_view()
    case _:
        initializer_distribution.draw_view()
if tries := initializer_views.TRY[view]:
    try_this("initializers", tries)
source("initializers", "source")
