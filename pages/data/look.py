"""What is in a data set: its pictures, counts, mean, duplicates, and what did not become a picture."""

from __future__ import annotations

import numpy as np
import streamlit as st

from alexnet.architecture import with_classes
from alexnet.architecture.shapes import trace
from alexnet.data.catalogue import STARTER
from alexnet.data.dataset import DataSet
from alexnet.data.own import inspecting, store
from alexnet.data.own.inspecting import Inside
from alexnet.data.own.record import SET_ID
from alexnet.errors import AlexNetError, DataError
from alexnet.figures.balance import balance
from alexnet.figures.kernels import png
from alexnet.figures.photographs import pixelated
from alexnet.language import explain
from alexnet.recipes import NETWORKS, RECIPES
from alexnet.ui import state
from alexnet.ui.choices import data_sets, networks
from alexnet.ui.components import chart, data_table, pixels, plain, problem, sentence
from alexnet.ui.language import current_language, t
from pages.data import gallery, make

EVERY_CLASS = "all"
MEANS = 8
"""Mean images of classes side by side at most."""

NAMED = 30
"""Files that became no picture, named with their reason at most."""

MEAN = 128
"""Pixels along each side of a mean image on the screen."""


def draw() -> None:
    """Choose a set, and see into it."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=320):
            own = data_sets.mine()
            data = data_sets.ask("data", own[0].id if own else STARTER.id)
        names = [one.name(current_language()) for one in data.classes]
        with st.container(width=220):
            chosen = state.choice(
                "data_class",
                [EVERY_CLASS, *data.class_ids],
                label=t("data.class"),
                default=EVERY_CLASS,
                name=lambda id: t("data.class_all") if id == EVERY_CLASS else names[data.class_ids.index(id)],
            )
        gallery.button()
    try:
        with st.spinner(t("data.reading")):
            inside = _inside(data.id, data)
    except AlexNetError as error:
        problem(error)
        return
    label = None if chosen == EVERY_CLASS else data.class_ids.index(chosen)
    gallery.show(inside, names, label)
    if SET_ID.fullmatch(data.id):
        make.links(data.id, look=False)
    _counts(inside, data, names)
    _learning(inside, data)
    _means(inside, names)
    _duplicates(inside, names)
    if SET_ID.fullmatch(data.id):
        _broken(data.id)
    else:
        st.caption(t("data.ours_note"))


@st.cache_resource(show_spinner=False, max_entries=8)
def _inside(id: str, _data: DataSet) -> Inside:
    return inspecting.of_own(store.find(id)) if SET_ID.fullmatch(id) else inspecting.of_ours(_data)


def _counts(inside: Inside, data: DataSet, names: list[str]) -> None:
    counts = inside.counts
    train, validation, test = (int(count) for count in counts.sum(axis=0))
    drawn = 0 if validation else data.validation
    sentence(
        t(
            "data.counts_drawn" if drawn else "data.counts",
            all=len(inside.labels),
            classes=len(names),
            train=train - drawn,
            validation=validation or drawn,
            test=test,
        )
    )
    parts = [t(f"data.part_{part}") for part in ("train", "validation", "test")]
    chart(balance(counts, names, parts, t("data.axis")), "data_balance")
    largest, smallest = counts.sum(axis=1).argmax(), counts.sum(axis=1).argmin()
    always = inspecting.always_the_largest(counts)
    if counts.sum(axis=1)[largest] == counts.sum(axis=1)[smallest]:
        sentence(t("data.balanced", share=always))
    else:
        sentence(
            t(
                "data.unbalanced",
                large=names[largest],
                many=int(counts.sum(axis=1)[largest]),
                small=names[smallest],
                few=int(counts.sum(axis=1)[smallest]),
                share=always,
            )
        )
    with st.expander(t("data.table"), icon=":material/table:"):
        rows = [
            {t("data.class"): name, **dict(zip(parts, (int(count) for count in row), strict=True))}
            for name, row in zip(names, counts, strict=True)
        ]
        data_table(rows, key="data_counts")
        sizes = inside.sizes
        st.caption(
            t(
                "data.sizes",
                least="{}×{}".format(*sizes[sizes.prod(axis=1).argmin()]),
                most="{}×{}".format(*sizes[sizes.prod(axis=1).argmax()]),
            )
        )


def _learning(inside: Inside, data: DataSet) -> None:
    """How many parameters of a network learn from each picture."""
    with st.container(width=320):
        network = networks.get(networks.ask("data", NETWORKS[RECIPES[0].id]))
    try:
        rows = trace(with_classes(network, len(data.classes)))
    except AlexNetError as error:
        problem(error)
        return
    parameters = sum(row.parameters for row in rows)
    images = data.train - data.validation
    sentence(t("data.each", parameters=parameters, images=images, each=parameters / images))


def _means(inside: Inside, names: list[str]) -> None:
    st.subheader(t("data.mean"), anchor=False)
    images = np.rint(inside.mean_images).astype(np.uint8)
    shown = images if 1 < len(names) <= MEANS else images[:1]
    with st.container(horizontal=True, gap="small"):
        for place, image in enumerate(shown):
            with st.container(width=MEAN):
                pixels(png(pixelated(image, MEAN)), names[place - 1] if place else t("data.mean_all"))
    learned = inside.small[inside.parts == 0].reshape(-1, 3).astype(np.float64)
    mean, deviation = learned.mean(axis=0), learned.std(axis=0)
    red, green, blue = (float(value) for value in mean)
    sentence(t("data.channels", red=red, green=green, blue=blue))
    sentence(t("data.deviations", **dict(zip(("red", "green", "blue"), map(float, deviation), strict=True))))
    if 1 < len(names) <= MEANS:
        st.caption(t("data.mean_says"))


def _duplicates(inside: Inside, names: list[str]) -> None:
    st.subheader(t("data.duplicates"), anchor=False)
    groups = inside.duplicates
    if not groups:
        sentence(t("data.duplicates_none", count=len(inside.labels)))
        return
    across, mixed = inside.across_parts(), inside.across_classes()
    sentence(t("data.duplicates_some", count=len(groups), pictures=sum(map(len, groups))))
    sentence(t("data.duplicates_leak" if across else "data.duplicates_no_leak", count=len(across)))
    if mixed:
        sentence(t("data.duplicates_mixed", count=len(mixed)))
    worst = [*mixed, *(group for group in (*across, *groups) if group not in mixed)]
    gallery.tiles(
        inside,
        names,
        [place for group in list(dict.fromkeys(worst))[:6] for place in group][:12],
        "data_doubles",
    )


def _broken(id: str) -> None:
    try:
        broken = store.index(store.find(id)).broken
    except DataError as error:
        problem(error)
        return
    if not broken:
        st.caption(t("data.broken_none"))
        return
    st.subheader(t("data.broken", count=len(broken)), anchor=False)
    for one in broken[:NAMED]:
        # What a file is called is text and never Markdown.
        values = {
            name: plain(value) if isinstance(value, str) else value for name, value in one.values.items()
        }
        st.markdown(f"**{plain(one.name)}**: {explain(AlexNetError(one.id, **values), current_language())}")
    if len(broken) > NAMED:
        st.caption(t("data.broken_more", count=len(broken) - NAMED))
