"""Augmentation, live: many seeded draws of a picture at once, each knob alone, and Keras's lines for it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.data.augmentation import (
    NOTE,
    Augmentation,
    Augmenter,
    Components,
    check,
    components,
    distinct,
    draws,
    extremes,
)
from alexnet.data.augmentation_code import generator, layers
from alexnet.data.catalogue import STARTER
from alexnet.data.preprocess import Pixels, reduce
from alexnet.errors import AlexNetError
from alexnet.figures.draws import sheet
from alexnet.runs.words import augmentation_words
from alexnet.ui import state
from alexnet.ui.choices import photograph
from alexnet.ui.components import data_table, pixels, plain, problem, sentence, settings
from alexnet.ui.language import current_language, t
from pages.training import knobs

COUNT, COLUMNS = 24, 8
"""Pictures at once, the first of which is the photograph itself; and in a row."""

CELL = 96
FINENESS = ("32", "128")
"""Pixels a side: as coarse as the network sees, or fine enough for the eye."""

TRIES: Mapping[str, Mapping[str, state.Value]] = {
    f"augmentation.try_{name}": {"training_view": "augmentation", **knobs.choices_of(given)}
    for name, given in (
        ("note", NOTE),
        ("recipe", knobs.RECIPE),
        ("paper", knobs.PAPER_HERE),
        ("shear", Augmentation(shear=30.0)),
        ("wild", Augmentation(180.0, 0.3, 0.3, 30.0, 0.5, True, True, "reflect", erase=8)),
    )
}


def draw() -> None:
    """The photograph, the knobs, the draws, and what they mean."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width="content"):
            origin = photograph.ask_origin("training")
        with st.container(width=190):
            shot = (
                photograph.ask_sample("training", "kitten")
                if origin == "sample"
                else photograph.ask_own("training")
            )
        with st.container(width="content"):
            fine = int(
                state.choice(
                    "training_fine",
                    FINENESS,
                    label=t("augmentation.fine"),
                    default=FINENESS[1],
                    name=lambda id: t("augmentation.fine_pixels", side=int(id)),
                    kind="segmented",
                    help=t("augmentation.fine_help"),
                )
            )
        with st.container(width=110):
            seed = int(
                state.number(
                    "training_draw",
                    label=t("augmentation.seed"),
                    default=0,
                    low=0,
                    high=9999,
                    help=t("augmentation.seed_help"),
                )
            )
    photograph.take("training", origin)
    with settings("augmentation", t("augmentation.knobs")):
        given = knobs.ask()
    if shot is None:
        st.info(t("augmentation.no_picture"), icon=":material/info:")
        return
    try:
        check(given, knobs.SIDE)
    except AlexNetError as error:
        problem(error)
        return
    picture = reduce(shot.square, fine)
    said = augmentation_words(given, current_language())
    pixels(
        _sheet(picture, given, seed), t("augmentation.sheet", count=COUNT - 1, said=plain(said)), brief=True
    )
    _count(given)
    each(given, picture)
    if given.colour:
        _components()
    _code(given)


def _sheet(picture: Pixels, given: Augmentation, seed: int) -> bytes:
    scaled = given.scaled(len(picture) / knobs.SIDE)
    change = Augmenter(scaled, STARTER.mean, measured() if given.colour else None)
    # One picture in many epochs, as a training sees it again and again.
    drawn = np.concatenate([draws(seed, epoch, 1) for epoch in range(COUNT - 1)])
    made = change(np.repeat(picture[None], COUNT - 1, axis=0), drawn)
    return sheet(np.concatenate([_framed(picture, made.shape[1]), _whole(made)]), COLUMNS, CELL, framed=True)


def _framed(picture: Pixels, side: int) -> NDArray[np.uint8]:
    """The photograph itself at the side of what becomes of it."""
    return picture[None] if side == len(picture) else reduce(picture, side)[None]


def _whole(made: NDArray[np.float32]) -> NDArray[np.uint8]:
    rounded: NDArray[np.uint8] = np.clip(np.rint(made), 0, 255).astype(np.uint8)
    return rounded


def _count(given: Augmentation) -> None:
    """How many pictures a setting can make of one."""
    count = distinct(given, knobs.SIDE)
    if count is None:
        sentence(t("augmentation.endless"))
    else:
        sentence(t("augmentation.distinct", count=count, all=count * STARTER.train, train=STARTER.train))
    sentence(
        t(
            "augmentation.paper_count",
            paper=2 * (256 - 224) ** 2,
            code=distinct(replace(Augmentation(), crop=224, flip_x=True), 256),
        )
    )


def each(given: Augmentation, picture: Pixels) -> None:
    """Each knob that is turned, alone: the most it does to either side."""
    if not given.used:
        return
    st.markdown(f"**{t('augmentation.each')}**")
    scaled = given.scaled(len(picture) / knobs.SIDE)
    row = st.container(horizontal=True, gap="small")
    for name in given.used:
        change = Augmenter(scaled.alone(name), STARTER.mean, measured() if name == "colour" else None)
        pair = _whole(change(np.repeat(picture[None], 2, axis=0), extremes(name)))
        with row.container(width=150):
            pixels(sheet(pair, 2, 64), t(f"augmentation.{name}"), brief=True)


@st.cache_resource(show_spinner=False)
def measured() -> Components:
    """Of the colours of every training picture of the starter set; measured once."""
    return components(STARTER.load().train_images)


def _components() -> None:
    found = measured()
    st.markdown(f"**{t('augmentation.components', pictures=STARTER.train)}**")
    total = found.variances.sum()
    data_table(
        [
            {
                t("augmentation.component"): str(place),
                t("augmentation.red"): float(direction[0]),
                t("augmentation.green"): float(direction[1]),
                t("augmentation.blue"): float(direction[2]),
                t("augmentation.variance"): float(variance),
                t("augmentation.share"): 100 * float(variance / total),
            }
            for place, (variance, direction) in enumerate(
                zip(found.variances, found.directions, strict=True), start=1
            )
        ],
        formats={t(f"augmentation.{name}"): "%.3f" for name in ("red", "green", "blue")}
        | {t("augmentation.variance"): "%.4f", t("augmentation.share"): "%.1f %%"},
        key="training_components",
    )
    st.caption(t("augmentation.components_note"))


def _code(given: Augmentation) -> None:
    with st.expander(t("augmentation.code"), icon=":material/code:"):
        st.markdown(t("augmentation.code_generator"))
        st.code(generator(given), language="python")
        st.markdown(t("augmentation.code_layers"))
        st.code(layers(given, knobs.SIDE), language="python")
        for name in ("degrees", "fill", "interpolations", "shifts", "rescale"):
            sentence(t(f"augmentation.differs_{name}"))


def ask_own() -> Augmentation | None:
    """In the form for a new training: every knob with a picture of what it does; None: the recipe's own."""
    wanted = state.toggle("training_own", label=t("augmentation.own"), help=t("augmentation.own_help"))
    if not wanted:
        return None
    given = knobs.ask()
    with suppress(AlexNetError):  # which the button's place explains
        check(given, knobs.SIDE)
        each(given, reduce(photograph.sample_shot("kitten").square, 64))
    return given


def choices_of(given: Augmentation | None) -> dict[str, state.Value]:
    """The form's values for the augmentation of a run's settings."""
    if given is None:
        return {"training_own": False}
    return {"training_own": True, **knobs.choices_of(given)}
