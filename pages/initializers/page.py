"""Initializers: how wide the first weights of a layer are, and what that does to a signal."""

from alexnet.ui.components import header_of_views, source, try_this
from pages.initializers import distribution, history, race, signal
from pages.initializers.tries import TRIES

VIEWS = {"distribution": distribution, "signal": signal, "history": history, "race": race}

view = header_of_views("initializers", list(VIEWS))
VIEWS[view].draw()
if tries := TRIES[view]:
    try_this("initializers", tries)
source("initializers", "source")
