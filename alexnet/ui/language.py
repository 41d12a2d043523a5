"""The reader's language, and texts in it."""

from __future__ import annotations

import threading
from typing import cast

import streamlit as st

from alexnet.language import LANGUAGES, Language, prose, text

KEY = "language"
PARAMETER = "lang"
NAMES: dict[Language, str] = {"ko": "한국어", "en": "English"}
"""Each language under its own name, so that a reader finds it in any state of the app."""


_run = threading.local()
"""The language of the script run that this thread is in, once it was asked for. A page asks for it with each
of its hundred texts, and Streamlit's session state takes its time."""


def begin() -> None:
    """A script run begins in this thread: what the one before it knew counts no more."""
    _run.language = None


def current_language() -> Language:
    """The language of this browser tab: the one chosen, else the link's ``lang``, else the browser's.

    A browser in any other language than Korean gets English.
    """
    known: Language | None = getattr(_run, "language", None)
    if known is None:
        known = _asked()
        if hasattr(_run, "language"):
            _run.language = known
    return known


def _asked() -> Language:
    kept = st.session_state.get(f"_{KEY}")
    if kept in LANGUAGES:
        return cast(Language, kept)
    asked = st.query_params.get(PARAMETER)
    if asked in LANGUAGES:
        return asked
    return "ko" if (st.context.locale or "").lower().startswith("ko") else "en"


def chosen_language() -> Language | None:
    """The language that the switch or the link names; None while it is only the browser's."""
    kept = st.session_state.get(f"_{KEY}")
    return cast(Language, kept) if kept in LANGUAGES else None


def t(key: str, /, **values: object) -> str:
    """The short text of a key, in the current language.

    Raises:
        LanguageError: No such key, or a gap that no value fills.
    """
    return text(key, current_language(), **values)


def p(domain: str, section: str) -> str:
    """A section of a page's prose, in the current language, as Markdown.

    Raises:
        LanguageError: No such file or section.
    """
    return prose(domain, section, current_language())


def adopt_link() -> None:
    """Make the language of a link the chosen one, on the first run of a browser tab."""
    asked = st.query_params.get(PARAMETER)
    if f"_{KEY}" not in st.session_state:
        st.session_state[f"_{KEY}"] = asked if asked in LANGUAGES else None


def switch() -> None:
    """Draw the language switch. Page, inputs and link stay as they are."""
    st.session_state[KEY] = current_language()
    st.segmented_control(
        "Language · 언어",
        LANGUAGES,
        format_func=lambda language: NAMES[language],
        key=KEY,
        on_change=_chosen,
        width="stretch",
    )


def _chosen() -> None:
    # A second click on the chosen language clears the control; the language stays.
    if st.session_state.get(KEY) in LANGUAGES:
        st.session_state[f"_{KEY}"] = st.session_state[KEY]
        begin()
