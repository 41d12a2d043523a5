"""Training: a run of one's own, from its settings to its results, and recorded ones to learn from."""

from alexnet.ui.components import header_of_views, source, try_this
from pages.training import augmentation, ladder, new_run, recorded, run, together, worth

VIEWS = {
    "new": new_run.draw,
    "runs": run.draw,
    "together": together.draw,
    "beginning": worth.draw,
    "augmentation": augmentation.draw,
    "recorded": recorded.draw,
    "ladder": ladder.draw,
}

view = header_of_views("training", list(VIEWS))
VIEWS[view]()
TRIES = {"ladder": ladder.TRIES, "beginning": worth.TRIES, "augmentation": augmentation.TRIES}
try_this("training", TRIES.get(view, new_run.TRIES))
source("training", "source")
