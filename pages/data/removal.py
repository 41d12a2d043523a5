"""The viewer's sets, what they take of the disk, and how one is deleted."""

from __future__ import annotations

import streamlit as st

from alexnet.data.own import store
from alexnet.errors import AlexNetError, DataError, InputError
from alexnet.home import allowance
from alexnet.runs.words import when
from alexnet.ui.choices import data_sets
from alexnet.ui.components import problem
from alexnet.ui.language import t
from alexnet.ui.runs import entries
from alexnet.ui.runs.words import disk
from alexnet.ui.server.teacher import is_teacher
from alexnet.ui.server.viewer import viewer_id

_PROBLEM, _GONE = "_data_problem", "_data_gone"


def list_of_own() -> None:
    """Each set with a way to delete it, and how much of the disk they take of how much."""
    if (name := st.session_state.pop(_GONE, None)) is not None:
        st.success(t("data.deleted", name=name), icon=":material/delete:")
    if (error := st.session_state.pop(_PROBLEM, None)) is not None:
        problem(error)
    own = data_sets.mine()
    st.subheader(t("data.mine"), anchor=False)
    if not own:
        st.caption(t("data.mine_none"))
    for one in own:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", border=True):
            count = one.train + one.validation + one.test
            st.markdown(f"**{one.name}**", width="content")
            st.caption(
                t(
                    "data.mine_row",
                    classes=len(one.classes),
                    count=count,
                    size=disk(store.size(one)),
                    when=when(one.created),
                ),
                width="stretch",
            )
            button(one.id, one.name)
    taken = store.taken().get(viewer_id(), 0)
    st.caption(t("data.quota", taken=disk(taken), most=disk(allowance(*store.VIEWER))))


def button(id: str, name: str) -> None:
    """Delete, after a question."""
    with st.popover(t("data.delete"), icon=":material/delete:"):
        st.markdown(t("data.delete_question", name=name))
        st.button(
            t("data.delete_yes"),
            key=f"data_delete_{id}",
            type="primary",
            icon=":material/delete_forever:",
            on_click=_delete,
            args=(id,),
        )


def _delete(id: str) -> None:
    try:
        one = store.find(id)
        if not store.may_change(one, viewer_id(), teacher=is_teacher()):
            raise InputError("set_of_another")
        entries.forget()
        users = [entry for entry in entries.every() if entry.config is not None and entry.config.data == id]
        if any(entry.status.active for entry in users):
            raise InputError("set_in_use")
        store.delete(one, keep_record=bool(users))
    except AlexNetError as error:
        st.session_state[_PROBLEM] = error
    except OSError as error:
        st.session_state[_PROBLEM] = DataError("run_not_written", reason=error.strerror or str(error))
    else:
        st.session_state[_GONE] = one.name
