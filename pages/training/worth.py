"""What a trained beginning is worth: measured on few pictures, and with two trainings of one's own."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from alexnet.figures.beginnings import Line, beginnings
from alexnet.figures.race import Curve, race
from alexnet.figures.theme import LOOKS
from alexnet.runs.config import Config
from alexnet.runs.feed import feed
from alexnet.runs.trained_beginning import SHIPPED
from alexnet.studies import beginnings as study
from alexnet.ui import state
from alexnet.ui.components import chart, plain, sentence
from alexnet.ui.language import t
from alexnet.ui.runs import entries, listing, words
from alexnet.ui.runs.entries import Entry
from pages.training import start_from

EVERY = 2.0
"""Seconds between two looks at runs that are active."""

_CLASSES = 2

# The same network and recipe twice: what differs is the beginning and, for it, the rate.
TRIES: Mapping[str, Mapping[str, state.Value]] = {
    "beginning.try_first": {
        "training_view": "new",
        "training_begin": "scratch",
        "training_recipe": "two_minutes",
        "training_network": SHIPPED,
        "training_epochs": 2,
    },
    "beginning.try_second": {
        "training_view": "new",
        "training_begin": SHIPPED,
        "training_learns": "all",
        "training_recipe": "two_minutes",
        "training_epochs": 2,
    },
}


def draw() -> None:
    """The measurement, then the viewer's own pair."""
    _measured()
    st.subheader(t("beginning.own"), anchor=False)
    scratch, trained = _own()
    if not scratch or not trained:
        st.info(
            t("beginning.own_none" if not scratch else "beginning.own_no_trained"), icon=":material/info:"
        )
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=400):
            one = _choose("training_scratch", t("beginning.choose_scratch"), scratch)
        with st.container(width=400):
            other = _choose("training_trained", t("beginning.choose_trained"), trained)
    active = one.status.active or other.status.active
    st.fragment(run_every=EVERY if active else None)(_pair)(one, other)


def _measured() -> None:
    found = study.measured()
    if found is None:
        return
    lines = [
        Line(t(f"beginning.way_{way.id}"), look, way.accuracies)
        for way, look in zip(found.ways, LOOKS, strict=False)
    ]
    st.markdown(f"**{t('beginning.chart', pictures=found.pictures, tests=found.tests)}**")
    chart(beginnings(lines, classes=_CLASSES, axis=t("training.axis_epochs")), "training_beginnings")
    by_id = {way.id: way for way in found.ways}
    end = {id: way.mean(found.epochs) for id, way in by_id.items()}
    sentence(
        t(
            "beginning.measured",
            pictures=found.pictures,
            epochs=found.epochs,
            seeds=found.seeds,
            points=100 * (max(end["all"], end["frozen"]) - end["scratch"]),
            **end,
        )
    )
    learning = {id: way.learning for id, way in by_id.items()}
    sentence(
        t(
            "beginning.each",
            all=learning["all"] / found.pictures,
            frozen=learning["frozen"] / found.pictures,
            pictures=found.pictures,
        )
    )
    st.caption(t("beginning.measured_note", **{f"rate_{id}": way.rate for id, way in by_id.items()}))


def _own() -> tuple[dict[str, Entry], dict[str, Entry]]:
    """This viewer's runs that have something to show, from scratch and from a trained network, by id."""
    scratch: dict[str, Entry] = {}
    trained: dict[str, Entry] = {}
    for entry in listing.mine():
        if entry.config is None or entry.config.lanes or entry.status.state == "queued":
            continue
        (scratch if entry.config.beginning is None else trained)[entry.run.id] = entry
    return scratch, trained


def _choose(key: str, label: str, among: dict[str, Entry]) -> Entry:
    names = {id: words.entry_name(entry) for id, entry in among.items()}
    chosen = state.choice(key, list(names), label=label, default=next(iter(names)), name=names.__getitem__)
    return among[chosen]


def _pair(one: Entry, other: Entry) -> None:
    """Both runs' validation accuracy in one chart, and what the beginning was worth."""
    if any(entry.run.state().active != entry.status.active for entry in (one, other)):
        entries.forget()
        st.rerun()
    assert one.config is not None and other.config is not None
    seen = [feed(entry.run.metrics_file).read() for entry in (one, other)]
    names = [t("beginning.way_scratch"), t(f"beginning.way_{_way(other.config)}")]
    curves = [
        Curve(name, look, said.steps, said.epochs)
        for name, look, said in zip(names, LOOKS, seen, strict=False)
    ]
    classes = len(one.config.data_set.classes)
    total = max(entry.config.recipe.epochs for entry in (one, other) if entry.config is not None)
    left, right = st.columns(2, gap="medium")
    for place, measure, title in ((left, "accuracy", "race.accuracy"), (right, "loss", "race.loss")):
        with place:
            st.markdown(f"**{t(title)}**")
            figure = race(measure, curves, total=total, classes=classes, axis=t("training.axis_epochs"))  # type: ignore[arg-type]
            chart(figure, f"training_pair_{measure}")
    found = study.worth(*seen)
    st.markdown(
        "### "
        + t(
            f"beginning.worth_{found.by}",
            scratch=found.scratch,
            trained=found.trained,
            points=found.points,
            epoch=found.epoch,
        )
    )
    if start_from.has_seen(other.config.beginning, other.config.data):
        st.caption(t("beginning.has_seen"))
    if differ := study.differences(one.config, other.config):
        which = ", ".join(plain(t(f"beginning.differs_{name}")) for name in differ)
        st.warning(t("beginning.differs", which=which), icon=":material/balance:")


def _way(config: Config) -> str:
    return "frozen" if config.beginning is not None and config.beginning.frozen else "all"
