"""The start of a run: what it will cost, the button with what stands beside it, and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable

import psutil
import streamlit as st

from alexnet.errors import AlexNetError
from alexnet.language import explain
from alexnet.runs.beginning import learning
from alexnet.runs.config import Config
from alexnet.runs.estimate import estimate
from alexnet.runs.run import Run
from alexnet.ui import components, pages
from alexnet.ui.language import current_language, t
from alexnet.ui.runs import actions, admission, entries, listing, readiness, words

EVERY = 2.0
"""Seconds between two looks at whether this viewer may start another run."""

LONG = 1800.0
"""Seconds after which a training is called too long for a lesson."""


def show(one: Run) -> None:
    """Lead to a run on the Training page, from whatever page; never returns."""
    st.switch_page(pages.page("training"), query_params={"view": "runs", "run": one.id})


def offer(
    make: Callable[[], Config],
    *,
    label: str = "training.start",
    icon: str = ":material/play_arrow:",
    key: str = "training_start",
    then: Callable[[Run], None] = show,
) -> None:
    """What a training takes here, and the button that starts it; what goes wrong is said below that.

    Args:
        make: Gives the settings of a run of this viewer, and raises an ``AlexNetError`` where they are wrong.
        label: The button's text, by its key.
        icon: The button's.
        key: The button's.
        then: Called with the run that was started; draws the page anew, or leads to another one.
    """
    readiness.expect()
    room = _costs(make)
    admission.teachers_button()
    if not _button(t(label), icon, key, able=readiness.say() and room):
        return
    try:
        one = admission.submit(make())
    except AlexNetError as error:
        components.problem(error)
    except actions.DISK as error:
        components.problem(actions.not_written(error))
    else:
        entries.forget()
        then(one)


def _costs(make: Callable[[], Config]) -> bool:
    """Time and memory that are to be expected, with a warning where that is too much.

    Returns:
        False where there is no room for it on the disk, which is said.
    """
    try:
        config = make()
        expected = estimate(config, entries.speed(config))
        begun = config.beginning
        learned = expected.parameters if begun is None else learning(config.rows, begun)
    except AlexNetError as error:
        components.problem(error)
        return True  # which is said again, with what is wrong, when somebody presses the button
    components.sentence(
        t(
            "training.estimate",
            time=words.duration(expected.seconds),
            memory=words.memory(expected.memory),
            parameters=learned,
            data=config.data_set.name(current_language()),
            images=config.images,
            validation=config.validation,
            test=config.data_set.test,
            each=learned / config.images,
        )
    )
    free = psutil.virtual_memory().available
    if expected.memory > free:
        short = t("training.memory_short", memory=words.memory(expected.memory), free=words.memory(free))
        st.warning(short, icon=":material/memory:")
    if expected.seconds > LONG:
        st.warning(t("training.long", time=words.duration(expected.seconds)), icon=":material/schedule:")
    if (full := admission.no_room(config)) is not None:
        components.problem(full)
    return full is None


def _button(label: str, icon: str, key: str, *, able: bool) -> bool:
    """The button, and beside it a run of one's own that is not over, or how many wait. Was it pressed?"""
    busy = listing.active()
    full = None if busy is not None else admission.refusal()
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        pressed = st.button(
            label,
            key=key,
            type="primary",
            icon=icon,
            disabled=not able or busy is not None or full is not None,
        )
        if busy is not None:
            if st.button(t("training.show_active"), key="training_show_active", icon=":material/monitoring:"):
                show(busy.run)
            st.caption(t("training.one_each"), width="content")
            st.fragment(run_every=EVERY)(_until_free)()
        elif full is not None:
            st.caption(explain(full, current_language()))
            st.fragment(run_every=EVERY)(_until_room)()
        elif waiting := len(entries.line()):
            st.caption(t("training.waiting_before", count=waiting), width="content")
        elif any(entry.status.state == "running" for entry in entries.every()):
            st.caption(t("training.working_before"), width="content")
    return pressed


def _until_free() -> None:
    """Draw the page anew when this viewer's run is over: the button to start waits for that."""
    if listing.active() is None:
        st.rerun()


def _until_room() -> None:
    """The same when the queue has room again."""
    if admission.refusal() is None:
        st.rerun()
