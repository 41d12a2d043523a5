"""The pictures of the starter data that excite a unit most: looked for once, in the background, and shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.data.catalogue import STARTER
from alexnet.data.classes import Class
from alexnet.figures import maps as figures
from alexnet.figures.spreadsheet import Cell
from alexnet.trained import apart
from alexnet.trained.record import Trained
from alexnet.ui.browser.tile_sheet import Sheet, show, sprite
from alexnet.ui.choices import models
from alexnet.ui.choices.unit import Unit
from alexnet.ui.components import sentence
from alexnet.ui.language import current_language, t
from alexnet.ui.server.background import Jobs, Tell, progress
from pages.maps.downloads import Item, csv, png
from pages.maps.responses import Responses

if TYPE_CHECKING:
    from alexnet.trained.top_images import Best, Found

SIDE = 128  # pixels along each side of a tile's picture
_JOBS = 4  # results that are kept in memory


@st.cache_resource(show_spinner=False)
def jobs() -> Jobs[Found]:
    """The server's searches."""
    from alexnet.trained import top_images

    return Jobs("best pictures", top_images.read, top_images.write, kept=_JOBS)


def _prepared(model: Trained) -> Callable[[Tell], Found]:
    """The search for one network's pictures."""
    from alexnet.trained import top_images

    network = models.predictor(model).activations()
    return partial(top_images.search, network, images(), model.preparation)


def images() -> NDArray[np.uint8]:
    """The pictures that are looked through: those of the starter data that no network learned from.

    Raises:
        DataError: They are missing or damaged.
    """
    return _data()[0]


@st.cache_resource(show_spinner=False)
def _data() -> tuple[NDArray[np.uint8], tuple[Class, ...]]:
    pictures = STARTER.load()
    return pictures.test_images, tuple(STARTER.classes[label] for label in pictures.test_labels)


@st.cache_data(show_spinner=False, max_entries=32)
def _name(path: str, version: int, _model: Trained) -> str:
    """For it the whole file of weights has to be read, which takes a while for the paper's network."""
    from alexnet.trained import top_images

    return top_images.name(_model, STARTER.id)


def draw(shown: Responses, unit: Unit) -> list[Item]:
    """The pictures that excite a unit most, or how far the search for them is; what can be taken away.

    Raises:
        DataError: The model's files or the data set's are missing or damaged.
    """
    from alexnet.trained import top_images

    st.markdown(f"**{t('maps.best_question')}**")
    images()
    path = top_images.file(_name(*shown.model.version, shown.model))
    job = jobs().job(path, partial(_prepared, shown.model), given_up=apart.belongs_apart(shown.model.network))
    if job.failed:
        st.error(t("maps.best_failed"), icon=":material/error:")
        st.button(t("maps.best_again"), key="maps_again", on_click=jobs().forget, args=(path,))
    elif job.found is None:
        progress(job, _words)
    else:
        return _result(shown, unit, job.found[shown.layer.name])
    return []


def _words(share: float) -> str:
    return t("maps.best_working", share=share, count=len(images()), data=STARTER.name(current_language()))


def _result(shown: Responses, unit: Unit, best: Best) -> list[Item]:
    row = unit.number - 1 + (len(shown.peaks[0]) if unit.tower == 2 else 0)
    values, numbers, places = best.values[row], best.pictures[row], best.places[row]
    kinds = [_data()[1][number] for number in numbers]
    if values[0] <= 0:
        st.caption(t("maps.best_silent"))
        return []
    boxes = [
        (0.0, 0.0, 1.0, 1.0) if shown.layer.dense else shown.seen((int(place[0]), int(place[1])))
        for place in places
    ]
    tint = shown.colour(unit.tower)
    patches = shown.field < shown.model.network.size
    tiles = _tiles(numbers, None if shown.layer.dense else boxes, tint, shown.model if patches else None)
    names = [kind.name(current_language()) for kind in kinds]
    sheet = Sheet(
        t("maps.best_sheet"),
        tint,
        sprite(tiles),
        [str(number) for number in numbers],
        [f"{name} {value:.3g}" for name, value in zip(names, values, strict=True)],
        [
            t("maps.best_tile", rank=rank, name=name, answer=float(value))
            for rank, (name, value) in enumerate(zip(names, values, strict=True), start=1)
        ],
        least=120,
    )
    show(sheet, "maps_best")
    case = "dense" if shown.layer.dense else "patches" if patches else "whole"
    st.caption(t(f"maps.best_caption_{case}"))
    sentence(_said(shown, unit, float(values[0]), names))
    file = f"{shown.model.network.id}_{shown.layer.name}_{unit.id}_{STARTER.id}"
    columns = ("rank", "picture", "class", "answer", "row", "column")
    header = [t(f"maps.column_{name}") for name in columns]
    return [
        png("best", file, lambda: figures.png(np.concatenate(list(tiles), axis=1))),
        csv("best_table", file, header, partial(_table, names, values, numbers, places)),
    ]


def _tiles(
    numbers: NDArray[np.int32],
    boxes: Sequence[tuple[float, float, float, float]] | None,
    tint: str,
    model: Trained | None,
) -> NDArray[np.uint8]:
    """Each picture with its patch marked, and the patch below it as the network reads it.

    Args:
        numbers: The pictures'.
        boxes: Where the patches lie; None for a dense unit, which sees the whole picture.
        tint: The colour of the marks.
        model: Who reads them; None where a patch is as large as the picture and not shown by itself.

    Returns:
        (n, height, SIDE, 3).
    """
    pictures = images()[numbers]
    if boxes is None:
        return np.stack([figures.grid([[picture]], SIDE)[..., :3] for picture in pictures])
    tiles = []
    for picture, box in zip(pictures, boxes, strict=True):
        marked = figures.marked(picture, box, tint, SIDE)
        if model is None:
            tiles.append(marked)
            continue
        saw = np.rint(model.levels(picture)).astype(np.uint8)
        patch = figures.grid([[figures.cut(saw, box)]], SIDE)[..., :3]
        tiles.append(np.concatenate([marked, patch]))
    return np.stack(tiles)


def _said(shown: Responses, unit: Unit, best: float, names: Sequence[str]) -> str:
    counts = {one: names.count(one) for one in (each.name(current_language()) for each in STARTER.classes)}
    return t(
        "maps.best_said",
        classes=", ".join(t("maps.best_count", name=name, count=count) for name, count in counts.items()),
        best=best,
        yours=shown.peak(unit),
        share=max(shown.peak(unit), 0.0) / best,
    )


def _table(
    names: Sequence[str],
    values: NDArray[np.float32],
    numbers: NDArray[np.int32],
    places: NDArray[np.int16],
) -> list[list[Cell]]:
    return [
        [rank, int(number) + 1, name, round(float(value), 4), int(place[0]) + 1, int(place[1]) + 1]
        for rank, (number, name, value, place) in enumerate(
            zip(numbers, names, values, places, strict=True), start=1
        )
    ]
