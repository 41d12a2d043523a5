"""What a new run is asked: which network, which recipe, which settings; and some settings to try."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from alexnet.architecture import Network
from alexnet.architecture.document import to_link
from alexnet.architecture.shapes import least_size
from alexnet.numerics.initializers import INITIALIZERS
from alexnet.recipes import NETWORKS as RECOMMENDED
from alexnet.recipes import RECIPES, Recipe, recipe
from alexnet.runs.config import LIMITS, Config, new, with_choices
from alexnet.ui import state
from alexnet.ui.choices import networks
from alexnet.ui.components import settings
from alexnet.ui.language import t
from alexnet.ui.runs import words as run_words
from alexnet.ui.server.viewer import viewer_id

OWN = "own"


@dataclass(frozen=True)
class Settings:
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


def ask() -> Settings:
    """Draw recipe and network in a row and fold the rest; what was left alone is their own."""
    first = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with first.container(width=240):
        base = recipe(
            state.choice(
                "training_recipe",
                [entry.id for entry in RECIPES],
                label=t("training.recipe"),
                default=RECIPES[0].id,
                name=run_words.recipe_name,
                help=t("training.recipe_help"),
            )
        )
    with first.container(width=280):
        chosen_id = networks.ask("training", RECOMMENDED[base.id])
        known = networks.get(chosen_id)
    with settings("training", *_set(base)):
        second = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with second.container(width=190):
        name = st.text_input(
            t("training.name"),
            key="training_name",
            max_chars=int(LIMITS["name_length"][1]),
            placeholder=t("training.name_placeholder"),
            persist_state="session",
        )
    with second.container(width=180):
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
    return Settings(
        known if chosen_id == networks.MINE else known.id,
        chosen,
        seed,
        name or "",
        None if size == known.size else int(size),
        None if begin == OWN else begin,
    )


def _set(base: Recipe) -> Iterator[str]:
    """What the folded controls are set to, before they are drawn."""
    for name, default in (("epochs", base.epochs), ("batch", base.batch), ("rate", base.rate)):
        low, high = LIMITS[name]
        value = state.stands(f"training_{name}", default, partial(_between, low, high))
        yield f"{t(f'training.{name}')} {float(value):g}"
    augment = state.stands("training_augment", base.augment, ("0", "1").__contains__)
    yield t("training.augment_on" if augment == "1" else "training.augment_off")


def _between(low: float, high: float, text: str) -> bool:
    try:
        return low <= float(text) <= high
    except ValueError:
        return False


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
        "training_view": "new",
        "training_recipe": own.id,
        "training_epochs": own.epochs,
        "training_batch": own.batch,
        "training_rate": own.rate,
        "training_augment": own.augment,
        "training_initializer": config.initializer or OWN,
        "training_size": config.rows.size,
        "training_seed": config.seed,
    }


# A sound first run, one that is too hot, one to hold against augmentation, and one to watch.
TRIES: Mapping[str, Mapping[str, state.Value]] = {
    "training.try_half_minute": {
        "training_view": "new",
        "training_network": RECOMMENDED["half_minute"],
        "training_recipe": "half_minute",
        "training_epochs": recipe("half_minute").epochs,
        "training_rate": recipe("half_minute").rate,
        "training_augment": True,
    },
    "training.try_hot": {
        "training_view": "new",
        "training_network": "classroom",
        "training_recipe": "two_minutes",
        "training_epochs": recipe("two_minutes").epochs,
        "training_rate": 50 * recipe("two_minutes").rate,
    },
    "training.try_plain": {
        "training_view": "new",
        "training_network": "classroom",
        "training_recipe": "two_minutes",
        "training_epochs": recipe("two_minutes").epochs,
        "training_rate": recipe("two_minutes").rate,
        "training_augment": False,
    },
    "training.try_recorded": {"training_view": "recorded", "training_recorded": "diverging"},
}
