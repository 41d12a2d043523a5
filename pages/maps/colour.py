"""A view of the Maps page: the same picture in grey and with its hues turned, and how each tower's responses
move.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.data import preprocess
from alexnet.data.colours import grey, turned
from alexnet.figures import maps as figures
from alexnet.figures.hues import Tower, Words, turns
from alexnet.figures.spreadsheet import Cell
from alexnet.trained.record import Trained
from alexnet.ui import state
from alexnet.ui.choices import album, models
from alexnet.ui.components import chart, pixels, sentence, try_this
from alexnet.ui.language import current_language, t
from pages.maps import responses
from pages.maps.downloads import csv, offer, png
from pages.maps.responses import Responses, tower_name

STEP, FIRST = 15, 120  # degrees
ANGLES = tuple(range(0, 360, 30))
"""At which the curves are computed; no turn, the first, changes nothing."""

MAPS, SIDE = 6, 64  # strongest maps of each tower, and pixels along each side of one
EVEN = 0.1
"""Changes that differ by less than this share of the larger one count as alike."""


def draw(model: Trained, shot: album.Shot, row: st.delta_generator.DeltaGenerator) -> None:
    """The view.

    Raises:
        DataError: The model's files are missing or damaged.
    """
    with row, st.container(width=190):
        hue = int(
            state.number(
                "maps_hue",
                label=t("maps.hue"),
                default=FIRST,
                low=0,
                high=360 - STEP,
                step=STEP,
                kind="slider",
                format="%d°",
                help=t("maps.hue_help"),
            )
        )
    first, *_, last = (stage.name for stage in models.predictor(model).activations().stages)
    coarse = preprocess.reduce(shot.square, model.preparation.resolution)
    levels = {"colour": coarse.astype(np.float32), "grey": grey(coarse), "turned": turned(coarse, hue)}
    inputs = _read(model, list(levels.values()))
    shown = dict(zip(levels, responses.of_all(model, inputs, first), strict=True))
    towers = range(1, len(shown["colour"].towers) + 1)
    items = []
    for column, tower in zip(st.columns(len(towers)), towers, strict=True):
        with column:
            st.markdown(f"**{tower_name(shown['colour'], tower)}**")
            sheet = _sheet(shown, tower)
            pixels(sheet, t("maps.versions_caption", maps=MAPS, hue=hue), brief=True)
            file = f"{model.network.id}_{first}_tower{tower}_{hue}"
            items.append(png(f"versions_{tower}", file, _same(sheet)))
    changes = {name: _changes(shown["colour"], shown[name]) for name in ("grey", "turned")}
    sentence(verdict("grey", changes["grey"]))
    sentence(verdict("turned", changes["turned"], hue=hue))
    place = st.container()
    curves = _curves(shown["colour"].key, shown["colour"], coarse)
    lines = [
        Tower(
            tower_name(shown["colour"], tower),
            shown["colour"].colour(tower),
            curves[tower - 1],
            changes["grey"][tower - 1],
        )
        for tower in towers
    ]
    words = Words(t("maps.hue_axis"), t("maps.change_axis"), t("maps.in_grey"))
    chart(turns(lines, ANGLES, hue, words), "maps_hues")
    # The whole network comes last: it takes longer than all the pictures above, which are on screen by now.
    with place:
        outputs = _outputs(model, inputs, last)
        sentence(_class_sentence(model, dict(zip(levels, outputs, strict=True))))
    header = [t(f"maps.column_{name}") for name in ("tower", "version", "change", "mean")]
    file = f"{model.network.id}_{first}_colours"
    offer([*items, csv("changes", file, header, partial(_table, shown, curves, hue))])
    try_this(
        "maps",
        {
            "maps.try_opposite": {"maps_hue": 180},
            "maps.try_duck": {"maps_from": "sample", "maps_sample": "duck"},
            "maps.try_none": {"maps_hue": 0},
        },
    )


def _read(model: Trained, pictures: list[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
    """What the network reads of pictures of its own resolution, 0 to 255."""
    return list(preprocess.input_of(np.stack(pictures), model.network.size, model.preparation))


def _same(file: bytes) -> Callable[[], bytes]:
    return lambda: file


def _sheet(shown: dict[str, Responses], tower: int) -> bytes:
    """Three rows, one a version: the picture, then the tower's maps that respond most in colour."""
    colour = shown["colour"]
    numbers = colour.order(tower)[:MAPS]
    chosen = {name: one.towers[tower - 1][..., numbers] for name, one in shown.items()}
    # One scale for a map in all three rows, so that darker means a weaker response.
    limits = np.max([np.abs(maps).max(axis=(0, 1)) for maps in chosen.values()], axis=0)
    rows: list[list[NDArray[np.uint8]]] = []
    for name, maps in chosen.items():
        photograph = preprocess.seen(shown[name].input, colour.model.preparation)
        framed = figures.bordered(figures.tiles(maps, limits), colour.colour(tower))
        rows.append([photograph, *framed])
    return figures.png(figures.grid(rows, SIDE))


