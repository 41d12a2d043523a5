"""Training: a run of one's own, from its settings to its results, and recorded ones to learn from."""

from alexnet.ui.components import header_of_views, source, try_this
from alexnet.ui.runs import start
from pages.training import ladder, new_run, recorded, run

VIEWS = {
    "new": lambda: start.offer(new_run.ask().config),
    "runs": run.draw,
    "recorded": recorded.draw,
    "ladder": ladder.draw,
}

view = header_of_views("training", list(VIEWS))
VIEWS[view]()
try_this("training", ladder.TRIES if view == "ladder" else new_run.TRIES)
source("training", "source")
