"""Why this answer? Where the network looked, and what covering a part of the picture does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.data import preprocess
from alexnet.figures.importance import deletion, lit
from alexnet.figures.kernels import png
from alexnet.figures.photographs import pixelated
from alexnet.trained import explanations
from alexnet.trained.record import Trained
from alexnet.ui import state
from alexnet.ui.choices import models
from alexnet.ui.choices.album import Shot
from alexnet.ui.components import chart, pixels, sentence
from alexnet.ui.language import current_language, t
from pages.prediction import alone, muted

if TYPE_CHECKING:
    from alexnet.trained.answers import Answering
    from alexnet.trained.stages import Maps

AT_ONCE = 16
"""Pictures that the network is asked at once; all of them would take hundreds of megabytes at 227 pixels."""

ALIKE = 0.5
"""From this rank correlation on, a map and the one from randomized weights are called alike."""

CHANCES = 9
"""Maps of chance: one in ten maps that know nothing is better than all of them."""


@dataclass(frozen=True)
class Why:
    """What was found out about one picture and one class.

    Attributes:
        cam, fall, gradient: Maps of Grad-CAM, of the occlusion and of the plain gradient, (size, size).
        random: Grad-CAM's map from randomized weights; None for a network that is asked in another process.
        curves: The deletion test of the first three.
        chance: That of ``CHANCES`` maps of chance.
        slopes: The layer's responses, and how the class's score changes with each.
    """

    cam: NDArray[np.float32]
    fall: NDArray[np.float32]
    gradient: NDArray[np.float32]
    random: NDArray[np.float32] | None
    curves: NDArray[np.float64]
    chance: NDArray[np.float64]
    slopes: tuple[Maps, Maps]


def show(network: Answering, model: Trained, shot: Shot, read: preprocess.Floats) -> None:
    """The questions and their answers for one picture.

    Args:
        network: Asked.
        model: Its record.
        shot: The picture.
        read: What the network reads of it, (size, size, 3), scaled.
    """
    st.subheader(t("prediction.why"))
    answer = network.softmax(read[None])[0]
    index, layer = _ask(network, answer)
    with st.spinner(t("prediction.why_working")):
        found = _why(*model.version, read.tobytes(), index, layer, network, model, read)
    label = network.classes[index].name(current_language())
    seen = preprocess.seen(read, model.preparation)
    maps = {"cam": found.cam, "fall": found.fall, "gradient": found.gradient}
    if found.random is not None:
        maps["random"] = found.random
    for column, (name, map) in zip(st.columns(len(maps)), maps.items(), strict=True):
        with column:
            caption = t(f"prediction.why_{name}", layer=layer, label=label, most=float(found.fall.max()))
            pixels(png(pixelated(lit(seen, map))), caption)
    sentence(_verdict(found, label))
    if found.random is not None:
        sentence(_learned(found.cam, found.random))
    muted.show(network, model, read, answer, index, layer, found.slopes)
    alone.show(network, model, read, answer, index)
    with st.expander(t("prediction.why_test"), icon=":material/science:"):
        _test(found, shot.id)


def _ask(network: Answering, answer: NDArray[np.float32]) -> tuple[int, str]:
    """The class and the layer in question."""
    order = [int(index) for index in np.argsort(-answer, kind="stable")]
    by_id = {network.classes[index].id: index for index in order}
    names = {one.id: one.name(current_language()) for one in network.classes}
    layers = [stage.name for stage in network.activations().stages if not stage.dense]
    with st.container(horizontal=True):
        asked = state.choice(
            "prediction_class",
            list(by_id),
            label=t("prediction.why_class"),
            default=network.classes[order[0]].id,
            name=names.__getitem__,
            help=t("prediction.why_class_help"),
        )
        layer = state.choice(
            "prediction_layer",
            layers,
            label=t("prediction.why_layer"),
            default=layers[-1],
            name=str,
            kind="segmented",
            help=t("prediction.why_layer_help"),
        )
    return by_id[asked], layer


@st.cache_data(show_spinner=False, max_entries=64)
def _why(
    path: str,
    version: int,
    picture: bytes,
    index: int,
    layer: str,
    _network: Answering,
    _model: Trained,
    _read: preprocess.Floats,
) -> Why:
    def ask(inputs: preprocess.Floats) -> preprocess.Floats:
        chunks = (inputs[at : at + AT_ONCE] for at in range(0, len(inputs), AT_ONCE))
        return np.concatenate([_network.softmax(chunk) for chunk in chunks])

    maps, slopes = _network.activations().slopes(_read, index)[layer]
    size = len(_read)
    cam = explanations.grad_cam(maps, slopes, size)
    gradient = explanations.saliency(_network.activations().gradient(_read, index))
    random = None
    if (other := models.shuffled(_model)) is not None:
        random = explanations.grad_cam(*other.activations().slopes(_read, index)[layer], size)
    fall = explanations.occlusion(ask, _read, index)
    # Of the size of the map's own cells, for small patches hurt an answer in another way than large ones.
    chance = explanations.by_chance(CHANCES, maps[0].shape[1], size)
    curves = explanations.deletion(ask, _read, index, [cam, fall, gradient, *chance])
    return Why(cam, fall, gradient, random, curves[:3], curves[3:], (maps, slopes))


def _verdict(found: Why, label: str) -> str:
    """Whether the lit parts count, in words."""
    if not found.cam.any():
        return t("prediction.why_nothing", label=label)
    at = explanations.SHARES.index(0.2)
    mean = explanations.mean_probability
    better = sum(mean(found.curves[0]) < mean(curve) for curve in found.chance)
    return t(
        "prediction.why_better" if better == CHANCES else "prediction.why_no_better",
        label=label,
        whole=found.curves[0][0],
        covered=found.curves[0][at],
        chance=found.chance[:, at].mean(),
        better=better,
        chances=CHANCES,
    )


def _learned(cam: NDArray[np.float32], random: NDArray[np.float32]) -> str:
    """Whether the map tells what was learned, in words."""
    alike = explanations.likeness(cam, random)
    return t(f"prediction.why_random_{'alike' if alike >= ALIKE else 'differ'}", alike=alike)


def _test(found: Why, shot: str) -> None:
    """The deletion test as a chart and in words."""
    figure = deletion(
        explanations.SHARES,
        [
            (t(f"prediction.why_line_{name}"), found.curves[row])
            for row, name in enumerate(("cam", "fall", "gradient"))
        ],
        (t("prediction.why_line_chance", chances=CHANCES), found.chance.mean(axis=0)),
        covered=t("prediction.why_covered"),
        probability=t("prediction.axis"),
    )
    chart(figure, f"prediction_deletion_{shot}")
    st.caption(t("prediction.why_test_says", chances=CHANCES))
