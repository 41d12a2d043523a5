"""Initializers: how wide the first weights of a layer are, and what that does to a signal."""

from alexnet.ui.components import header, source, try_this
from pages.initializers import distribution, history, race, signal, views

header("initializers")
view = views.ask()
match view:
    case "signal":
        signal.draw_view()
    case "history":
        history.draw_view()
    case "race":
        race.draw_view()
    case _:
        distribution.draw_view()
if tries := views.TRY[view]:
    try_this("initializers", tries)
source("initializers", "source")
