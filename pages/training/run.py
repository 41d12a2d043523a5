"""One run on the Training page: live while it is active, with its results when it is over."""

from __future__ import annotations

import time

import streamlit as st

from alexnet.language import Language
from alexnet.runs.config import Config
from alexnet.runs.estimate import seconds_left
from alexnet.runs.feed import Seen, feed
from alexnet.runs.reasons import reason_text
from alexnet.runs.run import Run
from alexnet.runs.status import Status
from alexnet.ui import pages
from alexnet.ui.components import plain
from alexnet.ui.language import current_language, t
from alexnet.ui.runs import actions, admission, entries, listing, race, readiness, view
from alexnet.ui.runs import words as run_words
from alexnet.ui.runs.entries import Entry
from pages.training import again, batch, confusion, recorded, strip, tensorboard, weights_download

EVERY = 1.0
"""Seconds between two looks at a run that is active."""

QUIET = 15.0
"""Seconds without a step after which its speed and the time left are not said any more."""


def draw() -> None:
    """The run that is chosen, or the way to the first one."""
    entry = listing.ask()
    actions.outcome(None if entry is None else entry.run)
    admission.teachers_button()
    if entry is None:
        st.info(t("training.no_runs"), icon=":material/info:")
        return
    # Made anew in each run of the page: only an active run is looked at again and again.
    # One whose trainer is silent too: after a computer's sleep it goes on.
    watched = entry.status.active or entry.status.silent
    st.fragment(run_every=EVERY if watched else None)(_watch)(entry, entry.status.active)
    if not entry.status.active:
        _after(entry)
    if entry.config is not None:
        batch.draw(entry.run, entry.config, entry.run.state().step)
        tensorboard.button(entry.run)
    listing.table()


def _watch(entry: Entry, was_active: bool) -> None:
    one, status = entry.run, entry.run.state()
    if status.active != was_active or not one.path.is_dir():
        entries.forget()
        st.rerun()
    config = entry.config
    if config is None:
        run_words.badge(status)
        st.warning(reason_text(status, current_language()), icon=":material/link_off:")
        actions.buttons(one, status)
        return
    seen = feed(one.metrics_file).read()
    _head(one, config, status, seen)
    rate = seen.steps[-1]["rate"] if seen.steps else None
    actions.buttons(one, status, rate, None if config.lanes else config.recipe.rate)
    if config.lanes:
        race.draw(config, feed(one.metrics_file).lanes(len(config.lanes)), "training_race")
        return
    if not seen.steps and not seen.epochs and status.state != "running":
        return
    strip.draw(one, config, seen, live=was_active)
    view.curves(config, seen, "training", owner=one.id)
    view.numbers(seen.epochs, config.recipe.epochs)
    if seen.epochs or status.reason == "loss_not_finite":
        view.findings(config, seen.epochs, status.reason)
    if seen.damaged:
        st.caption(t("training.damaged_lines", count=seen.damaged))
    _kernels(one, config, live=was_active)


def _head(one: Run, config: Config, status: Status, seen: Seen) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        run_words.badge(status)
        if config.name:
            st.markdown(f"**{plain(config.name)}**", width="content")
        st.caption(run_words.settings(config), width="content")
    if status.state == "queued":
        _queue(one, config)
        return
    steps = max(1, status.steps_per_epoch * status.epochs)
    st.progress(min(1.0, status.step / steps), text=_progress(config, status, seen, steps))
    if status.reason is not None:
        words = reason_text(status, current_language())
        if status.state in ("failed", "lost"):
            st.error(words, icon=":material/error:")
        else:
            st.info(words, icon=":material/info:")


def _progress(config: Config, status: Status, seen: Seen, steps: int) -> str:
    if status.state == "running" and not seen.steps:
        return t("training.loading")
    place = t(
        "training.progress",
        epoch=min(status.epoch + 1, status.epochs),
        epochs=status.epochs,
        step=status.step,
        steps=steps,
    )
    # After a resumption the last line is an old one, until the first new step.
    silent = not seen.steps or time.time() - seen.steps[-1]["time"] > QUIET
    if status.state != "running" or seen.speed is None or (silent and status.step < steps):
        return place
    if status.step >= steps:
        return t("training.testing")
    left = run_words.duration(seconds_left(config, status.step, seen.speed))
    return f"{place} · {t('training.left', speed=seen.speed, left=left)}"


def _queue(one: Run, config: Config) -> None:
    """Whose turn is before, and about how long that takes."""
    readiness.say()
    waiting = entries.line()
    first = waiting.index(one.id) if one.id in waiting else 0
    by_id = {entry.run.id: entry for entry in entries.every()}
    before = [by_id[id] for id in waiting[:first] if id in by_id]
    before += [entry for entry in by_id.values() if entry.status.state == "running"]
    seconds = sum(
        seconds_left(entry.config, entry.status.step, entries.speed(entry.config))
        for entry in before
        if entry.config is not None
    )
    if not before:
        st.info(t("training.queue_next"), icon=":material/hourglass_top:")
    else:
        words = t("training.queue", place=len(before) + 1, time=run_words.duration(seconds))
        st.info(words, icon=":material/hourglass_top:")
        recorded.meanwhile()


def _kernels(one: Run, config: Config, *, live: bool) -> None:
    epochs = one.snapshots()
    if not epochs:
        return
    st.subheader(t("training.kernels"), anchor=False)
    epoch = epochs[-1]
    if not live and len(epochs) > 1:
        epoch = st.select_slider(
            t("training.kernels_slider"), epochs, value=epochs[-1], key=f"training_epoch_{one.id}"
        )
    view.kernels(one, config, epoch, owner=one.id)
    if live:
        st.caption(t("training.kernels_live"))


def _after(entry: Entry) -> None:
    """What a run that is over has to offer."""
    one, config, status = entry.run, entry.config, entry.status
    if config is None or config.lanes:  # a race says all in its own picture, and keeps no weights
        return
    test = feed(one.metrics_file).read().test
    if test is not None:
        st.subheader(t("training.result"), anchor=False)
        confusion.draw(test, config.data_set.classes, "training_confusion")
        st.caption(t("training.tested"))
    usable = status.state in ("finished", "stopped") and one.weights("last").exists()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if usable:
            for id in ("prediction", "kernels", "convolution"):
                st.page_link(
                    pages.page(id),
                    label=t(f"training.to_{id}"),
                    query_params=_link(id, one.id, current_language()),
                )
        again.button(config)
    if usable:
        weights_download.button(one)


def _link(page: str, id: str, language: Language) -> dict[str, str]:
    # Convolution opens with a kernel that nobody trained; who comes from a training looks for its own.
    trained = {"kernel": "tower1"} if page == "convolution" else {}
    return {"model": id, "lang": language, **trained}
