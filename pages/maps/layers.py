"""Two views of the Maps page: all maps of the first layer, and of any layer; one of them in detail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from alexnet.figures import maps as figures
from alexnet.figures.spreadsheet import Cell
from alexnet.trained.record import Trained
from alexnet.ui import state
from alexnet.ui.browser.tile_sheet import Sheet, show
from alexnet.ui.choices import album, models
from alexnet.ui.choices.unit import Unit, parsed
from alexnet.ui.components import sentence, settings, try_this
from alexnet.ui.language import t
from pages.maps import best, responses
from pages.maps.downloads import Item, csv, offer, png
from pages.maps.responses import Contrast, Responses, tower_name
from pages.maps.unit import detail, known_class, unit_name

SHOWN = 96
"""Tiles of a layer at most; the towers share them."""

UNIT = "maps_unit"
TOWERS, CONTRASTS = ("both", "1", "2"), ("own", "shared")
ACROSS, TILE = 12, 72  # of what is taken away: tiles side by side, and pixels along each side of one


def first_layer(model: Trained, shot: album.Shot, row: DeltaGenerator) -> None:
    """The view "My picture": any layer, at first the first one.

    Raises:
        DataError: The model's files are missing or damaged.
    """
    _draw(model, shot, row, 0)
    try_this(
        "maps",
        {
            "maps.try_shared": {"maps_contrast": "shared"},
            "maps.try_coffee": {"maps_from": "sample", "maps_sample": "coffee"},
            "maps.try_last": {"maps_view": "deeper"},
        },
    )


def any_layer(model: Trained, shot: album.Shot, row: DeltaGenerator) -> None:
    """The view "Deeper": any layer, and the pictures that excite a unit most.

    Raises:
        DataError: The model's files or the data set's are missing or damaged.
    """
    names = _draw(model, shot, row, 4, best.draw)
    try_this(
        "maps",
        {
            "maps.try_edges": {"maps_layer": names[0]},
            "maps.try_middle": {"maps_layer": names[len(names) // 3]},
            "maps.try_answer": {"maps_layer": names[-1]},
        },
    )


def _draw(
    model: Trained,
    shot: album.Shot,
    row: DeltaGenerator,
    first: int,
    more: Callable[[Responses, Unit], list[Item]] | None = None,
) -> list[str]:
    """One layer: its units to choose from, and beside them the chosen one, with ``more`` about it.

    Args:
        model: Whose.
        shot: The picture.
        row: The page's row of controls, which gets the layer.
        first: The place of the layer that stands there at first.
        more: What else is shown of the chosen unit, and what of it can be taken away.

    Returns:
        The names of all layers.
    """
    names = [stage.name for stage in models.predictor(model).activations().stages]
    with row.container(width=190):
        layer = state.choice(
            "maps_layer",
            names,
            label=t("common.layer"),
            default=names[min(first, len(names) - 1)],
            name=str,
            kind="slider",
        )
    shown = responses.of(model, model.reads([shot.square])[0], layer)
    towers, contrast = _ask(shown)
    unit = _chosen(shown)
    # What a click shows stands beside what is clicked; on a phone at the bottom of the screen, see frame.css.
    left, right = st.columns([3, 2] if more is None else [1, 1], gap="medium")
    items = []
    with right, st.container(key="maps_panel" if more is None else "maps_best_panel"):
        items.append(detail(shown, unit))
        if more is not None:
            items += more(shown, unit)
    with left:
        for column, tower in zip(st.columns(len(towers)), towers, strict=True):
            with column:
                st.markdown(f"**{tower_name(shown, tower)}**")
                _sheet(shown, tower, contrast, unit)
    sentence(summary(shown))
    side, count = shown.side, sum(map(len, shown.peaks))
    st.caption(
        t("maps.layer_dense", layer=layer, count=count)
        if shown.layer.dense
        else t("maps.layer_maps", layer=layer, count=count, side=side)
    )
    file = f"{model.network.id}_{layer}"
    sheets = png("tiles", file, partial(_poster, shown, towers, contrast))
    offer([sheets, csv("units", file, _columns(shown), partial(_table, shown)), *items])
    return names


def _ask(shown: Responses) -> tuple[list[int], Contrast]:
    """Which towers, and how bright; folded."""
    two, dense = len(shown.towers) == 2, shown.layer.dense
    if not two and dense:
        return [1], "shared"
    stand = {}
    if two:
        stand["towers"] = state.stands("maps_towers", TOWERS[0], TOWERS.__contains__)
    if not dense:
        stand["contrast"] = state.stands("maps_contrast", CONTRASTS[0], CONTRASTS.__contains__)
    said = [f"{t(f'maps.{key}')}: {t(f'maps.{key}_{value}')}" for key, value in stand.items()]
    found = {"towers": "1", "contrast": "shared"}
    folded = settings("maps", *said)
    with folded.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        for key, options in (("towers", TOWERS), ("contrast", CONTRASTS)):
            if key in stand:
                found[key] = _choice(key, options)
    which = found["towers"]
    return [1, 2] if which == "both" else [int(which)], cast(Contrast, found["contrast"])


def _choice(key: str, options: Sequence[str]) -> str:
    return state.choice(
        f"maps_{key}",
        options,
        label=t(f"maps.{key}"),
        default=options[0],
        name=lambda id: t(f"maps.{key}_{id}"),
        kind="segmented",
        help=t("maps.contrast_help") if key == "contrast" else None,
    )


def _chosen(shown: Responses) -> Unit:
    """The unit of the link or the last click; else the one that responds most strongly."""
    handed = state.handed(UNIT)
    if handed is not None:
        st.session_state[f"_{UNIT}"] = shown.layer.name, handed
    # The same number in another layer is another unit, which nobody has chosen.
    layer, id = st.session_state.get(f"_{UNIT}", ("", ""))
    asked = parsed(id) if layer == shown.layer.name else None
    if asked is None or not shown.has(asked):
        state.carry(UNIT, "")
        return shown.strongest
    state.carry(UNIT, asked.id)
    return asked


def _listed(shown: Responses, tower: int) -> list[int]:
    """The tiles of a tower: the strongest that respond at all; of a tower that is silent as a whole, all."""
    peaks = shown.peaks[tower - 1]
    order = shown.order(tower)
    return ([number for number in order if peaks[number] > 0] or order)[: SHOWN // len(shown.towers)]


def _silent(shown: Responses, tower: int) -> list[int]:
    """The tiles of a tower that are folded away, as they are all of one grey."""
    listed, peaks = set(_listed(shown, tower)), shown.peaks[tower - 1]
    rest = [number for number in shown.order(tower) if peaks[number] <= 0 and number not in listed]
    return rest[: SHOWN // len(shown.towers)]


def _sheet(shown: Responses, tower: int, contrast: Contrast, unit: Unit) -> None:
    numbers = _listed(shown, tower)
    peaks = shown.peaks[tower - 1]
    _tiles(shown, tower, contrast, unit, numbers, f"maps_sheet_{tower}")
    case = "all" if len(numbers) == len(peaks) else "part"
    st.caption(t(f"maps.sheet_caption_{case}", shown=len(numbers), count=len(peaks)))
    silent = _silent(shown, tower)
    if silent:
        with st.expander(t("maps.silent_tiles", count=len(silent)), icon=":material/visibility_off:"):
            _tiles(shown, tower, contrast, unit, silent, f"maps_silent_{tower}")


def _tiles(
    shown: Responses, tower: int, contrast: Contrast, unit: Unit, numbers: Sequence[int], key: str
) -> None:
    peaks, order = shown.peaks[tower - 1], shown.order(tower)
    units = [Unit(tower, number + 1) for number in numbers]
    name = tower_name(shown, tower)
    sheet = Sheet(
        t("maps.sheet", layer=shown.layer.name, tower=name),
        shown.colour(tower),
        responses.picture(shown, tower, list(numbers), contrast),
        [one.id for one in units],
        [known_class(shown, one) or str(one.number) for one in units],
        [
            t(
                "maps.tile",
                unit=unit_name(shown, one),
                answer=float(peaks[one.number - 1]),
                rank=order.index(one.number - 1) + 1,
            )
            for one in units
        ],
        least=56 if len(shown.towers) == 2 else 62,
    )
    show(sheet, key, chosen=unit.id, picked=lambda id: state.set_choices(**{UNIT: id}))


def summary(shown: Responses) -> str:
    """What the sheets show, in words: which tower responds more strongly, and how many units are silent."""
    peaks = np.concatenate(shown.peaks)
    silent = int((peaks <= 0).sum())
    strongest = unit_name(shown, shown.strongest)
    said = t("maps.summary", unit=strongest, answer=shown.peak(shown.strongest), count=len(peaks))
    if silent:
        said = f"{said} {t('maps.summary_silent', silent=silent, count=len(peaks))}"
    if len(shown.towers) == 1:
        return said
    means = [float(np.maximum(maps, 0).mean()) for maps in shown.towers]
    more = int(np.argmax(means))
    less = means[1 - more]
    if less <= 0 or means[more] < 1.1 * less:
        return f"{said} {t('maps.summary_even')}" if less > 0 else said
    return f"{said} {t('maps.summary_more', tower=more + 1, times=means[more] / less)}"


def _poster(shown: Responses, towers: Sequence[int], contrast: Contrast) -> bytes:
    rows: list[list[NDArray[np.uint8]]] = []
    for tower in towers:
        framed = figures.bordered(shown.tiles(tower, _listed(shown, tower), contrast), shown.colour(tower))
        rows += [framed[at : at + ACROSS] for at in range(0, len(framed), ACROSS)]
    return figures.png(figures.grid(rows, TILE))


def _columns(shown: Responses) -> list[str]:
    return [
        t(f"maps.column_{name}") for name in ("tower", "unit", "class", "answer", "mean", "row", "column")
    ]


def _table(shown: Responses) -> list[list[Cell]]:
    """All units, the strongest of each tower first."""
    rows: list[list[Cell]] = []
    for tower in range(1, len(shown.towers) + 1):
        for number in shown.order(tower):
            unit = Unit(tower, number + 1)
            place = (None, None) if shown.layer.dense else tuple(at + 1 for at in shown.place(unit))
            rows.append(
                [
                    tower,
                    unit.number,
                    known_class(shown, unit),
                    round(shown.peak(unit), 4),
                    round(float(shown.map(unit).mean()), 4),
                    *place,
                ]
            )
    return rows
