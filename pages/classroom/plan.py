"""The plan of a lesson of 50 or 25 minutes: each step with its time and a link into the very view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil

import streamlit as st

from alexnet.recipes import NETWORKS, recipe
from alexnet.runs.config import new
from alexnet.runs.estimate import estimate
from alexnet.trained import catalogue
from alexnet.ui import pages, state
from alexnet.ui.components import sentence
from alexnet.ui.language import current_language, t
from alexnet.ui.runs import entries, words

_RECIPE = recipe("half_minute")
_MODEL = {"model": catalogue.DEFAULT}
LENGTHS = ("50", "25")
TEAM = 4
"""Students at one computer where their own trainings would take too long: each has something to do."""

COMPARING = 3
"""Minutes of the step on training in which the class looks at the curves together."""


@dataclass(frozen=True)
class Step:
    """One step of the plan; ``classroom.plan_<id>`` says what the class does.

    Attributes:
        id: Of its text.
        page: Where it happens.
        minutes: In a lesson of 50 minutes, and in one of 25; 0 where it is left out.
        query: The parameters of the link, but for the language.
    """

    id: str
    page: str
    minutes: tuple[int, int]
    query: Mapping[str, str] = field(default_factory=dict)


STEPS: tuple[Step, ...] = (
    Step("join", "classroom", (3, 2)),
    Step("home", "home", (4, 4)),
    Step("layers", "layers", (5, 5), {"network": "paper_2012", "view": "table", "layer": "conv1"}),
    Step("convolution", "convolution", (5, 5), {**_MODEL, "view": "colour"}),
    Step("kernels", "kernels", (4, 0), {**_MODEL, "view": "sheets"}),
    Step("maps", "maps", (4, 4), {**_MODEL, "view": "colour", "sample": "kingfisher"}),
    Step("towers", "towers", (3, 0), {"view": "trainings"}),
    Step("initializers", "initializers", (3, 0), {"view": "distribution"}),
    Step("data", "data", (3, 0), {"view": "look"}),
    Step(
        "training",
        "training",
        (10, 0),
        {"view": "new", "network": NETWORKS[_RECIPE.id], "recipe": _RECIPE.id},
    ),
    Step("prediction", "prediction", (4, 3), {**_MODEL, "from": "upload"}),
    Step("closing", "kernels", (2, 2), {**_MODEL, "view": "colour"}),
)


def draw() -> None:
    """The plan, how trainings fit into it, and the question at its end."""
    st.header(t("classroom.plan"), anchor="plan")
    length = state.choice(
        "classroom_length",
        LENGTHS,
        label=t("classroom.length"),
        default=LENGTHS[0],
        name=lambda id: t("classroom.length_minutes", minutes=int(id)),
        kind="segmented",
    )
    place, begin = LENGTHS.index(length), 0
    with st.container(border=True, gap="small"):
        for step in STEPS:
            if step.minutes[place]:
                _row(step, begin, begin + step.minutes[place])
                begin += step.minutes[place]
    if length == LENGTHS[0]:
        _teams()
    else:
        sentence(t("classroom.short"))


def _row(step: Step, begin: int, end: int) -> None:
    minutes, link, task = st.columns((1, 1.5, 6), vertical_alignment="center", gap="small")
    minutes.markdown(f"**{t('classroom.plan_minutes', begin=begin, end=end)}**")
    icon = next(entry.icon for entry in pages.PAGES if entry.id == step.page)
    query = {"lang": current_language(), **step.query}
    link.page_link(pages.page(step.page), icon=icon, query_params=query)
    task.markdown(t(f"classroom.plan_{step.id}"))


def team(students: int, seconds: float, minutes: float) -> int:
    """How many students share a training, so that all trainings fit.

    Args:
        students: In the class.
        seconds: One training takes; one runs at a time.
        minutes: There are for all of them.
    """
    size: int
    for size in (1, *range(TEAM, students)):
        if ceil(students / size) * seconds <= 60 * minutes:
            return size
    return students


def _teams() -> None:
    """Whether everybody's training fits into its step, by the speed that was measured here."""
    st.subheader(t("classroom.teams"), anchor=False)
    with st.container(width=220):
        students = int(
            state.number("classroom_students", label=t("classroom.students"), default=25, low=2, high=60)
        )
    config = new("", NETWORKS[_RECIPE.id], _RECIPE)
    seconds = estimate(config, entries.speed(config)).seconds
    there = next(step for step in STEPS if step.id == "training").minutes[0] - COMPARING
    size = team(students, seconds, there)
    case = "alone" if size == 1 else "shared"
    sentence(
        t(
            f"classroom.teams_{case}",
            students=students,
            each=words.duration(seconds),
            all=words.duration(students * seconds),
            minutes=there,
            size=size,
            trainings=ceil(students / size),
            time=words.duration(ceil(students / size) * seconds),
        )
    )
