"""What a new run is asked: which network, which recipe, which settings; what it will cost; and its start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import psutil
import streamlit as st

from alexnet.architecture import Network
from alexnet.architecture.document import to_link
from alexnet.architecture.shapes import least_size
from alexnet.errors import AlexNetError
from alexnet.numerics.initializers import INITIALIZERS
from alexnet.recipes import NETWORKS as RECOMMENDED
from alexnet.recipes import RECIPES, Recipe, recipe
from alexnet.runs import queue
from alexnet.runs.config import LIMITS, Config, new, with_choices
from alexnet.runs.estimate import estimate
from alexnet.ui import components, state
from alexnet.ui.choices import networks
from alexnet.ui.language import current_language, t
from alexnet.ui.runs import actions, feed, listing
from alexnet.ui.runs import words as run_words
from alexnet.ui.server.viewer import viewer_id

OWN = "own"
EVERY = 2.0
"""Seconds between two looks at whether this viewer may start another run."""

LONG = 1800.0
"""Seconds after which a training is called too long for a lesson."""


@dataclass(frozen=True)
class Wish:
    """The settings of a run that is not yet made; ``network`` is a known one's id, or an edited one."""

    network: str | Network
    recipe: Recipe
    seed: int
    name: str
    size: int | None
    initializer: str | None

    def config(self) -> Config:
        """As a run of this viewer, with a new id.

        Raises:
            InputError: See ``alexnet.runs.config.check``.
        """
        return new(
            viewer_id(),
            self.network,
            self.recipe,
            seed=self.seed,
            name=self.name,
            size=self.size,
            initializer_id=self.initializer,
        )


def ask() -> Wish:
    """Draw the controls in rows that wrap; what was left alone is the recipe's or the network's own."""
    first, second = (st.container(horizontal=True, vertical_alignment="bottom", gap="small") for _ in "12")
    with first.container(width=370):
        base = recipe(
            state.choice(
                "training_recipe",
                [entry.id for entry in RECIPES],
                label=t("training.recipe"),
                default=RECIPES[0].id,
                name=run_words.recipe_name,
                kind="segmented",
                help=t("training.recipe_help"),
            )
        )
    with first.container(width=280):
        chosen_id = networks.ask("training", RECOMMENDED[base.id])
        known = networks.get(chosen_id)
    with first.container(width=190):
        name = st.text_input(
            t("training.name"),
            key="training_name",
            max_chars=int(LIMITS["name_length"][1]),
            placeholder=t("training.name_placeholder"),
            persist_state="session",
        )
    with first.container(width=180):
        augment = state.toggle(
            "training_augment",
            label=t("training.augment"),
            default=base.augment,
            help=t("training.augment_help"),
        )
    with second.container(width=100):
        epochs = _number("epochs", base.epochs)
    with second.container(width=100):
        batch = _number("batch", base.batch)
    with second.container(width=140):
        rate = state.number(
            "training_rate",
            label=t("training.rate"),
            default=base.rate,
            low=LIMITS["rate"][0],
            high=LIMITS["rate"][1],
            step=0.005,
            format="%g",
            help=t("training.rate_help"),
        )
    with second.container(width=190):
        begin = state.choice(
            "training_initializer",
            [OWN, *(entry.id for entry in INITIALIZERS)],
            label=t("training.initializer"),
            default=OWN,
            name=lambda id: t("training.initializer_own") if id == OWN else run_words.rule(id),
        )
    with second.container(width=110):
        least = least_size(known)
        size = state.number(
            "training_size",
            label=t("training.size"),
            default=known.size,
            low=least,
            high=LIMITS["size"][1],
            help=t("training.size_help", least=least, method=t(f"training.resize_{base.resize}")),
        )
    with second.container(width=100):
        seed = _number("seed", 0)
    chosen = with_choices(
        base,
        epochs=None if epochs == base.epochs else epochs,
        batch=batch,
        rate=float(rate),
        augment=augment,
    )
    return Wish(
        known if chosen_id == networks.MINE else known.id,
        chosen,
        seed,
        name or "",
        None if size == known.size else int(size),
        None if begin == OWN else begin,
    )


