"""Kernels: the first layer of a trained network, tower by tower, and how colour lies in it."""

from typing import cast

import streamlit as st

from alexnet.errors import AlexNetError
from alexnet.figures.colour_index import Words, dots
from alexnet.ui import kernels, model_choice, models, state
from alexnet.ui.components import chart, header, pixels, problem, sentence, source, try_this
from alexnet.ui.language import t

header("kernels")
try:
    layer = kernels.of(model_choice.chosen())
    layer.towers(layer.last)
except AlexNetError as error:
    problem(error)
    st.stop()
st.caption(layer.description())

when, how, scale = st.columns(3)
epoch = layer.last
if layer.first < layer.last:
    with when:
        low, high = layer.first, layer.last
        chosen = state.number(
            "kernels_epoch", label=t("kernels.epoch"), default=high, low=low, high=high, kind="slider"
        )
        epoch = int(chosen)
with how:
    order = state.choice(
        "kernels_order",
        list(kernels.ORDERS),
        label=t("kernels.order"),
        default="colour",
        name=lambda id: t(f"kernels.order_{id}"),
        kind="select",
        help=t("kernels.order_help"),
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
if epoch == layer.last and layer.batches:
    st.caption(t("kernels.unfinished", epoch=epoch, batches=layer.batches))

try:
    report = layer.report(epoch)
except AlexNetError as error:  # of this epoch alone: the reader can choose another one
    problem(error)
    st.stop()
for column, who in zip(st.columns(len(layer.who)), layer.who, strict=True):
    with column:
        st.markdown(f"**{t(f'kernels.{who}')}**")
        drawn = layer.sheet(who, epoch, cast("kernels.Order", order), cast("kernels.Contrast", contrast))
        pixels(drawn, layer.caption(who, epoch))

st.subheader(t("kernels.presence_question"), anchor=False)
sentence(kernels.presence_sentence(report))
st.subheader(t("kernels.division_question"), anchor=False)
sentence(kernels.division_sentence(report))
dead = sum(int(tower.dead.sum()) for tower in report.towers)
if dead:
    sentence(t("kernels.dead", dead=dead))

words = Words(*(t(f"kernels.figure_{name}") for name in ("axis", "band", "median", "kernel")))
chart(dots([layer.group(who, epoch) for who in layer.who], report.untrained, words), "kernels_dots")

moments: dict[str, dict[str, state.Value]] = {
    "kernels.try_start": {"kernels_epoch": layer.first},
    "kernels.try_first": {"kernels_epoch": layer.first + 1, "kernels_order": "stored"},
}
try_this(
    "kernels",
    (moments if layer.first < layer.last else {})
    | {"kernels.try_shared": {"kernels_epoch": layer.last, "kernels_contrast": "shared"}},
)
with st.expander(t("kernels.card"), icon=":material/badge:"):
    for fact in [*models.facts(layer.model), t("kernels.precision")]:
        st.markdown(fact)
source("kernels", "source")
