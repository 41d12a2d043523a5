"""The published networks on this machine as trained networks like all others. No TensorFlow."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from alexnet.data import imagenet
from alexnet.facts import VALIDATION_PICTURES
from alexnet.language import LANGUAGES, Language, text
from alexnet.trained.record import History, Provenance, Tested, Trained
from alexnet.weights import local
from alexnet.weights.catalogue import PUBLISHED, Published

DATA = "ilsvrc_2012"


def entries() -> dict[str, Callable[[], Trained]]:
    """What makes the record of each network whose files are here, by id."""
    return {entry.id: partial(trained, entry) for entry in local.found()}


def prepare(id: str, tick: Callable[[float], None] | None = None) -> None:
    """Have a network's files read, unless that is done.

    Raises:
        DataError, LimitError: As ``local.prepare``.
    """
    local.prepare(PUBLISHED[id], tick)


def trained(entry: Published) -> Trained:
    """The record of a network. Its file of weights is there once ``prepare`` was called."""
    one = Trained(
        entry.id,
        entry.network,
        local.weights(entry),
        imagenet.classes(),
        entry.preparation,
        name=partial(text, f"real.name_{entry.id}"),
        provenance=partial(provenance, entry),
        history=lambda: History(1, 1, 0, lambda epoch: np.concatenate(one.first_kernels(), axis=-1)),
        first_only=entry.first_only,
    )
    return one


def provenance(entry: Published) -> Provenance:
    """Where it comes from and how well it does, as published."""
    read = local.report(entry)
    tested = None
    if read is not None and read.genuine is True and entry.accuracy is not None:
        tested = Tested(entry.accuracy[0], VALIDATION_PICTURES)
    return Provenance(
        None,
        DATA,
        entry.licence,
        tested,
        {language: tuple(_facts(entry, language)) for language in LANGUAGES},
        0 if read is None else read.not_finite,
    )


def _facts(entry: Published, language: Language) -> list[str]:
    facts = [
        text("real.fact_source", language, source=entry.source),
        text("real.fact_licence", language, licence=entry.licence),
        text(
            f"real.fact_input_{'whole_' * (entry.preparation.crop is None)}{entry.preparation.channel_order}",
            language,
            size=entry.network.size,
            resolution=entry.preparation.resolution,
        ),
    ]
    if entry.accuracy is not None:
        first, fifth = entry.accuracy
        facts.append(text("real.fact_accuracy", language, first=first, fifth=fifth))
    read = local.report(entry)
    if read is not None:
        facts.append(text("real.read", language, arrays=read.arrays, numbers=read.numbers))
        if read.genuine is not True:
            facts.append(text(f"real.fact_{'unproven' if read.genuine is None else 'other'}", language))
    return facts
