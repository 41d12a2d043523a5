"""The networks that a lesson can be about: the known ones, and the one that the reader has edited.

The edited network belongs to a browser tab. A page whose choice it is carries it in its link, as ``net``, so
that the link opens it for anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

import streamlit as st

from alexnet.architecture import NETWORKS, PAPER_2012, Network, budget, network
from alexnet.architecture.document import from_link, to_link
from alexnet.architecture.editing import History, obstacle
from alexnet.errors import InputError
from alexnet.language import explain
from alexnet.ui import components, state
from alexnet.ui.language import current_language, t

MINE = "mine"
"""The id of the edited network among the choices, whatever its own id is."""

OWN_ID = "my_network"
"""What an edited network is called until the reader names it: it is no longer the known one."""

_HISTORY = "_edited_network"
_IDS = {entry.id for entry in NETWORKS}


def history() -> History:
    """What this tab has edited; the paper's network where it has edited nothing."""
    return cast(History, st.session_state.get(_HISTORY) or History(PAPER_2012))


def keep(changed: History) -> None:
    """Make this the tab's history."""
    st.session_state[_HISTORY] = changed


def edit(changed: Network) -> None:
    """Put another network on top of the tab's history."""
    keep(history().do(_own(changed)))


def _own(changed: Network) -> Network:
    if changed.id in _IDS and changed not in NETWORKS:
        return replace(changed, id=OWN_ID)
    return changed


def begun() -> bool:
    """Whether there is an edited network: one that is not a known one just as it is."""
    return history().present not in NETWORKS


def adopt(page_id: str, *, editor: bool = False) -> None:
    """Take over the network of a link, or explain what is wrong with it.

    Args:
        page_id: The page; its link's ``net`` is the network.
        editor: A complete link without ``net`` then means the paper's network, and not none.
    """
    link = state.handed(f"{page_id}_net")
    if link is None or (not link and not editor):
        return
    try:
        wanted = from_link(link) if link else PAPER_2012
    except InputError as error:
        components.problem(error)
        return
    if _HISTORY not in st.session_state:
        keep(History(_own(wanted)))
    else:
        edit(wanted)
    why = None if editor else obstacle(wanted)
    if why is not None:
        components.notice(explain_obstacle(wanted, why))


def explain_obstacle(edited: Network, why: str) -> str:
    """Why lessons cannot take a network up, in the reader's language.

    Args:
        edited: The network.
        why: As ``obstacle`` says of it.
    """
    excess = budget.excess(edited) if why == "beyond" else None
    return t(
        f"editor.obstacle_{why}", **({} if excess is None else {"why": explain(excess, current_language())})
    )


def choices() -> list[str]:
    """The ids to choose from; ``MINE`` stands last, where there is one that fits and can be trained."""
    known = [entry.id for entry in NETWORKS]
    return [*known, MINE] if begun() and obstacle(history().present) is None else known


def ask(page_id: str, default: str, *, more: Mapping[str, str] | None = None) -> str:
    """Let the reader choose a network; the link carries an edited one.

    Args:
        page_id: The choice is ``<page>_network``.
        default: The id that stands when nothing was chosen.
        more: Ids that only this page offers, with their names.

    Returns:
        An id for ``get``, or one of ``more``.
    """
    adopt(page_id)
    others = more or {}
    chosen = state.choice(
        f"{page_id}_network",
        [*choices(), *others],
        label=t("common.network"),
        default=default,
        name=lambda id: others.get(id) or name(id),
    )
    state.carry(f"{page_id}_net", to_link(history().present) if chosen == MINE else "")
    return chosen


def get(id: str) -> Network:
    """The network of a choice.

    Raises:
        ChoiceError: There is none of that id.
    """
    return history().present if id == MINE else network(id)


def name(id: str) -> str:
    """Its name in the reader's language."""
    return t("editor.mine", name=history().present.id) if id == MINE else t(f"common.network_{id}")
