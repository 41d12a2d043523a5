"""Nearest neighbours as in the paper's figure 4: the training pictures closest in the last hidden layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from alexnet.data.labelled import Labelled
from alexnet.figures.kernels import png
from alexnet.figures.maps import sprite as joined
from alexnet.figures.photographs import pixelated
from alexnet.figures.theme import NEUTRAL
from alexnet.trained import neighbours
from alexnet.trained.neighbours import Nearest
from alexnet.trained.record import Trained
from alexnet.ui.browser.tile_sheet import Sheet, show, sprite
from alexnet.ui.choices import answered
from alexnet.ui.components import pixels, sentence
from alexnet.ui.language import current_language, t
from pages.prediction import photo
from pages.prediction.downloads import csv_button, png_button

if TYPE_CHECKING:
    from alexnet.trained.answers import Answering

COUNT = 12
"""Neighbours that are shown."""


def draw(network: Answering, model: Trained) -> None:
    """The whole view.

    Raises:
        InputError: no_pictures_of_network.
        DataError: The pictures or the weights are missing or damaged.
    """
    shot = photo.ask()
    learned = answered.pictures(model, "train")
    index = answered.of(model, network, "train")
    if index is None or shot is None:
        return
    read = model.reads([shot.square])
    probabilities, hidden = network.activations().hidden(read)
    found = neighbours.nearest(index.hidden, hidden[0], COUNT)
    by_pixels = neighbours.nearest_pixels(learned.images, shot.square, COUNT)
    names = [one.name(current_language()) for one in model.classes]
    first = names[int(probabilities[0].argmax())]
    picture, sheets = st.columns([1, 4], vertical_alignment="top")
    with picture, st.container(width=260):
        pixels(
            png(pixelated(np.rint(model.levels(shot.square)).astype(np.uint8))), t("prediction.alike_yours")
        )
    with sheets:
        for which, nearest in (("hidden", found), ("pixels", by_pixels)):
            st.markdown(f"**{t(f'prediction.alike_{which}', units=hidden.shape[1])}**")
            _sheet(which, nearest, learned, names)
    said = [
        sum(names[label] == first for label in learned.labels[one.positions]) for one in (found, by_pixels)
    ]
    sentence(
        t("prediction.alike_said", label=first, hidden=said[0], pixels=said[1], count=len(found.positions))
    )
    st.caption(t("prediction.alike_caption", count=len(learned.images)))
    file = f"{model.id}_{shot.id}_neighbours"
    with st.container(horizontal=True, gap="small"):
        png_button("alike", file, lambda: png(joined(_tiles(found, learned), COUNT)))
        csv_button(
            "alike_table",
            file,
            [t(f"prediction.column_{name}") for name in ("rank", "number", "truth", "distance")],
            lambda: [
                [rank, int(at) + 1, names[learned.labels[at]], round(float(distance), 4)]
                for rank, (at, distance) in enumerate(zip(*found, strict=True), start=1)
            ],
        )


def _tiles(nearest: Nearest, learned: Labelled) -> np.ndarray:
    return np.stack([pixelated(one, 96) for one in learned.images[nearest.positions]])


def _sheet(which: str, nearest: Nearest, learned: Labelled, names: list[str]) -> None:
    """The neighbours with their classes."""
    called = [names[label] for label in learned.labels[nearest.positions]]
    show(
        Sheet(
            t(f"prediction.alike_sheet_{which}"),
            NEUTRAL,
            sprite(_tiles(nearest, learned)),
            [f"{which}{at}" for at in nearest.positions],
            called,
            [
                t("prediction.alike_tile", rank=rank, label=label, distance=float(distance))
                for rank, (label, distance) in enumerate(zip(called, nearest.distances, strict=True), start=1)
            ],
            least=84,
        ),
        f"prediction_alike_{which}",
    )
