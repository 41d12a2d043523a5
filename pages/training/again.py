"""Where a run's settings can be started from again: the form, or the experiment that they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from alexnet.data.catalogue import STARTER
from alexnet.data.own.record import SET_ID
from alexnet.errors import ChoiceError
from alexnet.runs.config import Config, with_choices
from alexnet.studies import ladder, tower_division
from alexnet.studies.points import Point
from alexnet.ui import pages, state
from alexnet.ui.language import current_language, t
from pages.training import new_run

_RUNGS: Mapping[str, Point] = {rung.id: rung for rung in ladder.RUNGS} | {
    trial.id: taken for trial, taken in ladder.TRIALS
}
"""Where each point of the ladder is started: a trial at the rung that was taken instead."""


def in_form(config: Config) -> bool:
    """Can the form for a new training express these settings? Its recipes may have changed since."""
    own = config.recipe
    try:
        base = new_run.of_recipe(own.id, config.data_set)
    except ChoiceError:
        return False
    made = with_choices(base, epochs=own.epochs, batch=own.batch, rate=own.rate, augment=own.augment)
    made = replace(made, cycles=own.cycles, precision=own.precision)
    if config.beginning is not None:  # pictures are prepared as the trained network knows them
        made = replace(made, resize=own.resize, scaling=own.scaling)
    ours = config.data == STARTER.id or SET_ID.fullmatch(config.data) is not None
    return made == own and ours


def _tower_point(config: Config) -> str | None:
    """Which point of the towers' experiment has these settings."""
    for point in (*tower_division.CONDITIONS, *tower_division.TRIALS):
        made = point.config(config.seed)
        if (made.recipe, made.network, made.data) == (config.recipe, config.network, config.data):
            return point.id
    return None


def button(config: Config) -> None:
    """A button to the form with these settings, or the way to the experiment; else why there is none."""
    id = config.recipe.id
    if in_form(config):
        _start(new_run.choices_of(config))
    elif id in _RUNGS:
        rung = _RUNGS[id].id
        choices: dict[str, state.Value] = {"training_view": "ladder", "training_rung": rung}
        variant: dict[str, state.Value] = {} if id == rung else {f"training_variant_{rung}": id}
        _start(choices | variant | {"training_seed": config.seed})
    elif (point := _tower_point(config)) is not None:
        st.page_link(
            pages.page("towers"),
            label=t("training.again_towers"),
            query_params={
                "view": "trainings",
                "again": point,
                "again_seed": str(config.seed),
                "lang": current_language(),
            },
        )
    else:
        st.caption(t("training.again_not"))


def _start(choices: Mapping[str, state.Value]) -> None:
    st.button(
        t("training.again"),
        key="training_again",
        icon=":material/replay:",
        on_click=state.set_choices,
        kwargs=dict(choices),
    )
