"""The trainings of a class in one chart: rates and seeds side by side, one mark each."""

from __future__ import annotations

import streamlit as st

from alexnet.data.catalogue import STARTER
from alexnet.figures.theme import INITIALIZER_LOOKS, NEUTRAL, Look
from alexnet.figures.together import Mark, Words, together
from alexnet.runs.config import Config
from alexnet.runs.feed import feed
from alexnet.runs.together import Result, kinds, summary
from alexnet.ui import state
from alexnet.ui.components import chart, data_table, plain, sentence
from alexnet.ui.language import current_language, t
from alexnet.ui.runs import entries
from alexnet.ui.runs import words as run_words
from alexnet.ui.server.teacher import is_teacher
from alexnet.ui.server.viewer import viewer_id

EVERY = 5.0
"""Seconds between two looks at what has ended meanwhile."""

_OWN_START = Look(NEUTRAL, "solid", "circle")
"""Of trainings in which each layer begins as its network says."""

_TRAINED = (Look(NEUTRAL, "solid", "star"), Look(NEUTRAL, "solid", "hexagram"))
"""Of those from a trained network: all of it learns, or what lies behind the convolutions."""


def draw() -> None:
    """The chart, what it says, and the table; again and again, as trainings end."""
    found = kinds(_results())
    if not found:
        st.info(t("training.together_none"), icon=":material/info:")
    chosen = 0
    if len(found) > 1:
        names = {str(at): _kind(group) for at, group in enumerate(found)}
        label = t("training.together_which")
        chosen = int(
            state.choice("training_kind", list(names), label=label, default="0", name=names.__getitem__)
        )
    st.fragment(run_every=EVERY)(_draw)(found[chosen][0].kind if found else None)


def _draw(kind: tuple[str, str, str] | None) -> None:
    groups = kinds(_results())
    if kind is None:
        if groups:
            st.rerun()  # the first has ended: from now on there is something to choose
        return
    results = next((group for group in groups if group[0].kind == kind), None)
    if results is None:  # deleted meanwhile
        st.rerun()
    _picture(results)
    _said(results)
    _table(results)


def _results() -> list[Result]:
    """What every training that is over came to; a race has a picture of its own."""
    found = []
    for entry in entries.every():
        if entry.config is None or entry.config.lanes or entry.status.active:
            continue
        epochs = feed(entry.run.metrics_file).read().epochs
        if epochs:
            found.append(Result(entry.run.id, entry.config, epochs[-1]["validation_accuracy"]))
    return found


def _kind(group: list[Result]) -> str:
    config = group[0].config
    recipe, network = run_words.recipe_name(config.recipe.id), run_words.network_name(config)
    data = "" if config.data == STARTER.id else f"{config.data_set.name(current_language())}; "
    return data + t("training.together_kind", recipe=recipe, network=network, count=len(group))


def _picture(results: list[Result]) -> None:
    classes = len(results[0].config.data_set.classes)
    marks = [
        Mark(
            number,
            plain(f"{_name(result.config, number)} · {run_words.settings(result.config)}"),
            result.config.recipe.rate,
            result.accuracy,
            _start(result.config),
            _look(result.config),
            result.config.viewer == viewer_id(),
        )
        for number, result in enumerate(results, 1)
    ]
    words = Words(
        t("training.column_rate"),
        t("training.together_accuracy"),
        t("training.together_chance", chance=1 / classes),
    )
    chart(together(marks, words, chance=1 / classes), "training_together")


def _said(results: list[Result]) -> None:
    """What the marks say, and how much of it is chance."""
    said = summary(results)
    number = results.index(said.best) + 1
    values = {"accuracy": said.best.accuracy, "rate": said.best.config.recipe.rate}
    st.markdown(f"#### {t('training.together_best', count=len(results), number=number, **values)}")
    if said.spread is None:
        sentence(t("training.together_no_seeds"))
    else:
        sentence(t("training.together_seeds", count=said.repeated, points=100 * said.spread))


def _table(results: list[Result]) -> None:
    rows = [
        {
            t("training.together_number"): number,
            t("training.column_run"): _name(result.config, number),
            t("training.column_validation"): round(100 * result.accuracy, 1),
            t("training.column_rate"): result.config.recipe.rate,
            t("training.column_seed"): result.config.seed,
            t("training.column_start"): _start(result.config),
        }
        for number, result in enumerate(results, 1)
    ]
    with st.expander(t("training.together_table", count=len(rows)), icon=":material/table:"):
        data_table(
            rows,
            formats={t("training.column_validation"): "%.1f %%", t("training.column_rate"): "%g"},
            key="training_together_table",
        )


def _look(config: Config) -> Look:
    if config.beginning is not None:
        return _TRAINED[config.beginning.frozen]
    return INITIALIZER_LOOKS.get(config.initializer or "", _OWN_START)


def _start(config: Config) -> str:
    if config.beginning is not None:
        return t("beginning.way_frozen" if config.beginning.frozen else "beginning.way_all")
    initializer = config.initializer
    return t("training.initializer_own") if initializer is None else run_words.rule(initializer)


def _name(config: Config, number: int) -> str:
    """What its owner calls it, for the owner and the teacher; a number for everybody else."""
    if config.name and (is_teacher() or config.viewer == viewer_id()):
        return config.name
    return t("training.together_someone", number=number)
