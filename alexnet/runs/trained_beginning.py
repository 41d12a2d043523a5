"""The trained networks that a run may start from: those in the app, and finished runs. No TensorFlow."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from alexnet.architecture import Network
from alexnet.errors import AlexNetError, DataError, InputError
from alexnet.language import Language
from alexnet.recipes import Recipe
from alexnet.runs import run, trained_run, words
from alexnet.runs.beginning import Beginning, drawn_anew
from alexnet.runs.config import Config
from alexnet.runs.run import Run
from alexnet.trained import catalogue
from alexnet.trained.record import Trained
from alexnet.weights import store

SHIPPED = catalogue.DEFAULT
"""The one that is meant where somebody just says "trained"."""

GENTLE = 0.1
"""Of a recipe's rate, what a trained network learns on with: large steps would undo what it knows."""

FEW = 2_000
"""With fewer training images than this a trained beginning is what the form proposes."""


@dataclass(frozen=True, eq=False)
class Source:
    """A trained network to start from.

    Attributes:
        trained: Its record.
        known: Its network as a form names it: an id, or rows of somebody's own.
        size: Pixels a side that it reads, where that is not the network's own size.
    """

    trained: Trained
    known: str | Network
    size: int | None = None

    @property
    def id(self) -> str:
        """As in ``Beginning.source``."""
        return self.trained.id

    def beginning(self, rows: Network, *, frozen: bool = False) -> Beginning:
        """The record for a run's settings.

        Args:
            rows: The run's network, with its classes and size.
            frozen: Do the convolutions stay as they are?

        Raises:
            InputError: beginning_of_another; not one row of ``rows`` can take its weights.
            ShapeError: A row does not fit.
        """
        anew = drawn_anew(self.trained.network, rows)
        if rows.first_convolution.name in anew:
            raise InputError("beginning_of_another", source=self.trained.network.id, network=rows.id)
        return Beginning(self.id, frozen, anew)

    def fitted(self, recipe: Recipe) -> Recipe:
        """A recipe for learning on from it: pictures prepared as it knows them, and a gentle rate."""
        preparation = self.trained.preparation
        return replace(
            recipe,
            rate=recipe.rate * GENTLE,
            resize=preparation.resize,
            scaling=preparation.scaling,
        )


def source(id: str) -> Source:
    """What a run can start from, by its id.

    Raises:
        ChoiceError: run_unknown; there is no such run, or it was deleted.
        InputError: beginning_not_finished; its weights are still to change.
        DataError: config_damaged.
    """
    if id in catalogue.ENTRIES:
        trained = catalogue.trained(id)
        return Source(trained, trained.network.id)
    return _of_run(run.find(id))


def _of_run(one: Run) -> Source:
    config = one.config()
    if one.state().state != "finished" or config.lanes or not one.weights("last").exists():
        raise InputError("beginning_not_finished", id=one.id)
    known = config.network if config.document is None else config.known
    return Source(trained_run.trained(one), known, config.size)


def weights(config: Config) -> dict[str, NDArray[np.float32]]:
    """The weights that a run starts with, by variable path.

    Raises:
        DataError: beginning_gone; they are deleted or damaged.
    """
    assert config.beginning is not None
    id = config.beginning.source
    try:
        return store.read(source(id).trained.weights)
    except AlexNetError as error:
        # Under its own name: a state that cannot be read is another matter.
        raise DataError("beginning_gone", id=id) from error


def name(id: str, language: Language) -> str:
    """What a beginning is called: the network in the app, or the run; a deleted run is named by its id."""
    if id in catalogue.ENTRIES:
        return words.beginning_name(id, language)
    try:
        return words.run_name(run.find(id).config(), language)
    except AlexNetError:
        return id
