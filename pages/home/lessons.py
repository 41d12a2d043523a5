"""The ways from Home into the lessons, and what the paper's network, which they are about, comes to."""

from __future__ import annotations

import streamlit as st

from alexnet.architecture import PAPER_2012, one_tower
from alexnet.architecture.shapes import trace
from alexnet.figures.diagram import exchanges
from alexnet.ui import pages, printed_size
from alexnet.ui.components import sentence
from alexnet.ui.language import current_language, t

ACROSS = 4
"""Cards side by side; a phone puts them below each other in the same order."""


def cards() -> None:
    """A card for every lesson, and a wide one for each page to look something up in."""
    others = [entry for entry in pages.PAGES if entry.id not in ("home", "classroom")]
    lessons = [entry for entry in others if entry.section != "look_up"]
    if not others:
        return
    st.header(t("home.lessons"), anchor="lessons")
    for first in range(0, len(lessons), ACROSS):
        for column, entry in zip(st.columns(ACROSS, gap="small"), lessons[first:][:ACROSS], strict=False):
            with column.container(border=True, gap="xsmall", height="stretch"):
                _card(entry)
    for entry in others[len(lessons) :]:
        with st.container(border=True, gap="xsmall"):
            _card(entry)


def _card(entry: pages.Page) -> None:
    st.page_link(pages.page(entry.id), icon=entry.icon)
    st.caption(t(f"home.card_{entry.id}"))


def to_class() -> None:
    """The way to the address and the plan, where the app has that page."""
    if pages.listed("classroom"):
        icon = next(entry.icon for entry in pages.PAGES if entry.id == "classroom")
        st.page_link(pages.page("classroom"), label=t("home.to_class"), icon=icon)


def paper() -> None:
    """What the network of 2012 comes to, and the way to its picture."""
    two, one = trace(PAPER_2012), trace(one_tower(PAPER_2012))
    products = sum(layer.multiply_accumulates for layer in two)
    summary = t(
        "home.summary",
        size=PAPER_2012.size,
        classes=PAPER_2012.classes,
        parameters=sum(layer.parameters for layer in two),
        products=products,
        layers=", ".join(exchanges(PAPER_2012)),
        times=sum(layer.multiply_accumulates for layer in one) / products,
    )
    st.header(t("home.paper"), anchor="paper")
    sentence(summary)
    st.caption(printed_size.said())
    query = {"view": "towers", "network": PAPER_2012.id, "lang": current_language()}
    st.page_link(pages.page("layers"), label=t("home.paper_drawn"), query_params=query)