def _number(name: str, default: int) -> int:
    low, high = LIMITS[name]
    value = state.number(
        f"training_{name}",
        label=t(f"training.{name}"),
        default=default,
        low=int(low),
        high=int(high),
        help=t(f"training.{name}_help"),
    )
    return int(value)


def choices_of(config: Config) -> dict[str, state.Value]:
    """The controls' values for a run's settings, to start from them again."""
    own = config.recipe
    chosen: dict[str, state.Value] = {"training_network": config.network}
    if config.document is not None:
        chosen = {"training_network": networks.MINE, "training_net": to_link(config.known)}
    return chosen | {
        "training_show": "new",
        "training_recipe": own.id,
        "training_epochs": own.epochs,
        "training_batch": own.batch,
        "training_rate": own.rate,
        "training_augment": own.augment,
        "training_initializer": config.initializer or OWN,
        "training_size": config.rows.size,
        "training_seed": config.seed,
    }


def costs(make: Callable[[], Config]) -> None:
    """What the training that ``make`` sets up will take here, with a warning where that is too much."""
    try:
        config = make()
        expected = estimate(config, feed.speed(config))
    except AlexNetError as error:
        components.problem(error)
        return
    components.sentence(
        t(
            "training.estimate",
            time=run_words.duration(expected.seconds),
            memory=run_words.memory(expected.memory),
            parameters=expected.parameters,
            data=config.data_set.name(current_language()),
            images=config.images,
            validation=config.validation,
            test=config.data_set.test,
            each=expected.parameters / config.images,
        )
    )
    free = psutil.virtual_memory().available
    if expected.memory > free:
        words = t(
            "training.memory_short", memory=run_words.memory(expected.memory), free=run_words.memory(free)
        )
        st.warning(words, icon=":material/memory:")
    if expected.seconds > LONG:
        words = t("training.long", time=run_words.duration(expected.seconds))
        st.warning(words, icon=":material/schedule:")


def start(make: Callable[[], Config]) -> None:
    """The button, and what stands beside it: a run of one's own that is not over, or how many wait.

    ``make`` gives the settings of a run of this viewer, and raises an ``AlexNetError`` where they are wrong.
    """
    busy = listing.active()
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        wanted = st.button(
            t("training.start"),
            key="training_start",
            type="primary",
            icon=":material/play_arrow:",
            disabled=busy is not None,
        )
        if busy is not None:
            st.button(
                t("training.show_active"),
                key="training_show_active",
                icon=":material/monitoring:",
                on_click=_show,
                args=(busy.run.id,),
            )
        waiting = len(feed.line())
        working = any(entry.status.state == "running" for entry in feed.entries())
        if busy is not None:
            st.caption(t("training.one_each"), width="content")
            st.fragment(run_every=EVERY)(_until_free)()
        elif waiting:
            st.caption(t("training.waiting_before", count=waiting), width="content")
        elif working:
            st.caption(t("training.working_before"), width="content")
    if wanted:
        _start(make)


def _until_free() -> None:
    """Draw the page anew when this viewer's run is over: the button to start waits for that."""
    if listing.active() is None:
        st.rerun()


def _start(make: Callable[[], Config]) -> None:
    try:
        one = queue.submit(make())
    except AlexNetError as error:
        components.problem(error)
    except actions.DISK as error:
        components.problem(actions.not_written(error))
    else:
        feed.forget()
        state.set_choices_and_rerun(training_show="runs", **{listing.KEY: one.id})


def _show(id: str) -> None:
    state.set_choices(training_show="runs", **{listing.KEY: id})


# A sound first run, one that is too hot, one to hold against augmentation, and one to watch.
TRIES: Mapping[str, Mapping[str, state.Value]] = {
    "training.try_half_minute": {
        "training_show": "new",
        "training_network": "classroom",
        "training_recipe": "half_minute",
        "training_epochs": recipe("half_minute").epochs,
        "training_rate": recipe("half_minute").rate,
        "training_augment": True,
    },
    "training.try_hot": {"training_show": "new", "training_rate": 50 * recipe("half_minute").rate},
    "training.try_plain": {
        "training_show": "new",
        "training_recipe": "two_minutes",
        "training_epochs": recipe("two_minutes").epochs,
        "training_augment": False,
    },
    "training.try_recorded": {"training_show": "recorded", "training_recorded": "diverging"},
}
