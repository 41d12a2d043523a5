"""What a network answers to all its test or training pictures: worked out once, in the background."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from alexnet.data.labelled import Labelled, Part
from alexnet.trained import answered, apart
from alexnet.trained.answered import Answered
from alexnet.trained.record import Trained
from alexnet.ui.language import t
from alexnet.ui.server.background import Job, Jobs, progress

if TYPE_CHECKING:
    from alexnet.trained.answers import Answering

_KEPT = 6  # results that are kept in memory; one has 2 MB at most


@st.cache_resource(show_spinner=False)
def jobs() -> Jobs[Answered]:
    """The server's work of this kind."""
    return Jobs("answers", answered.read, answered.write, kept=_KEPT)


def pictures(model: Trained, part: Part) -> Labelled:
    """Pictures of a network's data set.

    Raises:
        InputError: no_pictures_of_network.
        DataError: They are missing or damaged.
    """
    return _pictures(*model.version, part, model)


@st.cache_resource(show_spinner=False, max_entries=12)
def _pictures(path: str, version: int, part: Part, _model: Trained) -> Labelled:
    return _model.pictures(part)


def of(model: Trained, network: Answering, part: Part) -> Answered | None:
    """The answers to pictures of one part; None while they are worked out, which a bar on the page tells.

    Raises:
        InputError, DataError: As ``pictures``; or the weights are missing.
    """
    job, path, shown = _job(model, network, part)
    if job.failed:
        st.error(t("prediction.answers_failed"), icon=":material/error:")
        st.button(
            t("prediction.answers_again"),
            key=f"prediction_answers_again_{part}",
            on_click=jobs().forget,
            args=(path,),
        )
    elif job.found is None:
        count = len(shown.images)
        progress(job, lambda share: t(f"prediction.answers_working_{part}", share=share, count=count))
    return job.found


def known(model: Trained, part: Part) -> Answered | None:
    """The same without a word where it is not there yet; nothing is begun.

    Raises:
        InputError, DataError: As ``of``.
    """
    return answered.read(answered.file(_name(*model.version, pictures(model, part).id, model)))


def _job(model: Trained, network: Answering, part: Part) -> tuple[Job[Answered], Path, Labelled]:
    shown = pictures(model, part)
    path = answered.file(_name(*model.version, shown.id, model))
    job = jobs().job(
        path,
        lambda: lambda tell: answered.ask(network, shown.images, tell),
        given_up=apart.belongs_apart(model.network),
    )
    return job, path, shown


@st.cache_data(show_spinner=False, max_entries=64)
def _name(path: str, version: int, pictures: str, _model: Trained) -> str:
    """For it the whole file of weights has to be read, which takes a while for the paper's network."""
    return answered.name(_model, pictures)
