"""Pictures that are labelled on the spot: name a class, choose or take pictures of it, go on to the next."""

from __future__ import annotations

from typing import cast

import streamlit as st

from alexnet.data.own import collecting
from alexnet.data.own.collecting import Collector, Progress
from alexnet.data.own.naming import LONGEST, harmless
from alexnet.data.own.record import Broken, OwnSet
from alexnet.data.uploads import MAX_BYTES
from alexnet.errors import AlexNetError, DataError
from alexnet.figures.theme import NEUTRAL
from alexnet.language import explain
from alexnet.ui import state
from alexnet.ui.browser import tile_sheet
from alexnet.ui.choices.photograph import camera_allowed
from alexnet.ui.components import plain, problem
from alexnet.ui.language import current_language, t
from alexnet.ui.server import set_making
from alexnet.ui.server.uploads import let_go
from alexnet.ui.server.viewer import viewer_id

CAMERA = 480
"""Pixels that the camera's picture is wide."""

LATEST = 12
"""Pictures of a class that are shown."""

_DRAFT, _TURN, _PROBLEM = "_data_draft", "_data_labelled_turn", "_data_labelled_problem"


def ask(seed: int) -> None:
    """The class, the pictures of it, what there is so far, and the button that makes the set."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=240):
            typed = st.text_input(
                t("data.labelled_class"),
                key="data_label",
                max_chars=LONGEST,
                placeholder=t("data.labelled_placeholder"),
                persist_state="session",
            )
        by = state.choice(
            "data_by",
            ("files", "camera"),
            label=t("data.labelled_by"),
            default="files",
            name=lambda id: t(f"data.labelled_by_{id}"),
            kind="segmented",
        )
    label = harmless(typed or "")
    if label:
        _take(label, by)
    else:
        st.info(t("data.labelled_first"), icon=":material/label:")
    if (error := st.session_state.get(_PROBLEM)) is not None:
        problem(error)
    draft = _draft()
    if draft is not None:
        _so_far(draft, seed)
    st.caption(t("data.labelled_needs"))


def _draft() -> Collector | None:
    return cast("Collector | None", st.session_state.get(_DRAFT))


def _take(label: str, by: str) -> None:
    key = f"data_labelled_{by}_{st.session_state.setdefault(_TURN, 0)}"
    if by == "camera" and not camera_allowed():
        st.warning(t("photograph.camera_not_here"), icon=":material/no_photography:")
        return
    if by == "camera":
        with st.container(width=CAMERA):  # so that the pictures so far stand on the same screen
            shot = st.camera_input(t("data.labelled_camera", label=label), key=key)
        held = [] if shot is None else [shot]
    else:
        held = st.file_uploader(
            t("data.labelled_files", label=label),
            accept_multiple_files=True,
            max_upload_size=MAX_BYTES // 2**20,
            key=key,
        )
    if not held:
        return
    with st.spinner(t("data.labelled_reading")):
        st.session_state[_PROBLEM] = _add(label, [(file.name, file.getvalue()) for file in held])
    let_go(held)
    st.session_state[_TURN] += 1  # another key frees the files that the widget holds
    st.rerun()


def _add(label: str, files: list[tuple[str, bytes]]) -> AlexNetError | None:
    """Take pictures up; what went wrong with the whole, while a file that is none is named below."""
    try:
        draft = _draft()
        if draft is None:
            draft = st.session_state[_DRAFT] = Collector(viewer_id())
        for name, data in files:
            draft.take(data, name, label)
            collecting.check_most(draft.counts)
    except AlexNetError as error:
        return type(error)(error.id, **error.values)
    except (OSError, ValueError) as error:  # the disk is full, or the tab was open for more than a day
        discard()
        return DataError("set_not_made", reason=str(error)[:200])
    return None


def _so_far(draft: Collector, seed: int) -> None:
    counts = draft.counts
    for place, (label, count) in enumerate(counts.items()):
        st.caption(t("data.labelled_has", label=label, count=count))
        tiles = draft.latest(label, LATEST)
        ids = [str(number) for number in range(len(tiles))]
        none = [""] * len(tiles)
        sheet = tile_sheet.Sheet(label, NEUTRAL, tile_sheet.sprite(tiles), ids, none, [label] * len(tiles))
        tile_sheet.show(sheet, f"data_labelled_sheet_{place}")
    for broken in draft.broken[-3:]:
        st.warning(_why(broken), icon=":material/broken_image:")
    with st.container(horizontal=True, gap="small"):
        st.button(
            t("data.labelled_make"),
            key="data_labelled_make",
            type="primary",
            icon=":material/photo_library:",
            disabled=len(counts) < collecting.FEWEST,
            on_click=_make,
            args=(seed,),
        )
        if counts:
            st.button(
                t("data.labelled_undo"), key="data_labelled_undo", icon=":material/undo:", on_click=draft.undo
            )
        st.button(
            t("data.labelled_discard"),
            key="data_labelled_discard",
            icon=":material/delete:",
            on_click=discard,
        )


def _why(broken: Broken) -> str:
    values = {
        name: plain(value) if isinstance(value, str) else value for name, value in broken.values.items()
    }
    return explain(AlexNetError(broken.id, **values), current_language())


def discard() -> None:
    """Forget what there is so far."""
    draft = _draft()
    if draft is not None:
        draft.discard()
    st.session_state.pop(_DRAFT, None)
    st.session_state.pop(_PROBLEM, None)


def _make(seed: int) -> None:
    """Make the set; where it is refused, the pictures stay, so that what is missing can be added."""
    draft = _draft()
    if draft is None:
        return
    try:
        one = draft.finish(st.session_state.get("data_name") or "", seed=seed)
    except AlexNetError as error:
        st.session_state[_PROBLEM] = error
        return
    except (OSError, ValueError) as error:
        discard()
        st.session_state[_PROBLEM] = DataError("set_not_made", reason=str(error)[:200])
        return
    discard()

    def work(progress: Progress) -> OwnSet:
        return one

    set_making.seen(viewer_id())
    set_making.start(viewer_id(), work).ended.wait(1)
