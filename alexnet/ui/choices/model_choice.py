"""Which trained network the pages show: one choice for all of them, in the sidebar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import streamlit as st

from alexnet.errors import AlexNetError
from alexnet.trained import brought, catalogue
from alexnet.trained.record import Trained
from alexnet.ui import pages, state
from alexnet.ui.choices import models, real_network, weight_file
from alexnet.ui.components import plain, problem
from alexnet.ui.language import t
from alexnet.ui.runs import entries
from alexnet.ui.server.viewer import viewer_id
from alexnet.weights.catalogue import PUBLISHED

KEY = "common_model"
"""The link's parameter is ``model``."""

_LINKED = "_linked_models"  # runs that links of this tab have named: they stay in its list
_CHOSEN = "_chosen_model"
_PROBLEM = "_model_problem"  # why the run that was asked for cannot be shown


def choose() -> None:
    """Draw the choice where the caller's container is; the page then asks ``chosen`` for the model.

    To choose from are the networks in the app, files in the data folder, this viewer's own files and runs,
    and what a link has named: anyone may look at a run by its link. What cannot be shown is explained on the
    page, and the first network in the app takes its place.
    """
    wanted, offered = state.requested(KEY), _offered()
    st.session_state[_PROBLEM] = None
    if isinstance(wanted, str) and wanted not in offered:
        try:
            offered[wanted] = models.find(wanted)
            _linked().append(wanted)
        except AlexNetError as error:
            st.session_state[_PROBLEM] = error
            state.forget(KEY)
    # Run ids begin with their time.
    here = [id for id in catalogue.every() if id in offered]
    files = [id for id in offered if brought.is_brought(id)]
    own = sorted(offered.keys() - {*here, *files}, reverse=True)
    chosen = state.choice(
        KEY,
        [*here, *files, *own],
        label=t("models.choose"),
        default=catalogue.DEFAULT,
        name=lambda id: models.name(offered[id]),
    )
    if not own:
        st.caption(t("models.only_shipped"))
        if pages.listed("training"):
            st.page_link(pages.page("training"), label=t("models.train"))
    st.session_state[_CHOSEN] = _read(chosen, offered)
    real_network.offer()
    weight_file.offer([brought.like(offered[id]) for id in own], KEY)


def _read(chosen: str, offered: Mapping[str, Trained]) -> Trained:
    """The chosen network; somebody's file is read first, and where that fails the first one stands in."""
    if chosen not in PUBLISHED and not brought.is_brought(chosen):
        return offered[chosen]
    try:
        return models.find(chosen)
    except AlexNetError as error:
        st.session_state[_PROBLEM] = error
        return offered[catalogue.DEFAULT]


def standing() -> Trained:
    """The model of this page, without a word."""
    return cast(Trained, st.session_state[_CHOSEN])


def chosen() -> Trained:
    """The model of this page, named in a line unless it is the one that everybody begins with.

    Before it stands why another one cannot be shown, if so.
    """
    error = st.session_state.get(_PROBLEM)
    if error is not None:
        problem(error)
    model = standing()
    if model.id != catalogue.DEFAULT:
        st.caption(t("models.shown", name=plain(models.name(model))))
    if model.id in PUBLISHED or brought.is_brought(model.id):  # a run that diverged says so by its status
        try:
            bad = model.provenance().not_finite
        except AlexNetError:
            bad = 0  # what is wrong with its card is said where the card is shown
        if bad:
            st.warning(t("real.not_finite", count=bad), icon=":material/warning:")
    return model


def _offered() -> dict[str, Trained]:
    """What this viewer may choose from, by id."""
    viewer = viewer_id()
    own = [entry.run.id for entry in entries.every() if entry.viewer == viewer and not entry.status.active]
    found = {id: made() for id, made in catalogue.every().items()}
    for id in dict.fromkeys([*brought.dropped(), *brought.of_viewer(viewer)]):
        found[id] = brought.unread(id)
    for id in {*own, *_linked()} - found.keys():
        try:
            found[id] = models.find(id)
        except AlexNetError:
            continue  # without weights, or deleted: asked for by name, it is explained
    return found


def _linked() -> list[str]:
    return cast("list[str]", st.session_state.setdefault(_LINKED, []))
