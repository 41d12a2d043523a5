"""Kernels: the first layer of the trained network, tower by tower, and how colour lies in it."""

from typing import cast

import streamlit as st

from alexnet.errors import DataError
from alexnet.figures.colour_index import Words, dots
from alexnet.ui import kernels, state
from alexnet.ui.components import chart, header, problem, sentence, source, try_this
from alexnet.ui.language import t

header("kernels")
try:
    last = kernels.epochs()
    kernels.report(last)
except DataError as error:
    problem(error)
    st.stop()

when, how, scale = st.columns(3)
with when:
    epoch = int(
        state.number("kernels_epoch", label=t("kernels.epoch"), default=last, low=0, high=last, kind="slider")
    )
with how:
    order = state.choice(
        "kernels_order",
        ["colour", "stored"],
        label=t("kernels.order"),
        default="colour",
        name=lambda id: t(f"kernels.order_{id}"),
        kind="segmented",
    )
with scale:
    contrast = state.choice(
        "kernels_contrast",
        ["own", "shared"],
        label=t("kernels.contrast"),
        default="own",
        name=lambda id: t(f"kernels.contrast_{id}"),
        kind="segmented",
        help=t("kernels.contrast_help"),
    )

for column, who in zip(st.columns(3), kernels.WHO, strict=True):
    with column:
        st.markdown(f"**{t(f'kernels.{who}')}**")
        drawn = kernels.sheet(who, epoch, cast("kernels.Order", order), cast("kernels.Contrast", contrast))
        st.image(drawn, caption=kernels.caption(who, epoch), width="stretch")

report = kernels.report(epoch)
st.subheader(t("kernels.presence_question"), anchor=False)
sentence(kernels.presence_sentence(report))
st.subheader(t("kernels.division_question"), anchor=False)
sentence(kernels.division_sentence(report))
dead = sum(int(tower.dead.sum()) for tower in report.towers)
if dead:
    sentence(t("kernels.dead", dead=dead))

words = Words(*(t(f"kernels.figure_{name}") for name in ("axis", "band", "median", "kernel")))
chart(dots([kernels.group(who, epoch) for who in kernels.WHO], report.untrained, words), "kernels_dots")

try_this(
    "kernels",
    {
        "kernels.try_start": {"kernels_epoch": 0},
        "kernels.try_first": {"kernels_epoch": 1, "kernels_order": "stored"},
        "kernels.try_shared": {"kernels_epoch": last, "kernels_contrast": "shared"},
    },
)
with st.expander(t("kernels.card"), icon=":material/badge:"):
    for fact in kernels.card_facts():
        st.markdown(fact)
source("kernels", "source")
