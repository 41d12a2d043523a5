"""A run that has ended, as a trained network: ``alexnet.trained.record.Trained``."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from alexnet.architecture import with_start
from alexnet.errors import DataError, InputError
from alexnet.language import LANGUAGES, Language, text
from alexnet.runs import snapshots, words
from alexnet.runs.config import Config
from alexnet.runs.feed import feed
from alexnet.runs.pictures import pictures
from alexnet.runs.run import Run
from alexnet.trained import first_layer
from alexnet.trained.record import History, Provenance, Tested, Trained


def trained(run: Run) -> Trained:
    """The network that a run has trained; its weights are read when they are asked for.

    Raises:
        InputError: run_still_training; its weights are still to change.
        DataError: config_damaged.
    """
    config = run.config()
    if run.state().active:
        raise InputError("run_still_training", id=run.id)
    network = config.rows if config.initializer is None else with_start(config.rows, config.initializer)
    return Trained(
        run.id,
        network,
        run.weights("last"),  # which are those that were tested
        config.data_set.classes,
        config.preparation,
        name=partial(name, run, config),
        provenance=partial(provenance, run, config),
        history=partial(history, run, config),
        pictures=partial(pictures, config),
    )


def tested(run: Run) -> Tested | None:
    """How a run did on the test images; None before its end."""
    line = feed(run.metrics_file).read().test
    return None if line is None else Tested(line["test_accuracy"], line["images"])


def name(run: Run, config: Config, language: Language) -> str:
    """What its owner calls it or when it was made, its network, epochs and accuracy."""
    result = tested(run)
    parts = [
        config.name or words.when(config.created),
        words.network_name(config, language),
        text("models.epochs", language, epochs=run.learned()[0]),
        text("models.untested", language) if result is None else f"{result.accuracy:.1%}",
    ]
    return " · ".join(parts)


def provenance(run: Run, config: Config) -> Provenance:
    """Who trained it on what, and how well it does."""
    result = tested(run)
    facts = {language: tuple(_facts(run, config, result, language)) for language in LANGUAGES}
    return Provenance(config.viewer, config.data, "", result, facts)


def _facts(run: Run, config: Config, result: Tested | None, language: Language) -> list[str]:
    recipe = config.recipe
    return [
        text("models.fact_settings", language, settings=words.settings(config, language)),
        text("models.fact_recipe", language, recipe=words.recipe_name(recipe.id, language)),
        text("models.fact_epochs", language, done=run.learned()[0], epochs=recipe.epochs),
        text("models.fact_untested", language)
        if result is None
        else text("models.fact_tested", language, accuracy=result.accuracy, images=result.images),
    ]


def history(run: Run, config: Config) -> History:
    """Its first layer through the training."""
    epochs, batches = run.learned()
    last = epochs + (batches > 0)
    network = config.rows
    *sizes, count = first_layer.shape(network)
    shape = (*sizes, count * network.first_convolution.towers)

    def kernels(epoch: int) -> NDArray[np.float32]:
        found = run.kernels(epoch)
        if found.shape != shape or not np.isfinite(found).all():
            raise DataError("kernels_unreadable", epoch=epoch)
        return found

    # A snapshot that holds some of the kernels is for looking at during the training: see there.
    there = run.snapshots() if snapshots.numbers(network) is None else ()
    step = snapshots.every(config.recipe.epochs)

    def kept(epoch: int) -> int:
        return last if epoch >= last else epoch - epoch % step

    return History(min(there, default=last), last, batches, kernels, kept)
