"""A run's settings in words, in either language."""

from __future__ import annotations

from datetime import datetime

from alexnet.architecture import LESSONS, NETWORKS
from alexnet.data.augmentation import Augmentation
from alexnet.data.catalogue import STARTER
from alexnet.language import Language, keys, text
from alexnet.recipes import RACING, RECIPES, Recipe
from alexnet.runs.config import Config
from alexnet.trained.catalogue import ENTRIES


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
    """A run's settings in one line; first what it learns from, where that is not the starter data."""
    recipe = config.recipe
    data = "" if config.data == STARTER.id else f"{config.data_set.name(language)}; "
    if config.lanes:
        start = ", ".join(initializer_name(lane.initializer, language) for lane in config.lanes)
    elif config.initializer is None:
        start = text("training.initializer_own", language)
    else:
        start = initializer_name(config.initializer, language)
    augment = text(f"training.augment_{_augmentation(recipe)}", language)
    if config.augmentation is not None:
        augment = augmentation_words(config.augmentation, language)
    said = data + text(
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
    if config.beginning is None:
        return said
    learns = "frozen" if config.beginning.frozen else "all"
    trained = beginning_name(config.beginning.source, language)
    return said + text(f"beginning.settings_{learns}", language, name=trained)


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


def beginning_name(id: str, language: Language) -> str:
    """What a trained beginning is called in a line: the network in the app, or a run by when it was made."""
    if id in ENTRIES:
        return text(f"beginning.from_{id}", language)
    date, clock, _ = id.split("-")
    made = f"{date[:4]}-{date[4:6]}-{date[6:]}T{clock[:2]}:{clock[2:4]}+00:00"
    return text("beginning.from_run", language, when=when(made))


def augmentation_words(given: Augmentation, language: Language) -> str:
    """An augmentation's knobs in a line; their values with their units."""
    parts = []
    for name in given.used:
        value = getattr(given, name)
        if name in ("shift_x", "shift_y", "zoom"):
            value *= 100
        parts.append(text(f"augmentation.short_{name}", language, value=value))
    if given.moves:
        parts.append(text(f"augmentation.fill_{given.fill}", language))
    return ", ".join(parts) or text("training.augment_off", language)
