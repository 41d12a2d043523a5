"""Pictures of a data set side by side: some of every class, or many of one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from alexnet.data.own.inspecting import Inside
from alexnet.errors import AlexNetError
from alexnet.figures.theme import NEUTRAL
from alexnet.ui.browser import tile_sheet
from alexnet.ui.components import problem
from alexnet.ui.language import t

SHOWN = 24
"""Pictures at a time."""

_TURN = "_data_gallery"
_PARTS = ("train", "validation", "test")


def button() -> None:
    """Other pictures of the same."""
    st.button(t("data.others"), key="data_others", icon=":material/casino:", on_click=_turn)


def _turn() -> None:
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def show(inside: Inside, names: Sequence[str], label: int | None) -> None:
    """Some pictures, drawn: of each class as many where there is room, or of the one that is chosen."""
    tiles(inside, names, some(inside, label, st.session_state.get(_TURN, 0)), "data_gallery")


def some(inside: Inside, label: int | None, turn: int) -> list[int]:
    """The places of at most ``SHOWN`` pictures; each turn draws others, and all classes take turns."""
    order = np.random.default_rng(turn).permutation(len(inside.labels))
    if label is not None:
        return [int(place) for place in order if inside.labels[place] == label][:SHOWN]
    rank = np.empty(len(order), np.int64)
    for one in range(inside.classes):
        of_class = order[inside.labels[order] == one]
        rank[of_class] = np.arange(len(of_class))
    # The first of each class, then the second of each, however many there are of some.
    first = np.lexsort((inside.labels, rank))[:SHOWN]
    return [int(place) for place in first[np.argsort(inside.labels[first], kind="stable")]]


def tiles(inside: Inside, names: Sequence[str], places: list[int], key: str) -> None:
    """These pictures, each with its class."""
    try:
        pictures = inside.large(places)
    except AlexNetError as error:
        problem(error)
        return
    captions = [names[inside.labels[place]] for place in places]
    labels = [
        " · ".join(
            [
                names[inside.labels[place]],
                t(f"data.part_{_PARTS[inside.parts[place]]}"),
                *_file(inside, place),
            ]
        )
        for place in places
    ]
    tile_sheet.show(
        tile_sheet.Sheet(
            t("data.gallery"),
            NEUTRAL,
            tile_sheet.sprite(pictures),
            [str(place) for place in places],
            captions,
            labels,
            least=84,
        ),
        key,
    )


def _file(inside: Inside, place: int) -> list[str]:
    return [inside.names[place]] if inside.names else []
