"""One term on the Glossary page."""

from __future__ import annotations

from html import escape

import streamlit as st

from alexnet.glossary import Entry
from alexnet.ui import pages
from alexnet.ui.components import svg
from alexnet.ui.language import t


def draw(entry: Entry) -> None:
    """Draw the word, its picture, what it means, what to do with such a number, and the way to see it."""
    word = escape(entry.word) + (
        f" <small lang='en'>{escape(entry.english)}</small>" if entry.english else ""
    )
    parts = [f"<div class='term-word' role='heading' aria-level='2'>{word}</div>"]
    if entry.picture:
        parts.append(f"<div class='term-picture'>{entry.picture}</div>")
    parts.append(f"<p>{escape(entry.says)}</p>")
    if entry.use:
        parts.append(f"<p><b>{escape(t('glossary.use'))}</b> {escape(entry.use)}</p>")
    with st.container(border=True):
        # The terms of other pages are dotted where they stand; here each has its own card.
        svg(f"<div class='no-terms-here'>{''.join(parts)}</div>")
        st.page_link(
            pages.page(entry.term.page),
            label=t("glossary.see", page=_place(entry)),
            icon=":material/arrow_forward:",
            query_params=dict(entry.term.choices),
        )


def _place(entry: Entry) -> str:
    page, view = entry.term.page, entry.term.choices.get("view")
    named = t(f"common.page_{page}")
    return f"{named} · {t(f'{page}.view_{view}')}" if view else named
