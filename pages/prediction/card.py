"""One picture of the Prediction page: the photograph, what the network saw of it, and what it answered."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from alexnet.data import preprocess
from alexnet.data.classes import CIFAR10, Class
from alexnet.data.imagenet import translated
from alexnet.data.imagenet_places import place
from alexnet.data.preparation import Preparation
from alexnet.data.samples import Sample
from alexnet.data.uploads import explain_note
from alexnet.figures.guesses import bars
from alexnet.figures.kernels import png
from alexnet.figures.photographs import pixelated
from alexnet.trained.record import Tested
from alexnet.ui.choices import album
from alexnet.ui.components import chart, pixels, plain, sentence
from alexnet.ui.language import current_language, t

if TYPE_CHECKING:
    from alexnet.trained.answers import Guess

NAMED = 12
"""Classes of a network that are named at most; the published ones know a thousand."""

SHOWN = 5
"""Bars of one picture at most."""

UNSURE = 0.5
"""Below this the first answer is called unsure: another class, or several together, are as probable."""

CLOSE = 2 / 3
"""It is also called unsure when the second answer has this share of its probability: of two classes the first
one never falls below a half.
"""


def tools() -> None:
    """Buttons for all pictures together; they are there when they have something to do."""
    with st.container(horizontal=True):
        if album.pictures():
            st.button(
                t("prediction.remove_all"),
                key="prediction_remove_all",
                on_click=album.remove,
                icon=":material/delete_sweep:",
            )
        if album.removed():
            st.button(
                t("prediction.put_back"),
                key="prediction_put_back",
                on_click=album.put_back,
                icon=":material/undo:",
            )


def card(
    shot: album.Shot,
    read: preprocess.Floats,
    guesses: Sequence[Guess],
    preparation: Preparation,
    warning: str | None = None,
) -> None:
    """Draw one picture; a button takes the viewer's own out.

    Args:
        shot: The picture.
        read: What the network read of it, (size, size, 3), scaled.
        guesses: Every class, the most probable first.
        preparation: How ``read`` was made.
        warning: Why the answer is not to be trusted, if so.
    """
    known = shot.sample
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            # A file's name is text and nothing else.
            st.html(f'<strong style="overflow-wrap:anywhere">{escape(shot.name)}</strong>')
            if known is None:
                st.button(
                    t("prediction.remove"),
                    key=f"prediction_remove_{shot.id}",
                    on_click=album.remove,
                    args=(shot.id,),
                    icon=":material/close:",
                    type="tertiary",
                )
        # The answer first: on a phone, where columns stand below each other, it is in the first screen.
        sentence(verdict(guesses, known))
        if warning is not None:
            st.warning(warning, icon=":material/help:")
        pictures, answer = st.columns(2, vertical_alignment="top")
        with pictures, st.container(key=f"prediction_pictures_{shot.id}"):
            photograph, input_image = st.columns(2, vertical_alignment="top")
        with photograph:
            height, width, _ = shot.view.shape
            caption = t("prediction.photograph_square" if height == width else "prediction.photograph")
            st.image(shot.view, caption=caption, width="stretch", alt=caption)
        with input_image:
            caption = t("prediction.seen", side=preparation.resolution, size=len(read))
            pixels(png(pixelated(preprocess.seen(read, preparation))), caption)
        with answer:
            first = guesses[:SHOWN]
            figure = bars(
                [name(guess) for guess in first],
                [guess.probability for guess in first],
                t("prediction.axis"),
            )
            chart(figure, f"prediction_bars_{shot.id}")
            for line in places(first):
                st.markdown(line)
        for note in shot.notes:
            st.caption(explain_note(note, current_language()))
        if known is not None:
            credit = known.credit
            st.caption(
                t("prediction.credit", author=credit.author, licence=credit.licence, source=credit.source)
            )


def name(guess: Guess) -> str:
    """Its class in the reader's language."""
    return guess.label.name(current_language())


def verdict(guesses: Sequence[Guess], known: Sample | None) -> str:
    """What the bars say, in words."""
    first, second = guesses[:2]
    unsure = first.probability < UNSURE or second.probability > CLOSE * first.probability
    words = t(
        "prediction.unsure" if unsure else "prediction.answer",
        first=name(first),
        p1=first.probability,
        second=name(second),
        p2=second.probability,
    )
    return words if known is None else f"{words} {judgement(guesses, known)}".rstrip()


def places(guesses: Sequence[Guess]) -> list[str]:
    """Where the first answer stands in a short hierarchy, and how many others beside it; or nothing."""
    path = place(guesses[0].label.id)
    if not path:
        return []
    names = [t(f"places.{id}") for id in path]
    said = [t("prediction.place", name=plain(name(guesses[0])), path=" › ".join(names))]
    near = [guess for guess in guesses if place(guess.label.id)[: min(2, len(path))] == path[:2]]
    if len(near) > 1:
        said.append(
            t(
                "prediction.same_place",
                count=len(near),
                shown=len(guesses),
                place=names[min(2, len(path)) - 1],
                probability=sum(guess.probability for guess in near),
            )
        )
    return said


def judgement(guesses: Sequence[Guess], known: Sample) -> str:
    """Whether the first answer is right, for a photograph whose content is known; empty if nobody can say."""
    answers = [guess.label.id for guess in guesses]
    if not {one.id for one in CIFAR10} & {*answers}:
        return ""  # the samples are labelled by CIFAR-10's classes, of which it knows none
    if known.class_id is None or known.class_id not in answers:
        return t("prediction.outside")
    rank = answers.index(known.class_id) + 1
    case = "right" if rank == 1 else "wrong"
    true = guesses[rank - 1]
    return t(f"prediction.{case}", truth=name(true), rank=rank, p=true.probability)


def classes(known: Sequence[Class]) -> str:
    """What the network knows; of many classes some, from the first to the last."""
    if len(known) <= NAMED:
        names = ", ".join(one.name(current_language()) for one in known)
        return t("prediction.classes", count=len(known), classes=names)
    some = [known[place] for place in np.linspace(0, len(known) - 1, NAMED).astype(int)]
    names = ", ".join(one.name(current_language()) for one in some)
    return t("prediction.classes_many", count=len(known), classes=names)


def own_korean(known: Sequence[Class]) -> str:
    """That Korean names are of our own translation, and of how many classes; empty in other languages."""
    count = translated(known) if current_language() == "ko" else 0
    return t("prediction.own_korean", count=count, all=len(known)) if count else ""


def reliability(result: Tested | None, classes: int, *, own: bool = True) -> str:
    """How often the network is right on images that it has not seen, beside what guessing gives.

    Args:
        result: How it did; None where it was not tested.
        classes: How many it knows.
        own: Was it trained here?
    """
    if result is None:
        return t("prediction.untested" if own else "prediction.unproven")
    return t("prediction.accuracy", accuracy=result.accuracy, tested=result.images, chance=100 / classes)
