"""Training: a run of one's own, from its settings to its results, and recorded ones to learn from."""

from alexnet.ui import replay, run_page, state, training_controls
from alexnet.ui.components import header, source, try_this
from alexnet.ui.language import t

header("training")
show = state.choice(
    "training_show",
    ["new", "runs", "recorded"],
    label=t("training.show"),
    default="new",
    name=lambda id: t(f"training.show_{id}"),
    kind="segmented",
)
if show == "new":
    wish = training_controls.ask()
    training_controls.costs(wish)
    training_controls.start(wish)
elif show == "runs":
    run_page.draw()
else:
    replay.draw()

try_this("training", training_controls.TRIES)
source("training", "source")
