"""Training: a run of one's own, from its settings to its results, and recorded ones to learn from."""

from alexnet.ui import ladder, replay, run_page, state, training_controls
from alexnet.ui.components import header, source, try_this
from alexnet.ui.language import t

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
    wish = training_controls.ask()
    training_controls.costs(wish.config)
    training_controls.start(wish.config)
elif show == "runs":
    run_page.draw()
elif show == "recorded":
    replay.draw()
else:
    ladder.draw()

try_this("training", ladder.TRIES if show == "ladder" else training_controls.TRIES)
source("training", "source")
