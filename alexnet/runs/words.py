"""A run's settings in words, in either language."""

from __future__ import annotations

from datetime import datetime

from alexnet.architecture import LESSONS, NETWORKS
from alexnet.language import Language, keys, text
from alexnet.recipes import RACING, RECIPES, Recipe
from alexnet.runs.config import Config


def network_name(config: Config, language: Language) -> str:
    """The network of a run, with its image size where that is not the network's own."""
    name = config.network
    if config.document is None and name in {network.id for network in (*NETWORKS, *LESSONS)}:
        name = text(f"common.network_{name}", language)
    elif (tried := f"towers.name_{name}") in keys("towers", language):  # a trial of the towers
        name = text(tried, language)
    return name if config.size is None else f"{name}, {config.size}×{config.size}"


def run_name(config: Config, language: Language) -> str:
    """A run as people tell it from others: what its owner calls it, else its network; and when."""
    name = config.name or network_name(config, language)
    if config.lanes:
        name = text("race.name", language, name=name)
    return f"{name} · {when(config.created)}"


def recipe_name(id: str, language: Language) -> str:
    """A recipe's name; one that there is no more is named by its id."""
    known = {recipe.id for recipe in (*RECIPES, RACING)}
    return text(f"training.recipe_{id}", language) if id in known else id


def settings(config: Config, language: Language) -> str:
    """A run's settings in one line."""
    recipe = config.recipe
    if config.lanes:
        start = ", ".join(initializer_name(lane.initializer, language) for lane in config.lanes)
    elif config.initializer is None:
        start = text("training.initializer_own", language)
    else:
        start = initializer_name(config.initializer, language)
    augment = text(f"training.augment_{_augmentation(recipe)}", language)
    return text(
        "training.settings",
        language,
        network=network_name(config, language),
        epochs=recipe.epochs,
        batch=recipe.batch,
        rate=recipe.rate,
        initializer=start,
        augment=augment + text("training.mirrored", language) * recipe.mirrored,
        seed=config.seed,
    )


def _augmentation(recipe: Recipe) -> str:
    if not recipe.augment:
        return "off"
    return "erase" if recipe.erase else "on"


def initializer_name(id: str, language: Language) -> str:
    """An initializer's name."""
    return text(f"initializers.rule_{id}", language)


def when(moment: str) -> str:
    """A time of ISO 8601 in this computer's own time zone, to the minute."""
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
