"""Guess before seeing: a question whose answer is hidden until one commits a guess, or asks to be shown it.

What was committed stands in the link, as ``guess=<id>``: whoever gets the link sees what the sender saw.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

import streamlit as st

from alexnet.ui import state
from alexnet.ui.language import t

SHOWN = "shown"
"""In place of a guess: the reader asked to be shown the answer."""


def committed(key: str, ids: Container[str]) -> str | None:
    """What this tab has committed, before or after the question is drawn; None: the answer stays hidden.

    Args:
        key: ``<page>_guess``, or ``<page>_guess_<question>``.
        ids: The guesses there are. A link that names another one counts as asking to be shown.

    Returns:
        An id of ``ids``, ``SHOWN``, or None.
    """
    kept = f"_{key}"
    handed = state.handed(f"{key}ed")
    if handed:
        st.session_state[kept] = handed if handed in ids else SHOWN
    found = st.session_state.get(kept)
    if found is not None and found not in ids:
        found = SHOWN
    state.carry(f"{key}ed", found or "")
    return found


def ask(key: str, question: str, names: Mapping[str, str]) -> None:
    """The question, its answers, and two buttons: commit the guess, or be shown without one.

    Args:
        key: As of ``committed``.
        question: In the reader's language.
        names: Each guess by its id, in the reader's language.
    """
    with st.container(border=True, key=f"{key}_box", gap="small"):
        st.markdown(f"**{question}**")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            # A callable reads names now; Streamlit may ask for them after the language has changed.
            known = dict(names)
            guess = st.pills(
                t("common.guess"),
                list(known),
                format_func=known.__getitem__,
                key=key,
                label_visibility="collapsed",
                width="content",
            )
            st.button(
                t("common.commit"),
                key=f"{key}_commit",
                type="primary",
                disabled=guess is None,
                help=None if guess else t("common.guess_help"),
                on_click=st.session_state.__setitem__,
                args=(f"_{key}", guess),
            )
            st.button(
                t("common.show_me"),
                key=f"{key}_show",
                icon=":material/visibility:",
                on_click=st.session_state.__setitem__,
                args=(f"_{key}", SHOWN),
            )


def judged(guess: str, answers: Sequence[str], names: Mapping[str, str]) -> str:
    """The answer, and whether a committed guess was right, in a sentence.

    Args:
        guess: What ``committed`` gave.
        answers: The ids of the right guesses.
        names: Each guess by its id, in the reader's language.
    """
    answer = ", ".join(names[id] for id in answers)
    if guess == SHOWN:
        return t("common.guess_shown", answer=answer)
    return t(f"common.guess_{'right' if guess in answers else 'wrong'}", answer=answer, guess=names[guess])
