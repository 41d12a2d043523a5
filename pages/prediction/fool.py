"""Fool it: sliders that disturb the picture, and a step of the gradient's sign, with the bars following."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.data import preprocess
from alexnet.data.disturbance import SIDE, Disturbance, disturbed
from alexnet.figures.guesses import compared
from alexnet.figures.kernels import png
from alexnet.figures.photographs import pixelated
from alexnet.trained import fooling
from alexnet.trained.record import Trained
from alexnet.ui import state
from alexnet.ui.choices.album import Shot
from alexnet.ui.components import chart, pixels, sentence, try_this
from alexnet.ui.language import current_language, t
from pages.prediction import photo
from pages.prediction.downloads import csv_button, png_button

if TYPE_CHECKING:
    from alexnet.trained.answers import Answering

SHOWN = 5
"""Classes whose bars are drawn."""


class Slider(NamedTuple):
    """From where to where a slider goes, and in which steps."""

    low: float
    high: float
    step: float = 1


SLIDERS: Mapping[str, Slider] = {
    "rotate": Slider(-180, 180, 5),
    "right": Slider(-50, 50, 2),
    "down": Slider(-50, 50, 2),
    "blur": Slider(0.0, 10.0, 0.5),
    "hue": Slider(-180, 180, 10),
    "grey": Slider(0, 100, 10),
    "noise": Slider(0, 100, 2),
    "cover": Slider(0, 100, 5),
    "cover_x": Slider(0, 100, 5),
    "cover_y": Slider(0, 100, 5),
}
STEP = Slider(0.0, 16.0, 0.5)
NOTHING = Disturbance()
RESET: dict[str, state.Value] = {
    **{f"prediction_{one.name}": getattr(NOTHING, one.name) for one in fields(Disturbance)},
    "prediction_step": 0.0,
}
TRIES: Mapping[str, Mapping[str, state.Value]] = {
    "prediction.try_step": RESET | {"prediction_step": 4.0},
    "prediction.try_upside_down": RESET | {"prediction_rotate": 180},
    "prediction.try_green": RESET | {"prediction_hue": 120},
    "prediction.try_reset": RESET,
}


class Fooled(NamedTuple):
    """One step's result.

    Attributes:
        picture: Disturbed, before the network's own preparation, (side, side, 3), uint8.
        seen: What the network saw of it, with the gradient step, (size, size, 3), uint8.
        before, after: Probabilities of the undisturbed picture and of this one, (classes,).
    """

    picture: NDArray[np.uint8]
    seen: NDArray[np.uint8]
    before: NDArray[np.float32]
    after: NDArray[np.float32]


class Base(NamedTuple):
    """A picture before anything is done to it.

    Attributes:
        picture: At the size at which it is disturbed, (side, side, 3), uint8.
        read: What the network reads of the whole picture, (size, size, 3), scaled.
        before: Its probabilities, (classes,).
    """

    picture: NDArray[np.uint8]
    read: NDArray[np.float32]
    before: NDArray[np.float32]


def base(network: Answering, model: Trained, square: NDArray[np.uint8]) -> Base:
    """What all steps from one picture begin with; ``square`` is (side, side, 3)."""
    read = model.reads([square])
    picture = preprocess.reduce(square, max(SIDE, model.preparation.resolution))
    return Base(picture, read[0], network.probabilities(read)[0])


def fool(network: Answering, model: Trained, start: Base, how: Disturbance, size: float) -> Fooled:
    """Disturb a picture, take the step, ask.

    Args:
        network: Asked.
        model: Its record.
        start: The picture.
        how: What is done to the picture.
        size: Of the gradient-sign step, of 255, against the first answer to the disturbed picture.
    """
    changed, moved, after = start
    if how != NOTHING:
        changed = disturbed(start.picture, how)
        moved = model.reads([changed])[0]
        (after,) = network.probabilities(moved[None])
    if size:
        first = int(after.argmax())
        moved = fooling.step(network.activations(), moved, model.preparation, first, size)
        (after,) = network.probabilities(moved[None])
    return Fooled(changed, preprocess.seen(moved, model.preparation), start.before, after)


@st.cache_data(show_spinner=False, max_entries=64)
def _base(path: str, version: int, shot: str, _network: Answering, _model: Trained, _shot: Shot) -> Base:
    return base(_network, _model, _shot.square)


def draw(network: Answering, model: Trained) -> None:
    """The whole view."""
    shot = photo.ask()
    if shot is not None:
        # Alone it is drawn anew at each move of a slider, without the rest of the page.
        st.fragment(_follow)(network, model, shot)
        try_this("prediction", TRIES)


def _follow(network: Answering, model: Trained, shot: Shot) -> None:
    """The picture and the bars, above the sliders that they follow."""
    result = st.container()
    how, size = _sliders()
    with result:
        start = _base(*model.version, shot.id, network, model, shot)
        found = fool(network, model, start, how, size)
        _show(model, found, changed=how != NOTHING or size > 0)
    _take_away(model, shot, found)


def _sliders() -> tuple[Disturbance, float]:
    """What the sliders say."""

    def slider(name: str, span: Slider, default: float) -> float:
        return state.number(
            f"prediction_{name}",
            label=t(f"prediction.slider_{name}"),
            default=default,
            low=span.low,
            high=span.high,
            step=span.step,
            kind="slider",
            format="%.1f" if span.step < 1 else None,
        )

    size = float(slider("step", STEP, 0.0))
    chosen, names = {}, list(SLIDERS)
    for pair in zip(names[::2], names[1::2], strict=True):  # so that on a phone they stand in this order
        for name, column in zip(pair, st.columns(2), strict=True):
            with column:
                chosen[name] = slider(name, SLIDERS[name], getattr(NOTHING, name))
    return Disturbance(**chosen), size  # type: ignore[arg-type]  # each has its default's own type


def _show(model: Trained, found: Fooled, *, changed: bool) -> None:
    names = [one.name(current_language()) for one in model.classes]
    pictures, answer = st.columns(2, vertical_alignment="top")
    with pictures, st.container(key="prediction_pictures_fool"):
        left, right = st.columns(2)
        with left:
            pixels(png(found.picture), t("prediction.fool_picture"), brief=True)
        with right:
            pixels(png(pixelated(found.seen)), t("prediction.fool_seen"), brief=True)
    order = np.argsort(-np.maximum(found.before, found.after), kind="stable")[:SHOWN]
    with answer:
        figure = compared(
            [names[at] for at in order],
            [
                (t("prediction.fool_before"), [float(found.before[at]) for at in order]),
                (t("prediction.fool_after"), [float(found.after[at]) for at in order]),
            ],
            t("prediction.axis"),
        )
        chart(figure, "prediction_fool_bars")
    sentence(_said(found, names, changed=changed))


def _take_away(model: Trained, shot: Shot, found: Fooled) -> None:
    names = [one.name(current_language()) for one in model.classes]
    file = f"{model.id}_{shot.id}_fooled"
    with st.container(horizontal=True, gap="small"):
        png_button("fooled", file, lambda: png(pixelated(found.seen)))
        csv_button(
            "fooled_table",
            file,
            [t("prediction.column_class"), t("prediction.fool_before"), t("prediction.fool_after")],
            lambda: [
                [name, round(float(before), 4), round(float(after), 4)]
                for name, before, after in zip(names, found.before, found.after, strict=True)
            ],
        )


def _said(found: Fooled, names: Sequence[str], *, changed: bool) -> str:
    """Whether the answer has changed."""
    first, now = int(found.before.argmax()), int(found.after.argmax())
    case = "nothing" if not changed else "same" if first == now else "fooled"
    return t(
        f"prediction.fool_{case}",
        label=names[first],
        before=float(found.before[first]),
        after=float(found.after[first]),
        other=names[now],
        p=float(found.after[now]),
    )
