"""Ten crops as in the paper, and the answer at every offset of a crop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.data import preprocess
from alexnet.figures.crop_map import crop_map
from alexnet.figures.guesses import bars
from alexnet.figures.kernels import png
from alexnet.figures.maps import sprite as joined
from alexnet.figures.photographs import pixelated
from alexnet.figures.theme import NEUTRAL
from alexnet.trained import crops
from alexnet.trained.record import Trained
from alexnet.ui import state
from alexnet.ui.browser.tile_sheet import Sheet, show, sprite
from alexnet.ui.choices.album import Shot
from alexnet.ui.components import chart, sentence
from alexnet.ui.language import current_language, t
from pages.prediction import photo
from pages.prediction.downloads import csv_button, png_button

if TYPE_CHECKING:
    from alexnet.trained.answers import Answering

PLACES = ("upper_left", "upper_right", "lower_left", "lower_right", "centre")
"""As ``crops.five`` orders them."""

SHOWN = 5
"""Bars at most."""

Probabilities = NDArray[np.float32]


def draw(network: Answering, model: Trained) -> None:
    """The whole view."""
    shot = photo.ask()
    if shot is None:
        return
    resolution = model.preparation.resolution
    usual = crops.side(model.preparation)
    side = int(
        state.number(
            "prediction_side",
            label=t("prediction.crop_side", resolution=resolution),
            default=usual,
            low=max(1, resolution // 2),
            high=resolution - 1,
            kind="slider",
            help=t("prediction.crop_side_help"),
        )
    )
    answers, at_offsets = _asked(*model.version, shot.id, side, network, shot)
    names = [one.name(current_language()) for one in model.classes]
    picture = preprocess.reduce(shot.square, resolution)
    _ten(model, shot, crops.ten(picture, side), answers, names)
    _map(model, shot, side, answers, at_offsets, names)


@st.cache_data(show_spinner=False, max_entries=64)
def _asked(
    path: str, version: int, shot: str, side: int, _network: Answering, _shot: Shot
) -> tuple[Probabilities, Probabilities]:
    """The answers to the ten crops, and to the crop at every offset."""
    picture = preprocess.reduce(_shot.square, _network.preparation.resolution)
    return crops.ask(_network, crops.ten(picture, side)), crops.crop_map(_network, picture, side)


def _ten(
    model: Trained, shot: Shot, pictures: NDArray[np.uint8], answers: Probabilities, names: Sequence[str]
) -> None:
    """Each crop with its answer, and their mean."""
    mean = answers.mean(axis=0)
    places = [t(f"prediction.crop_{place}") for place in PLACES]
    where = places + [t("prediction.crop_mirrored", place=place) for place in places]
    best = answers.argmax(axis=1)
    tiles = np.stack([pixelated(one, 96) for one in pictures])
    said = [f"{names[at]} {row[at]:.0%}" for at, row in zip(best, answers, strict=True)]
    show(
        Sheet(
            t("prediction.crops_sheet"),
            NEUTRAL,
            sprite(tiles),
            [str(number) for number in range(len(answers))],
            said,
            [f"{place}: {one}" for place, one in zip(where, said, strict=True)],
            across=5,
        ),
        "prediction_crops",
    )
    st.caption(t("prediction.crops_caption", side=len(pictures[0])))
    order = np.argsort(-mean, kind="stable")[:SHOWN]
    chart(
        bars([names[at] for at in order], [float(mean[at]) for at in order], t("prediction.axis_mean")),
        "prediction_crops_bars",
    )
    first = int(mean.argmax())
    sentence(
        t(
            "prediction.crops_said",
            label=names[first],
            mean=float(mean[first]),
            low=float(answers[:, first].min()),
            high=float(answers[:, first].max()),
            same=int((best == first).sum()),
            count=len(answers),
        )
    )
    file = f"{model.id}_{shot.id}_crops"
    with st.container(horizontal=True, gap="small"):
        png_button("crops", file, lambda: png(joined(tiles, 5)))
        csv_button(
            "crops_table",
            file,
            [t("prediction.column_crop"), t("prediction.column_answer"), *names],
            lambda: [
                [place, names[int(row.argmax())], *(round(float(p), 4) for p in row)]
                for place, row in zip(
                    [*where, t("prediction.crop_mean")], np.concatenate([answers, mean[None]]), strict=True
                )
            ],
        )


def _map(
    model: Trained,
    shot: Shot,
    side: int,
    answers: Probabilities,
    at_offsets: Probabilities,
    names: Sequence[str],
) -> None:
    """One class's probability over all offsets, and its spread."""
    st.subheader(t("prediction.crop_map"), anchor=False)
    order = [int(at) for at in np.argsort(-answers.mean(axis=0), kind="stable")]
    ids = [one.id for one in model.classes]
    with st.container(width=260):
        asked = state.choice(
            "prediction_class",
            [ids[at] for at in order],
            label=t("prediction.crop_map_class"),
            default=ids[order[0]],
            name=lambda id: names[ids.index(id)],
        )
    index = ids.index(asked)
    values = at_offsets[..., index]
    along = crops.offsets(model.preparation.resolution, side)
    left, top = t("prediction.crop_from_left"), t("prediction.crop_from_top")
    chart(
        crop_map(values, along, left=left, top=top, probability=t("prediction.axis")), "prediction_crop_map"
    )
    sentence(
        t(
            "prediction.crop_map_said",
            label=names[index],
            count=values.size,
            mean=float(values.mean()),
            spread=100 * float(values.std()),
            low=float(values.min()),
            high=float(values.max()),
            first=int((at_offsets.argmax(axis=-1) == index).sum()),
        )
    )
    csv_button(
        "crop_map",
        f"{model.id}_{shot.id}_{asked}_offsets",
        [top, left, t("prediction.column_probability")],
        lambda: [
            [down, across, round(float(values[row, column]), 4)]
            for row, down in enumerate(along)
            for column, across in enumerate(along)
        ],
    )
