"""The lesson on the towers' experiment: guess, draw a seed and watch, see all of them, train one oneself."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from alexnet.figures.theme import NEUTRAL, TOWER_COLOURS
from alexnet.figures.tower_division import Side, by_epoch
from alexnet.runs.config import LIMITS, Config
from alexnet.studies.points import Point, Result, of, results
from alexnet.studies.tower_division import CONDITIONS, EPOCHS, ONE, TRIALS
from alexnet.ui import guess, state
from alexnet.ui.components import chart, sentence
from alexnet.ui.epochs import play
from alexnet.ui.language import t
from alexnet.ui.runs import start
from alexnet.ui.server.viewer import viewer_id
from pages.towers import overview, trials
from pages.towers.sheets import sheets
from pages.towers.strips import after, what_they_are

_BY_ID = {point.id: point for point in CONDITIONS}
_ALL = {point.id: point for point in (*CONDITIONS, *TRIALS)}
_GUESS = "towers_guess"


@st.cache_data(show_spinner=False)
def measured() -> tuple[Result, ...]:
    """What there is, read once for everybody."""
    return results("tower_split")


def draw() -> None:
    """A training to watch, the question, after the guess one verdict and its evidence, a run of one's own."""
    found = measured()
    _watch(found)
    guessed = guess.committed(_GUESS, overview.guesses())
    if guessed is None:
        guess.ask(_GUESS, t("towers.question"), overview.guesses())
    else:
        with st.container(key="towers_verdict"):
            st.markdown(f"**{t('towers.question')}**")
            overview.draw(found, guessed)
        trials.draw(found)
    with st.expander(t("towers.what"), icon=":material/list:"):
        what_they_are(CONDITIONS)
    _again()


def _watch(found: Sequence[Result]) -> None:
    there = [point for point in CONDITIONS if of(point, found)]
    if not there:
        st.info(t("towers.none"), icon=":material/hourglass_top:")
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width="content"):
            id = state.choice(
                "towers_condition",
                [point.id for point in there],
                label=t("towers.condition"),
                default=there[0].id,
                name=lambda id: t(f"towers.name_{id}"),
                kind="pills",
            )
        seeds = [str(result.seed) for result in of(_BY_ID[id], found)]
        with st.container(width=110):
            seed = state.choice(
                "towers_seed", seeds, label=t("training.seed"), default=seeds[0], name=lambda seed: seed
            )
        others = [other for other in seeds if other != seed]
        st.button(
            t("towers.draw"),
            key="towers_draw",
            icon=":material/casino:",
            disabled=not others,
            on_click=_draw_seed,
            args=(others,),
        )
    result = of(_BY_ID[id], found)[seeds.index(seed)]
    play("towers_epoch", 0, len(result.colour) - 1, lambda epoch: _picture(_BY_ID[id], result, epoch))


def _draw_seed(others: Sequence[str]) -> None:
    state.set_choices(towers_seed=secrets.choice(others))


def sides(point: Point) -> tuple[Side, Side]:
    """The two towers as they are drawn; halves of one tower have no colours of their own."""
    if point == ONE:
        return Side(t("towers.half_1"), NEUTRAL), Side(t("towers.half_2"), NEUTRAL, "dash")
    return (Side(t("common.tower_1"), TOWER_COLOURS[0]), Side(t("common.tower_2"), TOWER_COLOURS[1], "dash"))


def _picture(point: Point, result: Result, epoch: int) -> None:
    pair = sides(point)
    sheets(point, result, epoch, pair)
    line = result.colour[epoch]
    division = after(result, epoch)
    words = t(
        f"towers.verdict_{division.verdict}",
        agreement=division.agreement,
        p=division.p,
        more=pair[division.colourful_tower].name,
        first=line["medians"][0],
        second=line["medians"][1],
    )
    when = t("towers.before") if epoch == 0 else t("towers.after", epoch=epoch)
    accuracy = "" if epoch == 0 else t("towers.validation", accuracy=_validation(result, epoch))
    sentence(f"{when} {words} {accuracy}")
    with st.expander(t("towers.by_epoch"), icon=":material/show_chart:"):
        figure = by_epoch(
            result.colour,
            pair,
            epoch,
            axis_epoch=t("towers.axis_epoch"),
            axis_index=t("towers.axis_index"),
        )
        chart(figure, "towers_by_epoch")


def _validation(result: Result, epoch: int) -> float:
    return float(result.epochs[epoch - 1]["validation_accuracy"])


def _again() -> None:
    """Any of the settings as a run of the viewer's own."""
    st.subheader(t("towers.again"), anchor=False)
    st.caption(t("towers.again_help"))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width="content"):
            id = state.choice(
                "towers_again",
                list(_ALL),
                label=t("towers.condition"),
                default=CONDITIONS[0].id,
                name=lambda id: t(f"towers.name_{id}"),
            )
        with st.container(width=120):
            low, high = LIMITS["seed"]
            seed = state.number(
                "towers_again_seed", label=t("training.seed"), default=6, low=int(low), high=int(high)
            )

    def make() -> Config:
        title = t(f"towers.name_{id}")
        if id not in _BY_ID:
            title = t("towers.run_name", point=title)
        # One's own run is tested at its end, whatever it is: nothing is chosen by it here.
        return replace(_ALL[id], test=True).config(int(seed), viewer=viewer_id(), name=title)

    start.offer(make)
    with st.expander(t("ladder.command"), icon=":material/terminal:"):
        st.code(
            f"python -m experiments.tower_split --point {id} --seed {seed} --work FOLDER", language="bash"
        )


# Before training, after one epoch, and the control that nothing divides.
TRIES: Mapping[str, Mapping[str, state.Value]] = {
    "towers.try_before": {"towers_epoch": 0},
    "towers.try_first": {"towers_epoch": 1},
    "towers.try_control": {"towers_condition": ONE.id, "towers_epoch": EPOCHS},
}
