"""What a new run is asked: which network, which recipe, which settings; and some settings to try."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from alexnet.architecture import Network, network
from alexnet.architecture.document import to_link
from alexnet.architecture.shapes import least_size
from alexnet.data.augmentation import Augmentation
from alexnet.data.catalogue import STARTER
from alexnet.data.dataset import DataSet
from alexnet.errors import AlexNetError
from alexnet.numerics.initializers import INITIALIZERS
from alexnet.recipes import NETWORKS as RECOMMENDED
from alexnet.recipes import RECIPES, Recipe, fitted, recipe
from alexnet.runs.config import LIMITS, Config, new, with_choices
from alexnet.runs.trained_beginning import GENTLE, SHIPPED, Source
from alexnet.ui import state
from alexnet.ui.choices import data_sets, networks
from alexnet.ui.components import settings
from alexnet.ui.language import t
from alexnet.ui.runs import start
from alexnet.ui.runs import words as run_words
from alexnet.ui.server.viewer import viewer_id
from pages.training import augmentation, start_from

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
    data: str
    source: Source | None = None
    frozen: bool = False
    augmentation: Augmentation | None = None

    def config(self) -> Config:
        """As a run of this viewer, with a new id.

        Raises:
            InputError: See ``alexnet.runs.config.check`` and ``Source.beginning``.
        """
        made = new(
            viewer_id(),
            self.network,
            self.recipe,
            seed=self.seed,
            name=self.name,
            size=self.size,
            initializer_id=self.initializer,
            data=self.data,
            augmentation=self.augmentation,
        )
        if self.source is None:
            return made
        return replace(made, beginning=self.source.beginning(made.rows, frozen=self.frozen))


def ask() -> Settings:
    """Draw data, recipe, beginning and network in a row and fold the rest; what was left alone is their own.

    A trained beginning brings its network with it.
    """
    first = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with first.container(width=220):
        data = data_sets.ask("training")
    with first.container(width=185):
        base = of_recipe(
            state.choice(
                "training_recipe",
                [entry.id for entry in RECIPES],
                label=t("training.recipe"),
                default=RECIPES[0].id,
                name=run_words.recipe_name,
                help=t("training.recipe_help"),
            ),
            data,
        )
    with first.container(width=215):
        source = start_from.ask(data.train)
    own: str | Network
    if source is None:
        frozen = False
        with first.container(width=205):
            chosen_id = networks.ask("training", RECOMMENDED[base.id])
        known = networks.get(chosen_id)
        own, usual = (known if chosen_id == networks.MINE else known.id), known.size
    else:
        with first.container(width="content"):
            frozen = start_from.ask_learns() == "frozen"
        base, own, known = source.fitted(base), source.known, source.trained.network
        usual = source.size or known.size
    fold = settings("training", *_set(base))
    with fold:
        second = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with second.container(width=190):
        name = st.text_input(
            t("training.name"),
            key="training_name",
            max_chars=int(LIMITS["name_length"][1]),
            placeholder=t("training.name_placeholder"),
            persist_state="session",
        )
    augment = base.augment
    if not _own_augmentation():  # whose knobs take the place of the recipe's switch
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
            default=usual,
            low=least,
            high=LIMITS["size"][1],
            help=_size_help(least, base, data),
        )
    with second.container(width=100):
        seed = _number("seed", 0)
    with fold:
        changes = augmentation.ask_own()
    chosen = with_choices(
        base,
        epochs=None if epochs == base.epochs else epochs,
        batch=batch,
        rate=float(rate),
        augment=augment,
    )
    return Settings(
        own,
        chosen,
        seed,
        name or "",
        None if size == (known.size if source is None else _own_size(own)) else int(size),
        None if begin == OWN else begin,
        data.id,
        source,
        frozen,
        changes,
    )


def _own_size(known: str | Network) -> int:
    return (network(known) if isinstance(known, str) else known).size


def draw() -> None:
    """The form, what a trained beginning means in numbers, and the button."""
    chosen = ask()
    if chosen.source is not None:
        with suppress(AlexNetError):  # which the button's place explains
            made = chosen.config()
            start_from.say(made.rows, made.beginning, made.data)
    start.offer(chosen.config)


def of_recipe(id: str, data: DataSet) -> Recipe:
    """A recipe as it suits the data: its numbers are for as many pictures as the starter set has."""
    return fitted(recipe(id), data.train - data.validation)


def _size_help(least: int, base: Recipe, data: DataSet) -> str:
    if data.finer is not None:
        return t("training.size_help_own", least=least, most=data.resolution)
    method = t(f"training.resize_{base.resize}")
    return t("training.size_help", least=least, side=data.resolution, method=method)


def _set(base: Recipe) -> Iterator[str]:
    """What the folded controls are set to, before they are drawn."""
    for name, default in (("epochs", base.epochs), ("batch", base.batch), ("rate", base.rate)):
        low, high = LIMITS[name]
        value = state.stands(f"training_{name}", default, partial(_between, low, high))
        yield f"{t(f'training.{name}')} {float(value):g}"
    if _own_augmentation():
        yield t("augmentation.own_on")
        return
    augment = state.stands("training_augment", base.augment, ("0", "1").__contains__)
    yield t("training.augment_on" if augment == "1" else "training.augment_off")


def _own_augmentation() -> bool:
    return state.stands("training_own", False, ("0", "1").__contains__) == "1"


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
        "training_data": config.data,
        "training_recipe": own.id,
        "training_epochs": own.epochs,
        "training_batch": own.batch,
        "training_rate": own.rate,
        "training_augment": own.augment,
        "training_initializer": config.initializer or OWN,
        "training_size": config.rows.size,
        "training_seed": config.seed,
        **start_from.choices_of(config),
        **augmentation.choices_of(config.augmentation),
    }


# A sound first run, one that is too hot, one to hold against augmentation, and one to watch.
TRIES: Mapping[str, Mapping[str, state.Value]] = {
    "training.try_half_minute": {
        "training_view": "new",
        "training_data": STARTER.id,
        "training_network": RECOMMENDED["half_minute"],
        "training_recipe": "half_minute",
        "training_epochs": recipe("half_minute").epochs,
        "training_rate": recipe("half_minute").rate,
        "training_augment": True,
        "training_begin": "scratch",
    },
    "beginning.try_trained": {
        "training_view": "new",
        "training_recipe": "half_minute",
        "training_epochs": 1,
        "training_rate": recipe("half_minute").rate * GENTLE,
        "training_begin": SHIPPED,
        "training_learns": "frozen",
    },
    "training.try_hot": {
        "training_view": "new",
        "training_data": STARTER.id,
        "training_network": "classroom",
        "training_recipe": "two_minutes",
        "training_epochs": recipe("two_minutes").epochs,
        "training_rate": 50 * recipe("two_minutes").rate,
        "training_begin": "scratch",
    },
    "training.try_plain": {
        "training_view": "new",
        "training_data": STARTER.id,
        "training_network": "classroom",
        "training_recipe": "two_minutes",
        "training_epochs": recipe("two_minutes").epochs,
        "training_rate": recipe("two_minutes").rate,
        "training_augment": False,
        "training_begin": "scratch",
    },
    "training.try_recorded": {"training_view": "recorded", "training_recorded": "diverging"},
}
