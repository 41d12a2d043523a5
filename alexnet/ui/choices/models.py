"""Trained networks for the pages: those that come with the app, and every run that has been trained."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import streamlit as st

from alexnet.errors import ChoiceError, InputError
from alexnet.runs import run, trained_run
from alexnet.trained import apart, brought, catalogue, published, tensorflow
from alexnet.trained.answers import Answering
from alexnet.trained.first_layer import Towers
from alexnet.trained.record import Tested, Trained
from alexnet.ui import state
from alexnet.ui.language import current_language, t
from alexnet.weights.catalogue import PUBLISHED

if TYPE_CHECKING:
    from alexnet.trained.predictor import Predictor


def find(id: str) -> Trained:
    """The trained network of that id.

    Raises:
        ChoiceError: There is no such run, or it was deleted.
        InputError: run_still_training; its weights are still to change.
        DataError: Its settings or weights are missing or damaged, or do not belong together.
    """
    if id in catalogue.ENTRIES:
        return catalogue.trained(id)
    if id in PUBLISHED:
        return _published(id)
    if brought.is_brought(id):
        with st.spinner(t("real.reading")):
            return brought.find(id, current_language(), state.still_wanted)
    found = trained_run.trained(run.find(id))
    first_kernels(found)  # without them nothing of it can be shown
    return found


def _published(id: str) -> Trained:
    """A published network, its files read: that takes seconds when it is chosen for the first time."""
    if id not in published.entries():
        raise ChoiceError("real_not_here", id=id)
    with st.spinner(t("real.reading")):
        published.prepare(id, state.still_wanted)
    return catalogue.trained(id)


def first_kernels(model: Trained) -> Towers:
    """The first layer's kernels at the end of the training, tower by tower. Not to be changed.

    Raises:
        DataError: The file is missing or damaged, or is another network's.
    """
    return _first_kernels(*model.version, model)


@st.cache_resource(max_entries=200, show_spinner=False)
def _first_kernels(path: str, version: int, _model: Trained) -> Towers:
    return _model.first_kernels()


def first_biases(model: Trained) -> Towers:
    """The biases of the first layer's kernels, tower by tower: (kernels,). Not to be changed.

    Raises:
        DataError: As ``first_kernels``.
    """
    return _first_biases(*model.version, model)


@st.cache_resource(max_entries=200, show_spinner=False)
def _first_biases(path: str, version: int, _model: Trained) -> Towers:
    return _model.first_biases()


def predictor(model: Trained) -> Answering:
    """The network with its weights. The first call loads TensorFlow, unless the warm-up has.

    One whose rows somebody made up answers from a process of its own.

    Raises:
        DataError: Its files are missing or damaged, or TensorFlow does not work here.
        LimitError: One picture alone takes more than a page may ask of the server.
        InputError: real_first_only; there are no weights but the first layer's.
    """
    if model.first_only:
        raise InputError("real_first_only")
    if apart.belongs_apart(model.network):
        return _apart(*model.version, model)
    tensorflow.load()
    kept = _first_predictor if model.id == catalogue.DEFAULT else _predictor
    return kept(*model.version, model)


@st.cache_resource(max_entries=1, show_spinner=False)
def _first_predictor(path: str, version: int, _model: Trained) -> Predictor:
    """The network that pages open with: whatever others look at, it stays."""
    return _load(_model)


@st.cache_resource(max_entries=2, show_spinner=False)
def _predictor(path: str, version: int, _model: Trained) -> Predictor:
    # A Keras model refers to itself, so one that the cache let go of stays until it is collected: over 40
    # models 660 MB in all with this line, more than 730 without.
    gc.collect()
    return _load(_model)


def shuffled(model: Trained) -> Answering | None:
    """The same network with its weights laid anew by chance; None for one that is asked apart.

    Raises:
        DataError: As ``predictor``.
    """
    if apart.belongs_apart(model.network):
        return None
    tensorflow.load()
    return _shuffled(*model.version, model)


@st.cache_resource(max_entries=1, show_spinner=False)
def _shuffled(path: str, version: int, _model: Trained) -> Predictor:
    from alexnet.trained import predictor

    gc.collect()
    return predictor.load_shuffled(_model)


@st.cache_resource(max_entries=20, show_spinner=False)
def _apart(path: str, version: int, _model: Trained) -> apart.Apart:
    return apart.Apart(_model, state.still_wanted)


def _load(model: Trained) -> Predictor:
    from alexnet.trained import predictor

    return predictor.load(model)


def tested(model: Trained) -> Tested | None:
    """How it did on test images; None where it was not tested, as it did not reach its end.

    Raises:
        DataError: Its model card is missing or damaged.
    """
    return model.provenance().tested


def name(model: Trained) -> str:
    """What it is called, in the reader's language."""
    return model.name(current_language())


def facts(model: Trained) -> tuple[str, ...]:
    """How it was trained, sentence by sentence, as plain text.

    Raises:
        DataError: Its model card is missing or damaged.
    """
    return model.provenance().facts[current_language()]
