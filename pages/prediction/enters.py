"""What enters: the very numbers that the network reads, and what careless ways to make them do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.data import preprocess, ways
from alexnet.data.ways import WAYS
from alexnet.figures import maps as figures
from alexnet.figures.photographs import pixelated
from alexnet.trained.record import Trained
from alexnet.ui import state
from alexnet.ui.choices.album import Shot
from alexnet.ui.components import data_table, pixels, sentence
from alexnet.ui.language import current_language, t
from pages.prediction import photo
from pages.prediction.downloads import csv_button, png_button

if TYPE_CHECKING:
    from alexnet.trained.answers import Answering

TURNS = ("0", "90", "180", "270")
COLOURS = ("red", "green", "blue")


def draw(network: Answering, model: Trained) -> None:
    """The whole view."""
    shot = photo.ask()
    if shot is None:
        return
    square = _cut(shot)
    preparation = model.preparation
    read = model.reads([square])[0]
    first, second, third = st.columns(3, vertical_alignment="top")
    with first:
        pixels(figures.png(square), t("prediction.enters_photograph", side=len(square)))
    with second:
        coarse = preprocess.reduce(square, preparation.resolution)
        pixels(figures.png(pixelated(coarse)), t("prediction.enters_reduced", side=preparation.resolution))
    with third:
        seen = preprocess.seen(read, preparation)
        pixels(figures.png(pixelated(seen)), t("prediction.enters_seen", size=len(read)))
    _tensor(model, shot, preprocess.red_first(read, preparation))
    _ways(network, model, shot, square)


def _cut(shot: Shot) -> NDArray[np.uint8]:
    """The part of the picture that the reader chooses, turned as they like."""
    with st.expander(t("prediction.cut"), icon=":material/crop_rotate:"):
        turn = state.choice(
            "prediction_turn",
            TURNS,
            label=t("prediction.cut_turn"),
            default=TURNS[0],
            name=lambda id: f"{id}°",
            kind="segmented",
        )
        share, right, down = (
            state.number(
                f"prediction_{name}",
                label=t(f"prediction.{name}"),
                default=default,
                low=low,
                high=100,
                step=5,
                kind="slider",
            )
            for name, default, low in (("cut_side", 100, 10), ("cut_right", 50, 0), ("cut_down", 50, 0))
        )
    return ways.cut(shot.square, int(turn), share / 100, right / 100, down / 100)


def _tensor(model: Trained, shot: Shot, read: NDArray[np.float32]) -> None:
    """Each colour's numbers as a picture and in words."""
    st.markdown(f"**{t('prediction.tensor', size=len(read))}**")
    most = float(np.abs(read).max()) or 1.0
    tiles = figures.tiles(read, np.full(3, most))
    for column, colour, tile, values in zip(
        st.columns(3), COLOURS, tiles, np.moveaxis(read, -1, 0), strict=True
    ):
        with column:
            words = {"low": float(values.min()), "high": float(values.max()), "mean": float(values.mean())}
            pixels(figures.png(pixelated(tile)), t(f"prediction.tensor_{colour}", **words))
    st.caption(t("prediction.tensor_says"))
    file = f"{model.id}_{shot.id}_input"
    with st.container(horizontal=True, gap="small"):
        png_button(
            "tensor", file, lambda: figures.png(np.concatenate([pixelated(one) for one in tiles], axis=1))
        )
        csv_button(
            "tensor_table",
            file,
            [
                t("prediction.column_row"),
                t("prediction.column_column"),
                *(t(f"prediction.{one}") for one in COLOURS),
            ],
            lambda: (
                [row, column, *(round(float(value), 5) for value in read[row, column])]
                for row in range(len(read))
                for column in range(len(read))
            ),
        )


def _ways(network: Answering, model: Trained, shot: Shot, square: NDArray[np.uint8]) -> None:
    """The same picture made the input in careless ways, and what the network answers then."""
    st.subheader(t("prediction.ways"), anchor=False)
    size = model.network.size
    inputs = np.stack([make(square, size, model.preparation) for make in WAYS.values()])
    answers = network.probabilities(inputs)
    names = [one.name(current_language()) for one in model.classes]
    for column, id, read in zip(st.columns(len(WAYS)), WAYS, inputs, strict=True):
        with column:
            shown = pixelated(preprocess.seen(read, model.preparation), 128)
            pixels(figures.png(shown), t(f"prediction.way_{id}"))
    best = int(answers[0].argmax())
    how, first, its, right = (
        t(f"prediction.column_{one}") for one in ("way", "answer", "probability", "usual")
    )
    rows: list[dict[str, object]] = [
        {
            how: t(f"prediction.way_{id}"),
            first: names[int(row.argmax())],
            its: 100 * float(row.max()),
            right: 100 * float(row[best]),
        }
        for id, row in zip(WAYS, answers, strict=True)
    ]
    data_table(rows, formats={its: "%.1f %%", right: "%.1f %%"}, key="prediction_ways")
    sentence(_said(answers, names, best))
    csv_button(
        "ways",
        f"{model.id}_{shot.id}_ways",
        [how, *names],
        lambda: [
            [t(f"prediction.way_{id}"), *(round(float(p), 4) for p in row)]
            for id, row in zip(WAYS, answers, strict=True)
        ],
    )


def _said(answers: NDArray[np.float32], names: Sequence[str], best: int) -> str:
    """How many careless ways change the answer, and which one moves it most."""
    others = answers[1:]
    changed = int((others.argmax(axis=1) != best).sum())
    worst = int(others[:, best].argmin())
    return t(
        "prediction.ways_said",
        label=names[best],
        p=float(answers[0, best]),
        changed=changed,
        count=len(others),
        way=t(f"prediction.way_{list(WAYS)[worst + 1]}"),
        worst=float(others[worst, best]),
    )
