"""A data set of one's own photographs: a zip, files or a folder, its making, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import streamlit as st

from alexnet.data.own import making, store
from alexnet.data.own.collecting import Progress
from alexnet.data.own.record import OwnSet
from alexnet.errors import DataError
from alexnet.ui import pages, state
from alexnet.ui.components import problem, settings
from alexnet.ui.language import current_language, t
from alexnet.ui.server import set_making
from alexnet.ui.server.peer import at_the_server
from alexnet.ui.server.set_making import Making
from alexnet.ui.server.teacher import is_teacher
from alexnet.ui.server.uploads import let_go
from alexnet.ui.server.viewer import viewer_id
from pages.data import labelled, removal

EVERY = 0.5
"""Seconds between two looks at a set that is being made."""

LARGEST = 200
"""Megabytes of a file that is uploaded; a zip has all photographs in it."""

_TURN = "_data_turn"  # in the key of the upload widget: another one empties it


def draw() -> None:
    """What is being made, or the ways to make a set; and the viewer's sets."""
    one = set_making.of(viewer_id())
    if one is not None and not one.ended.is_set():
        st.fragment(run_every=EVERY)(_watch)(one)
        return
    if one is not None:
        _outcome(one)
    _ask()
    removal.list_of_own()


def _watch(one: Making) -> None:
    if one.ended.is_set():
        st.rerun()
    share = one.done / one.of if one.of else 0.0
    words = t("data.making", done=one.done, of=one.of) if one.of else t("data.making_waits")
    st.progress(share, text=words)


def _outcome(one: Making) -> None:
    if one.error is not None:
        problem(one.error)
        return
    made = cast(OwnSet, one.made)
    try:
        broken = len(store.index(made).broken)
    except DataError:  # it was deleted since
        set_making.seen(viewer_id())
        return
    st.success(
        t(
            "data.made",
            name=made.name,
            classes=", ".join(made.classes),
            train=made.train,
            validation=made.validation,
            test=made.test,
        ),
        icon=":material/check:",
    )
    if broken:
        st.warning(t("data.made_broken", count=broken), icon=":material/broken_image:")
    links(made.id)


def links(id: str, *, look: bool = True) -> None:
    """From a set to what is in it, unless that is shown, and to a training on it."""
    lang = current_language()
    with st.container(horizontal=True, gap="small"):
        if look:
            st.page_link(
                pages.page("data"),
                label=t("data.to_look"),
                icon=":material/photo_library:",
                query_params={"data": id, "lang": lang},
            )
        st.page_link(
            pages.page("training"),
            label=t("data.to_training"),
            icon=":material/model_training:",
            query_params={"data": id, "lang": lang},
        )


def _ask() -> None:
    near = is_teacher() or at_the_server()
    origins: list[str] = ["zip", "folder", "labelled", *(["server"] if near else [])]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        origin = state.choice(
            "data_from",
            origins,
            label=t("data.from"),
            default="zip",
            name=lambda id: t(f"data.from_{id}"),
            kind="segmented",
        )
        with st.container(width=240):
            st.text_input(
                t("data.name"),
                key="data_name",
                max_chars=40,
                placeholder=t("data.name_placeholder"),
                persist_state="session",
            )
    stands = state.stands("data_seed", 0, str.isdecimal)
    with settings("data", f"{t('data.seed')} {stands}"), st.container(width=160):
        seed = state.number(
            "data_seed", label=t("data.seed"), default=0, low=0, high=2**31 - 1, help=t("data.seed_help")
        )
    if origin == "labelled":
        labelled.ask(int(seed))
        return
    if origin == "server":
        _ask_path(int(seed))
    else:
        _ask_upload(origin, int(seed))
    st.markdown(t("data.layout"))
    if not near:
        st.caption(t("data.server_only"))


def _ask_upload(origin: str, seed: int) -> None:
    key = f"data_upload_{origin}_{st.session_state.setdefault(_TURN, 0)}"
    several: Any = "directory" if origin == "folder" else True

    def take() -> None:
        held = st.session_state.get(key)
        if not held:
            return
        files = [(file.name, file.getvalue()) for file in held]
        let_go(held)
        st.session_state[_TURN] += 1  # another key frees the files that the widget holds
        name = st.session_state.get("data_name") or _name_of([name for name, _ in files])
        viewer = viewer_id()

        def work(progress: Progress) -> OwnSet:
            return making.from_files(files, viewer, name, seed=seed, progress=progress)

        set_making.seen(viewer)
        set_making.start(viewer, work)

    held = st.file_uploader(
        t(f"data.upload_{origin}"),
        accept_multiple_files=several,
        max_upload_size=LARGEST,
        key=key,
        on_change=take,
        help=t("data.upload_help", most=LARGEST),
    )
    if held:  # it came while this page was not drawn yet, so that nobody was called
        take()
        st.rerun()


def _name_of(names: list[str]) -> str:
    """A zip's own name; what folders or photographs are called says too little."""
    (first, *rest) = names
    return Path(first).stem if not rest else ""


def _ask_path(seed: int) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=520):
            path = st.text_input(
                t("data.path"), key="data_path", placeholder=t("data.path_placeholder"), max_chars=1000
            )
        pressed = st.button(
            t("data.read"), key="data_read", type="primary", icon=":material/folder_open:", disabled=not path
        )
    if not (pressed and path and (is_teacher() or at_the_server())):
        return
    viewer, name = viewer_id(), st.session_state.get("data_name") or ""

    def work(progress: Progress) -> OwnSet:
        return making.from_path(Path(path), viewer, name, seed=seed, limited=True, progress=progress)

    set_making.seen(viewer)
    set_making.start(viewer, work)
    st.rerun()
