"""A weight file that a viewer brings, below the choice of a network: read, recognized, and chosen at once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import streamlit as st

from alexnet.data.uploads import shown_name
from alexnet.errors import AlexNetError
from alexnet.trained import brought
from alexnet.trained.brought import Like
from alexnet.ui import state
from alexnet.ui.components import problem
from alexnet.ui.language import current_language, t
from alexnet.ui.server.uploads import let_go
from alexnet.ui.server.viewer import viewer_id
from alexnet.weights.recognizing import READERS, Said

_TURN, _PROBLEM = "_weight_file_turn", "_weight_file_problem"
_ANY = "any"


def offer(own: Sequence[Like], chosen: str) -> None:
    """A fold with the upload, and what it takes.

    Args:
        own: Networks that this viewer has trained: the file may be of one of them.
        chosen: Key of the choice of a network, which is set to what was read.
    """
    with st.expander(t("real.file_title"), icon=":material/upload_file:"):
        st.caption(t("real.file_what", most=brought.MOST_BYTES // 2**20))
        # Drawn when it is asked for: a page has one upload at first, that of photographs.
        if not st.toggle(t("real.file_ask"), key="real_file_ask"):
            return
        candidates = [*own, *brought.known()]
        names = {_ANY: t("real.file_any")}
        for one in candidates:
            names.setdefault(one.id, one.name(current_language()))
        wanted = st.selectbox(
            t("real.file_network"),
            list(names),
            format_func=names.__getitem__,
            key="real_file_network",
        )
        said = Said(
            width_first=st.toggle(t("real.file_width_first"), key="real_file_width"),
            blue_first=st.toggle(t("real.file_blue_first"), key="real_file_blue"),
        )
        st.caption(t("real.file_order"))
        turn = st.session_state.setdefault(_TURN, secrets.randbelow(2**32))
        held = st.file_uploader(
            t("real.file_upload"),
            type=[ending.removeprefix(".") for ending in READERS],
            max_upload_size=brought.MOST_BYTES // 2**20,
            key=f"real_file_{turn}",
        )
        error = st.session_state.get(_PROBLEM)
        if error is not None and held is None:
            problem(error)
        if held is None:
            return
        id = None
        try:
            with st.spinner(t("real.reading")):
                id = brought.bring(
                    held.getvalue(),
                    shown_name(held.name),
                    viewer_id(),
                    [one for one in candidates if wanted in (_ANY, one.id)],
                    said,
                    current_language(),
                    state.still_wanted,
                )
            st.session_state[_PROBLEM] = None
        except AlexNetError as failed:
            # Without its traceback, which would keep the file in memory.
            st.session_state[_PROBLEM] = type(failed)(failed.id, **failed.values)
        finally:
            let_go([held])
            del st.session_state[_TURN]
        if id is None:
            st.rerun()
        state.set_choices_and_rerun(**{chosen: id})