def _changes(before: Responses, after: Responses) -> list[float]:
    from alexnet.trained.stages import change

    return [change(*pair) for pair in zip(before.towers, after.towers, strict=True)]


def verdict(version: str, changes: list[float], **values: object) -> str:
    """Which tower's responses move more; of a single tower, how far its move.

    Args:
        version: ``grey`` or ``turned``.
        changes: One or two, as ``alexnet.trained.stages.change`` measures them.
        values: What the version's name needs: the ``hue``.
    """
    name = t(f"maps.version_{version}_said", **values)
    if any(np.isnan(changes)):
        return t("maps.verdict_silent")
    if len(changes) == 1:
        return t("maps.verdict_single", version=name, change=changes[0])
    more = int(np.argmax(changes))
    case = "even" if changes[more] - changes[1 - more] <= EVEN * changes[more] else "more"
    if max(changes) < 0.005:
        case = "none"
    return t(
        f"maps.verdict_{case}",
        version=name,
        tower=more + 1,
        other=2 - more,
        more=changes[more],
        less=changes[1 - more],
        change1=changes[0],
        change2=changes[1],
    )


def _outputs(model: Trained, inputs: list[NDArray[np.float32]], last: str) -> list[NDArray[np.float32]]:
    """The probabilities that the network gives each picture, as Prediction shows them."""
    if model.preparation.mirrored:
        return list(models.predictor(model).probabilities(np.stack(inputs)))
    whole = responses.of_all(model, inputs, last)
    return [np.concatenate([tower[0, 0] for tower in one.towers]) for one in whole]


def _class_sentence(model: Trained, outputs: dict[str, NDArray[np.float32]]) -> str:
    """What the whole network says of each version."""
    said = {}
    for name, one in outputs.items():
        best = int(one.argmax())
        known = model.classes[best].name(current_language())
        said[name] = t("maps.class_said", name=known, p=float(one[best]))
    return t("maps.class_sentence", **said)


@st.cache_data(show_spinner=False, max_entries=64)
def _curves(key: tuple[str, ...], _colour: Responses, _coarse: NDArray[np.uint8]) -> list[list[float]]:
    """How far each tower's responses move, angle by angle of ``ANGLES``."""
    from alexnet.trained.stages import change

    model = _colour.model
    inputs = _read(model, [turned(_coarse, angle) for angle in ANGLES[1:]])
    every = models.predictor(model).activations().first(np.stack(inputs))
    return [
        [0.0, *(change(before, after) for after in tower)]
        for before, tower in zip(_colour.towers, every, strict=True)
    ]


def _table(shown: dict[str, Responses], curves: list[list[float]], hue: int) -> list[list[Cell]]:
    """The versions on screen with their mean responses, then every angle of the curves."""
    rows: list[list[Cell]] = []
    for name, one in shown.items():
        for tower, moved in enumerate(_changes(shown["colour"], one), start=1):
            version = t(f"maps.version_{name}", hue=hue)
            rows.append([tower, version, round(moved, 4), round(float(one.towers[tower - 1].mean()), 4)])
    for tower, line in enumerate(curves, start=1):
        for angle, moved in zip(ANGLES, line, strict=True):
            rows.append([tower, t("maps.version_turned", hue=angle), round(moved, 4), None])
    return rows
