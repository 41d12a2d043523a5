"""The ways from Home into the lessons, and the paper's network, which they are about."""

from __future__ import annotations

import streamlit as st

from alexnet.architecture import PAPER_2012, one_tower
from alexnet.architecture.shapes import trace
from alexnet.figures.diagram import Words, exchanges, network_diagram
from alexnet.ui import pages, printed_size
from alexnet.ui.components import picture, sentence
from alexnet.ui.language import t

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
    """The network of 2012, drawn from its rows, and what it comes to."""
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
    words = Words(
        t("home.diagram"),
        summary,
        t("home.diagram_image"),
        ("GPU 1", "GPU 2"),
        t("home.diagram_exchange"),
    )
    st.header(t("home.paper"), anchor="paper")
    picture(network_diagram(PAPER_2012, words), narrow=network_diagram(PAPER_2012, words, "down"))
    st.caption(f"{t('home.diagram_legend')} {printed_size.said()}")
    sentence(summary)
