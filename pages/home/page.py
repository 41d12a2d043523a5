"""Home: the network at a glance, the way into each lesson, and how a class gets here."""

import streamlit as st

from alexnet.architecture import PAPER_2012, one_tower
from alexnet.architecture.shapes import trace
from alexnet.figures.diagram import Words, exchanges, network_diagram
from alexnet.ui import pages, printed_size
from alexnet.ui.components import header, picture, sentence
from alexnet.ui.language import t
from pages.home import invitation

header("home")

two, one = trace(PAPER_2012), trace(one_tower(PAPER_2012))
products = sum(layer.multiply_accumulates for layer in two)
meeting = ", ".join(exchanges(PAPER_2012))
summary = t(
    "home.summary",
    size=PAPER_2012.size,
    classes=PAPER_2012.classes,
    parameters=sum(layer.parameters for layer in two),
    products=products,
    layers=meeting,
    times=sum(layer.multiply_accumulates for layer in one) / products,
)
words = Words(
    t("home.diagram"),
    summary,
    t("home.diagram_image"),
    ("GPU 1", "GPU 2"),
    t("home.diagram_exchange"),
)
picture(network_diagram(PAPER_2012, words), narrow=network_diagram(PAPER_2012, words, "down"))
st.caption(f"{t('home.diagram_legend')} {printed_size.said()}")
sentence(summary)

lessons = [entry for entry in pages.PAGES if entry.id != "home"]
if lessons:
    st.header(t("home.lessons"), anchor="lessons")
    # Pair by pair, so that a phone, which puts columns below each other, keeps the order.
    for first in range(0, len(lessons), 2):
        for column, entry in zip(st.columns(2, gap="medium"), lessons[first : first + 2], strict=False):
            with column.container(border=True):
                st.page_link(pages.page(entry.id), label=f"**{t(f'{entry.id}.title')}**", icon=entry.icon)
                st.markdown(t(f"home.card_{entry.id}"))

    st.header(t("home.plan", minutes=sum(entry.minutes for entry in pages.PAGES)), anchor="plan")
    begin = 0
    with st.container(border=True, gap="small"):
        for entry in filter(lambda entry: entry.minutes, pages.PAGES):
            end = begin + entry.minutes
            minutes, link, task = st.columns((1, 1.5, 6), vertical_alignment="center", gap="small")
            minutes.markdown(f"**{t('home.plan_minutes', begin=begin, end=end)}**")
            link.page_link(pages.page(entry.id), icon=entry.icon)
            task.markdown(t(f"home.plan_{entry.id}"))
            begin = end

st.header(t("home.invitation"), anchor="class")
invitation.show()
