"""Glossary: every term of the app with its picture, its meaning and the place that shows it."""

import streamlit as st

from alexnet.glossary import entries
from alexnet.ui import state
from alexnet.ui.components import header
from alexnet.ui.language import current_language, t
from pages.glossary import card

_TERM = "glossary_term"
_ASKED = "_glossary_term"

header("glossary")
everything = entries(current_language())
given = state.handed(_TERM)
if given is not None:
    st.session_state[_ASKED] = given
asked = next((entry for entry in everything if entry.term.id == st.session_state.get(_ASKED)), None)
state.carry(_TERM, asked.term.id if asked else "")

searched = st.text_input(
    t("glossary.search"),
    key="glossary_search",
    max_chars=60,
    placeholder=t("glossary.placeholder"),
    icon=":material/search:",
)
if asked and not searched.strip():
    with st.container(key="glossary_asked"):
        st.caption(t("glossary.asked"))
        card.draw(asked)
shown = [entry for entry in everything if entry.holds(searched)]
st.caption(t("glossary.shown", count=len(shown)) if shown else t("glossary.nothing"))
with st.container(key="glossary_words"):
    for entry in shown:
        card.draw(entry)
