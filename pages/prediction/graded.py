"""Test pictures with right and wrong answers marked, and a confusion matrix whose cells open them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.data.labelled import Labelled
from alexnet.figures import judged as figures
from alexnet.figures.guesses import bars
from alexnet.figures.kernels import png
from alexnet.figures.maps import sprite as joined
from alexnet.figures.photographs import pixelated
from alexnet.figures.spreadsheet import Cell
from alexnet.figures.theme import NEUTRAL
from alexnet.studies import judged
from alexnet.studies.judged import WHICH, Which
from alexnet.trained.answered import Answered
from alexnet.trained.record import Trained
from alexnet.ui import state
from alexnet.ui.browser.tile_sheet import Sheet, show, sprite
from alexnet.ui.choices import answered
from alexnet.ui.components import chart, pixels, sentence
from alexnet.ui.language import current_language, t
from pages.prediction import matrix
from pages.prediction.downloads import csv_button, png_button

if TYPE_CHECKING:
    from alexnet.trained.answers import Answering

SHOWN = 48
"""Pictures on one sheet."""

ANY = "any"


def draw(network: Answering, model: Trained) -> None:
    """The whole view.

    Raises:
        InputError: no_pictures_of_network.
        DataError: The pictures or the weights are missing or damaged.
    """
    test = answered.pictures(model, "test")
    names = [one.name(current_language()) for one in model.classes]
    # Asked for before the answers are there: what a link names must not be lost while they are worked out.
    which, truth, answer = _ask(model, names)
    wanted = _wanted()
    found = answered.of(model, network, "test")
    if found is None:
        state.carry("prediction_number", wanted)
        return
    order = judged.order(found.probabilities, test.labels, which, truth, answer)
    sentence(_said(found, test, names))
    _sheet(model, test, found, order, names, wanted)
    st.subheader(t("prediction.matrix"), anchor=False)
    matrix.draw(model, judged.counts(found.probabilities, test.labels), names)


def _ask(model: Trained, names: Sequence[str]) -> tuple[Which, int | None, int | None]:
    """Which answers, of which class, that were called what; None: any."""
    ids = [one.id for one in model.classes]
    called = {ANY: t("prediction.any_class")} | dict(zip(ids, names, strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width="content"):
            which = state.choice(
                "prediction_which",
                WHICH,
                label=t("prediction.which"),
                default=WHICH[0],
                name=lambda id: t(f"prediction.which_{id}"),
                kind="segmented",
            )
        chosen = []
        for name in ("truth", "answer"):
            with st.container(width=190):
                one = state.choice(
                    f"prediction_{name}",
                    list(called),
                    label=t(f"prediction.column_{name}"),
                    default=ANY,
                    name=called.__getitem__,
                )
                chosen.append(None if one == ANY else ids.index(one))
    return cast(Which, which), chosen[0], chosen[1]


def _said(found: Answered, test: Labelled, names: Sequence[str]) -> str:
    """How many are right, and how sure the surest mistake is."""
    wrong = judged.order(found.probabilities, test.labels, "wrong")
    count, right = len(test.labels), len(test.labels) - len(wrong)
    words = {"count": count, "right": right, "share": right / count}
    if not len(wrong):
        return t("prediction.test_all_right", **words)
    first = wrong[0]
    row = found.probabilities[first]
    return t(
        "prediction.test_said",
        **words,
        wrong=len(wrong),
        sure=int((found.probabilities[wrong].max(axis=1) >= 0.9).sum()),
        truth=names[test.labels[first]],
        answer=names[int(row.argmax())],
        p=float(row.max()),
    )


def _sheet(
    model: Trained,
    test: Labelled,
    found: Answered,
    order: NDArray[np.int64],
    names: Sequence[str],
    wanted: str,
) -> None:
    """The chosen pictures as tiles, one of them large, and what can be taken away."""
    if not len(order):
        st.caption(t("prediction.test_none"))
        return
    pages = -(-len(order) // SHOWN)
    page = 1
    if pages > 1:
        with st.container(width=190):
            label = t("prediction.sheet", pages=pages)
            page = int(state.number("prediction_sheet", label=label, default=1, low=1, high=pages))
    some = order[(page - 1) * SHOWN : page * SHOWN]
    answers = found.probabilities[some].argmax(axis=1)
    right = answers == test.labels[some]
    tiles = figures.tiles(test.images[some], right)
    sure = found.probabilities[some].max(axis=1)
    chosen = _chosen([str(number) for number in some], wanted)
    show(
        Sheet(
            t("prediction.test_sheet"),
            NEUTRAL,
            sprite(tiles),
            [str(number) for number in some],
            [f"{names[answer]} {p:.0%}" for answer, p in zip(answers, sure, strict=True)],
            [
                t(
                    f"prediction.tile_{'right' if good else 'wrong'}",
                    truth=names[label],
                    answer=names[answer],
                    p=p,
                )
                for good, label, answer, p in zip(right, test.labels[some], answers, sure, strict=True)
            ],
            least=84,
        ),
        "prediction_test",
        chosen=str(chosen),
        picked=lambda id: state.set_choices(prediction_number=id),
    )
    st.caption(
        t(
            "prediction.test_caption",
            first=(page - 1) * SHOWN + 1,
            last=(page - 1) * SHOWN + len(some),
            all=len(order),
        )
    )
    _one(model, test, found, chosen, names)
    file = f"{model.id}_{test.id}"
    with st.container(horizontal=True, gap="small"):
        png_button("sheet", file, lambda: png(joined(tiles, 8)))
        header = [t(f"prediction.column_{name}") for name in ("number", "truth", "answer", "probability")]
        csv_button(
            "answers",
            file,
            header + [t("prediction.column_of", name=name) for name in names],
            partial(_table, test, found, order, names),
        )


def _wanted() -> str:
    """The picture that a link, a click or this tab's last choice names; nothing where none does."""
    handed = state.handed("prediction_number")
    if handed is not None:
        st.session_state["_prediction_number"] = handed
    return str(st.session_state.get("_prediction_number", ""))


def _chosen(ids: Sequence[str], wanted: str) -> int:
    """The wanted picture if it is there, else the first."""
    chosen = wanted if wanted in ids else ids[0]
    state.carry("prediction_number", chosen if chosen != ids[0] else "")
    return int(chosen)


def _one(model: Trained, test: Labelled, found: Answered, number: int, names: Sequence[str]) -> None:
    """One picture large, beside its answer."""
    row, truth = found.probabilities[number], int(test.labels[number])
    best = np.argsort(-row, kind="stable")[:5]
    picture, answer = st.columns([1, 2], vertical_alignment="center")
    with picture:
        pixels(
            png(pixelated(test.images[number])),
            t("prediction.test_one", number=number + 1, truth=names[truth]),
        )
    with answer:
        figure = bars([names[at] for at in best], [float(row[at]) for at in best], t("prediction.axis"))
        chart(figure, "prediction_test_bars")


def _table(
    test: Labelled, found: Answered, order: NDArray[np.int64], names: Sequence[str]
) -> Iterator[list[Cell]]:
    """Each picture's number, class, answer and all probabilities."""
    for number in order:
        row = found.probabilities[number]
        best = int(row.argmax())
        yield [
            int(number) + 1,
            names[test.labels[number]],
            names[best],
            round(float(row[best]), 4),
            *(round(float(p), 4) for p in row),
        ]
