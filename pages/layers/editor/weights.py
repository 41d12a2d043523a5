"""How the weights and biases of a row begin: the editor's inputs for a convolution or a dense layer."""

from __future__ import annotations

import streamlit as st

from alexnet.architecture import Weighted, editing
from alexnet.architecture.rows import INITIALIZER_IDS
from alexnet.facts import PAPER_STD
from alexnet.ui.choices import networks
from alexnet.ui.language import t
from alexnet.ui.runs import words
from pages.layers.editor.inputs import act, choice, given, number

FIELDS = ("std", "bias", "initializer")
"""The settings of a row that are asked for here."""

NORMAL = "normal"
"""The choice of a normal distribution with a standard deviation of the reader's own."""


def draw(row: Weighted) -> None:
    """The inputs, which wrap."""

    def change(**settings: object) -> None:
        act(lambda: networks.edit(editing.change(networks.history().present, row.name, **settings)))

    def began() -> None:
        rule = given("initializer")
        change(**({"std": PAPER_STD} if rule == NORMAL else {"std": None, "initializer": rule}))

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=270):
            choice(
                "initializer",
                row.initializer if row.std is None else NORMAL,
                (NORMAL, *INITIALIZER_IDS),
                t("editor.field_initializer"),
                lambda id: t("editor.initializer_normal") if id == NORMAL else words.rule(id),
                began,
                help=t("editor.initializer_help"),
            )
        if row.std is not None:
            with st.container(width=150):
                label = t("editor.field_std")
                number("std", row.std, label, lambda: change(std=given("std")), "std")
        with st.container(width=120):
            label = t("editor.field_bias")
            number("bias", row.bias, label, lambda: change(bias=given("bias")), "bias")
