"""Trained networks for the pages: those that ship with the app, and every run that has been trained."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import streamlit as st

from alexnet.architecture import Network
from alexnet.data.classes import CIFAR10
from alexnet.errors import InputError
from alexnet.recipes import Preparation
from alexnet.runs import run
from alexnet.runs.config import Config
from alexnet.runs.feed import feed
from alexnet.runs.run import Run
from alexnet.trained import first_layer, shipped
from alexnet.ui.language import t
from alexnet.ui.runs import words

if TYPE_CHECKING:
    from alexnet.trained.predictor import Predictor

SHIPPED = shipped.DEFAULT
"""The id of the network that pages open with. Others are those of ``shipped.NETWORKS`` and of runs."""


@dataclass(frozen=True)
class Model:
    """A trained network, as the pages use it.

    Attributes:
        id: One of ``shipped.NETWORKS``, or a run's.
        network: Its rows.
        class_ids: What each output unit means, in order.
        preparation: How pictures became its input when it learned.
        run, config: The run that trained it and its settings; None for a shipped one.
    """

    id: str
    network: Network
    class_ids: tuple[str, ...]
    preparation: Preparation
    run: Run | None = None
    config: Config | None = None

    @property
    def weights(self) -> Path:
        """Its file of weights: of a run the last, which are those that were tested."""
        return shipped.FOLDER / self.id / shipped.WEIGHTS if self.run is None else self.run.weights("last")


class Tested(NamedTuple):
    """How a model did on images that it had not seen: the share that it got right, and how many they were."""

    accuracy: float
    images: int


def find(id: str) -> Model:
    """The model of that id.

    Raises:
        ChoiceError: There is no such run, or it was deleted.
        InputError: run_still_training; its weights are still to change.
        DataError: Its settings or weights are missing or damaged, or do not belong together.
    """
    if id in shipped.NETWORKS:
        return Model(id, shipped.NETWORKS[id], CIFAR10, Preparation())
    one = run.find(id)
    config = one.config()
    if one.state().active:
        raise InputError("run_still_training", id=id)
    model = Model(id, config.rows, config.class_ids, config.recipe.preparation, one, config)
    first_kernels(model)
    return model


def first_kernels(model: Model) -> first_layer.Towers:
    """The first layer's kernels at the end of the training, tower by tower. Not to be changed.

    Raises:
        DataError: The file is missing or damaged, or is another network's.
    """
    return shipped.first_kernels(model.id) if model.run is None else _first_kernels(*version(model), model)


@st.cache_resource(max_entries=200, show_spinner=False)
def _first_kernels(path: str, version: int, _model: Model) -> first_layer.Towers:
    return first_layer.kernels(Path(path), _model.network)


def first_biases(model: Model) -> first_layer.Towers:
    """The biases of the first layer's kernels, tower by tower: (kernels,). Not to be changed.

    Raises:
        DataError: As ``first_kernels``.
    """
    return _first_biases(*version(model), model)


@st.cache_resource(max_entries=200, show_spinner=False)
def _first_biases(path: str, version: int, _model: Model) -> first_layer.Towers:
    return first_layer.biases(Path(path), _model.network)


def predictor(model: Model) -> Predictor:
    """The network with its weights. The first call loads TensorFlow, unless the warm-up has.

    Raises:
        DataError: Its files are missing or damaged.
    """
    if model.id == SHIPPED:
        return _shipped_predictor()
    if model.run is None:
        shipped.file(model.id, shipped.WEIGHTS)
    return _predictor(*version(model), model)


@st.cache_resource(max_entries=1, show_spinner=False)
def _shipped_predictor() -> Predictor:
    from alexnet.trained import predictor

    return predictor.shipped()


@st.cache_resource(max_entries=2, show_spinner=False)
def _predictor(path: str, version: int, _model: Model) -> Predictor:
    from alexnet.trained import predictor

    # A Keras model refers to itself, so one that the cache let go of stays until it is collected: over 40
    # models 660 MB in all with this line, more than 730 without.
    gc.collect()
    return predictor.load(Path(path), _model.network, _model.class_ids, _model.preparation)


def version(model: Model) -> tuple[str, int]:
    """Its file of weights and the file's time: a run that went on and ended again has other weights."""
    try:
        return str(model.weights), model.weights.stat().st_mtime_ns
    except OSError:
        return str(model.weights), 0


def tested(model: Model) -> Tested | None:
    """How it did on test images; None for a run that has not been tested, as it did not reach its end.

    Raises:
        DataError: A shipped network's model card is missing or damaged.
    """
    if model.run is None:
        card = shipped.card(model.id)
        return Tested(cast(float, card["test_accuracy"]), cast(int, card["test_images"]))
    line = feed(model.run.metrics_file).read().test
    return None if line is None else Tested(line["test_accuracy"], line["images"])


def name(model: Model) -> str:
    """The model in a list: a run by what its owner calls it or when it was made, its network, epochs and
    accuracy.
    """
    if model.run is None or model.config is None:
        return t(f"models.{model.id}")
    config, result = model.config, tested(model)
    parts = [
        config.name or words.when(config.created),
        words.network_name(config),
        t("models.epochs", epochs=model.run.learned()[0]),
        t("models.untested") if result is None else f"{result.accuracy:.1%}",
    ]
    return " · ".join(parts)


def facts(model: Model) -> list[str]:
    """How it was trained, line by line, as plain sentences without Markdown from outside.

    Raises:
        DataError: A shipped network's model card is missing or damaged.
    """
    if model.run is None or model.config is None:
        card = shipped.card(model.id)
        known = ("data", "test_images", "test_accuracy", "epochs", "seed", "chosen_among", "command")
        return [t(f"kernels.card_{fact}", value=card[fact]) for fact in known if fact in card]
    result = tested(model)
    return [
        t("models.fact_settings", settings=words.settings(model.config)),
        t("models.fact_recipe", recipe=words.recipe_name(model.config.recipe.id)),
        t("models.fact_epochs", done=model.run.learned()[0], epochs=model.config.recipe.epochs),
        t("models.fact_untested")
        if result is None
        else t("models.fact_tested", accuracy=result.accuracy, images=result.images),
    ]
