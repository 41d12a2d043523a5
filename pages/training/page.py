"""Training: a run of one's own, from its settings to its results, and recorded ones to learn from."""

from alexnet.ui import state
from alexnet.ui.components import header, source, try_this
from alexnet.ui.language import t
from alexnet.ui.runs import start
from pages.training import ladder, new_run, recorded, run

header("training")
show = state.choice(
    "training_show",
    ["new", "runs", "recorded", "ladder"],
    label=t("training.show"),
    default="new",
    name=lambda id: t(f"training.show_{id}"),
    kind="segmented",
)
if show == "new":
    start.offer(new_run.ask().config)
elif show == "runs":
    run.draw()
elif show == "recorded":
    recorded.draw()
else:
    ladder.draw()

try_this("training", ladder.TRIES if show == "ladder" else new_run.TRIES)
source("training", "source")
