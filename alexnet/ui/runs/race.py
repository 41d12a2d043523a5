"""A race, drawn: the curves of its lanes, who leads, what failed and when. For live and recorded ones."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from alexnet.facts import CODE_STD, PAPER_STD
from alexnet.figures.race import Curve, race
from alexnet.figures.theme import INITIALIZER_LOOKS, Look
from alexnet.runs.config import Config
from alexnet.runs.feed import Seen
from alexnet.runs.lane import Lane
from alexnet.studies.guessing import Guessing, guessing
from alexnet.studies.standings import Standing, ranked, standing
from alexnet.ui.components import chart, data_table, sentence
from alexnet.ui.language import t


def lane_name(lane: Lane) -> str:
    """What sets a lane apart, in the reader's language."""
    id = _start(lane)
    name = t(f"initializers.rule_{id}")
    if lane.std is not None and id == lane.initializer:
        name = f"{name} {lane.std:g}"
    parts = [name] if lane.activation == "relu" else [name, lane.activation]
    return " · ".join(parts if lane.rate is None else [*parts, t("race.rate_of", rate=lane.rate)])


def _start(lane: Lane) -> str:
    """The page's id of what it begins with: the paper's and its code's deviation have one of their own."""
    return {PAPER_STD: "paper_2012", CODE_STD: "code_2012"}.get(lane.std or 0.0, lane.initializer)


def looks(lanes: Sequence[Lane]) -> list[Look]:
    """Each lane in the look of its initializer; a second one of the same, hollow and dashed otherwise."""
    found: list[Look] = []
    for lane in lanes:
        look = INITIALIZER_LOOKS[_start(lane)]
        while look in found:
            look = look.again()
        found.append(look)
    return found


def draw(config: Config, seen: Sequence[Seen], key: str) -> None:
    """Accuracy and loss of all lanes beside each other, and what they say.

    Args:
        config: The race's settings.
        seen: Its lanes, in order.
        key: Of the two charts: the same from one moment to the next, so that they grow in place.
    """
    names = [lane_name(lane) for lane in config.lanes]
    curves = [
        Curve(name, look, one.steps, one.epochs)
        for name, look, one in zip(names, looks(config.lanes), seen, strict=True)
    ]
    classes = len(config.data_set.classes)
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"**{t('race.accuracy')}**")
        axis = t("training.axis_epochs")
        figure = race("accuracy", curves, total=config.recipe.epochs, classes=classes, axis=axis)
        chart(figure, f"{key}_accuracy")
    with right:
        st.markdown(f"**{t('race.loss')}**")
        figure = race("loss", curves, total=config.recipe.epochs, classes=classes, axis=axis)
        chart(figure, f"{key}_loss")
    st.caption(t("race.legend"))
    guesses = guessing(config)
    standings = [standing(one.steps, one.epochs, one.failed, guesses) for one in seen]
    for words in said(names, standings, guesses):
        sentence(words)
    if any(one.test is not None for one in seen):
        _table(names, seen)


def said(names: Sequence[str], standings: Sequence[Standing], guesses: Guessing) -> list[str]:
    """Who leads and by how much, then every lane that fails or does not move."""
    order = ranked(standings)
    words = []
    if order:
        first = standings[order[0]]
        assert first.accuracy is not None
        if first.accuracy < guesses.limit:
            words.append(t("race.nobody", epoch=first.epoch, chance=guesses.chance))
        elif len(order) > 1:
            second = standings[order[1]].accuracy or 0.0
            words.append(
                t(
                    "race.leads",
                    epoch=first.epoch,
                    name=names[order[0]],
                    accuracy=first.accuracy,
                    points=100 * (first.accuracy - second),
                    second=names[order[1]],
                )
            )
        else:
            words.append(t("race.alone", epoch=first.epoch, name=names[order[0]], accuracy=first.accuracy))
    for name, one in zip(names, standings, strict=True):
        if one.verdict in ("failed", "unchanged", "chance"):
            words.append(t(f"race.lane_{one.verdict}", name=name, step=one.step, epoch=one.epoch))
    return words or [t("race.early")]


def _table(names: Sequence[str], seen: Sequence[Seen]) -> None:
    rows = [
        {
            t("race.column_lane"): name,
            t("race.column_validation"): 100 * one.epochs[-1]["validation_accuracy"] if one.epochs else None,
            t("race.column_test"): None if one.test is None else 100 * one.test["test_accuracy"],
        }
        for name, one in zip(names, seen, strict=True)
    ]
    data_table(rows, formats={t(f"race.column_{name}"): "%.1f %%" for name in ("validation", "test")})
