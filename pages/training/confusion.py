"""A run's confusion matrix on its test images, drawn and put into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from alexnet.data.classes import Class
from alexnet.errors import DataError
from alexnet.figures.confusion import Words, heat_map
from alexnet.studies import confusion
from alexnet.studies.confusion import MOSTLY, Reading
from alexnet.ui.components import chart, problem, sentence
from alexnet.ui.language import current_language, t

_WIDTH_OF_A_CELL = 300  # pixels: a few cells do not have to cross a wide screen


def draw(test: Mapping[str, Any], classes: Sequence[Class], key: str) -> None:
    """Draw the matrix, and below it say in words what it shows.

    Args:
        test: The line of kind ``test`` of a run's metrics (``alexnet.runs.metrics_log``).
        classes: What each row and column means, in order.
        key: Of the chart.
    """
    counts = test["confusion"]
    if len(counts) != len(classes):
        problem(DataError("classes_do_not_match", expected=len(counts), received=len(classes)))
        return
    reading = confusion.read(counts)
    if reading is None:
        st.caption(t("models.confusion_empty"))
        return
    names = [one.name(current_language()) for one in classes]
    words = Words(
        t("models.confusion_truth"),
        t("models.confusion_answer"),
        [t("models.confusion_images", count=total) for total in reading.totals],
    )
    with st.container(width=_WIDTH_OF_A_CELL * len(names) if len(names) < 5 else "stretch"):
        chart(heat_map(counts, names, words), key)
    for words_of in (right, mistakes, favourite):
        said = words_of(reading, names)
        if said:
            sentence(said)


def right(reading: Reading, names: Sequence[str]) -> str:
    """How many images were called what they are: all together, and of each class or the extreme ones."""
    shown = [(truth, share) for truth in range(len(names)) if (share := reading.share(truth)) is not None]
    if len(shown) > 3:
        ordered = sorted(shown, key=lambda pair: pair[1])
        shown = [ordered[-1], ordered[0]]
    classes = ", ".join(
        t(
            "models.confusion_class",
            name=names[truth],
            right=reading.right[truth],
            total=reading.totals[truth],
            share=share,
        )
        for truth, share in shown
    )
    case = "right_all" if len(shown) == sum(total > 0 for total in reading.totals) else "right_some"
    return t(
        f"models.confusion_{case}",
        images=reading.images,
        right=sum(reading.right),
        accuracy=reading.accuracy,
        classes=classes,
    )


def mistakes(reading: Reading, names: Sequence[str]) -> str:
    """Which mistake is the most frequent, and against which other."""
    first, second = reading.mistakes[:2]
    if not first.images:
        return t("models.confusion_no_mistakes")
    case = "as_often" if first.images == second.images else "more_often"
    if not second.images:
        case = "only"
    return t(
        f"models.confusion_{case}",
        truth1=names[first.truth],
        answer1=names[first.answer],
        images1=first.images,
        truth2=names[second.truth],
        answer2=names[second.answer],
        images2=second.images,
    )


def favourite(reading: Reading, names: Sequence[str]) -> str:
    """The honest note where one class is the answer to all or nearly all images; else nothing."""
    share, name = reading.favourite_share, names[reading.favourite]
    if share == 1:
        return t("models.confusion_always", name=name, accuracy=reading.accuracy)
    if share >= MOSTLY:
        return t("models.confusion_mostly", name=name, share=share)
    return ""
