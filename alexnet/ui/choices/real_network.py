"""The way to the published AlexNets, below the choice of a network: what would be seen, who may fetch it."""

from __future__ import annotations

import streamlit as st

from alexnet.facts import PUBLISHED_MEDIANS
from alexnet.figures.two_medians import drawing
from alexnet.kernels.colour import UNTRAINED
from alexnet.ui.components import problem, svg
from alexnet.ui.language import t
from alexnet.ui.server import fetches, teacher
from alexnet.weights import local
from alexnet.weights.catalogue import PUBLISHED, Published


def offer(*, shown: bool = False) -> None:
    """A fold with the picture, while nothing is here, and the networks that can be fetched.

    Args:
        shown: The page shows the picture itself; the fold is open and leaves it out.
    """
    missing = [entry for entry in PUBLISHED.values() if local.files(entry) is None]
    running = [entry for entry in missing if _running(entry)]
    if not missing:
        return
    with st.expander(t("real.title"), icon=":material/cloud_download:", expanded=shown or bool(running)):
        first, second = PUBLISHED_MEDIANS
        if len(missing) == len(PUBLISHED) and not shown:
            said = t("real.picture", first=first, second=second, untrained=UNTRAINED)
            svg(
                drawing(
                    PUBLISHED_MEDIANS,
                    UNTRAINED,
                    (t("real.grey"), t("real.coloured")),
                    t("real.chance"),
                    (t("real.title"), said),
                )
            )
            st.markdown(said)
        if running:
            _progress(running)
        if not teacher.is_teacher():
            st.caption(t("real.ask_teacher"))
        for entry in missing:
            _button(entry)


def _fetch(entry: Published) -> None:
    if teacher.is_teacher():  # a page can be older than the lock
        fetches.start(entry)


def _running(entry: Published) -> bool:
    one = fetches.of(entry)
    return one is not None and not one.ended.is_set()


def _button(entry: Published) -> None:
    one = fetches.of(entry)
    if one is not None and one.error is not None and one.ended.is_set():
        problem(one.error)
    st.button(
        t("real.fetch", name=t(f"real.name_{entry.id}"), megabytes=entry.about / 1e6),
        key=f"real_fetch_{entry.id}",
        on_click=_fetch,
        args=(entry,),
        disabled=not teacher.is_teacher() or _running(entry),
        width="stretch",
        icon=":material/download:",
    )


@st.fragment(run_every=0.5)
def _progress(running: list[Published]) -> None:
    for entry in running:
        one = fetches.of(entry)
        if one is None or one.ended.is_set():
            st.rerun()
        name = t(f"real.name_{entry.id}")
        st.progress(one.share, t("real.on_its_way", name=name, share=one.share))
