"""Which data set: ours, the viewer's own, and one that a link has named, which anybody may look at."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from alexnet.data.catalogue import STARTER, data_set
from alexnet.data.dataset import DataSet
from alexnet.data.own import store
from alexnet.data.own.record import OwnSet
from alexnet.errors import AlexNetError, DataError
from alexnet.ui import state
from alexnet.ui.components import problem
from alexnet.ui.language import current_language, t
from alexnet.ui.server.teacher import is_teacher
from alexnet.ui.server.viewer import viewer_id

_LINKED = "_linked_sets"  # sets that links of this tab have named: they stay in its list


def mine() -> list[OwnSet]:
    """This viewer's sets, the newest first; for a teacher everybody's."""
    viewer, teacher = viewer_id(), is_teacher()
    return [one for one in store.sets() if teacher or one.viewer == viewer]


def ask(page: str, default: str = STARTER.id) -> DataSet:
    """Let the reader choose; the choice is ``<page>_data``, and the link carries it.

    A set that is asked for and is not there is explained, and the starter data takes its place.
    """
    key = f"{page}_data"
    own = mine()
    names = {STARTER.id: _ours()} | _names(own)
    wanted = state.requested(key)
    if isinstance(wanted, str) and wanted not in names and (linked := _linked(key, wanted)) is not None:
        own = [*own, linked]
    names |= _names([*own, *_remembered(names)])
    chosen = state.choice(
        key,
        list(names),
        label=t("data.set"),
        default=default if default in names else STARTER.id,
        name=names.__getitem__,
        help=t("data.set_help"),
    )
    return data_set(chosen)


def _ours() -> str:
    name = STARTER.name(current_language())
    return t("data.set_ours", name=name, count=STARTER.train + STARTER.test)


def _names(sets: Sequence[OwnSet]) -> dict[str, str]:
    """Each with how many pictures it has; of several that would be called alike each with its time, too."""
    found = {
        one.id: t("data.set_own", name=one.name, count=one.train + one.validation + one.test) for one in sets
    }
    said = list(found.values())
    return {
        one.id: found[one.id] if said.count(found[one.id]) == 1 else f"{found[one.id]} · {_when(one)}"
        for one in sets
    }


def _when(one: OwnSet) -> str:
    return one.created.replace("T", " ")[:19]


def _linked(key: str, id: str) -> OwnSet | None:
    try:
        found = store.find(id)
        if found.deleted:
            raise DataError("set_deleted", name=found.name)
    except AlexNetError as error:
        problem(error)
        state.forget(key)
        return None
    st.session_state.setdefault(_LINKED, {})[id] = True
    return found


def _remembered(known: dict[str, str]) -> list[OwnSet]:
    found = []
    for id in st.session_state.get(_LINKED, {}):
        if id not in known:
            try:
                one = store.find(id)
            except AlexNetError:
                continue
            if not one.deleted:
                found.append(one)
    return found
