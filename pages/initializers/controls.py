"""What the Initializers page asks: which layer, which rule, how large a sample."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from alexnet.architecture import NETWORKS, Convolution, Weighted
from alexnet.architecture.shapes import trace
from alexnet.facts import CODE_STD, PAPER_STD
from alexnet.numerics.initializers import INITIALIZERS, Initializer, initializer
from alexnet.ui import state
from alexnet.ui.choices import networks
from alexnet.ui.language import current_language, t

FREE = "free"
TOGETHER = 6
"""How many initializers a picture compares: more lines could not be told apart."""
RULES: Mapping[str, Initializer] = {
    **{row.id: row for row in INITIALIZERS},
    "paper_2012": initializer("random_normal").with_std(PAPER_STD),
    "code_2012": initializer("random_normal").with_std(CODE_STD),
}
DEFAULT_RULES = ("he_normal",)
MOST = 200_000  # more draws would not change the picture
SEEDS = 9999
SIZES: Mapping[str, int] = {"layer": MOST, "10000": 10_000, "100": 100}


@dataclass(frozen=True)
class Layer:
    """A layer to be initialized.

    Attributes:
        name: In the reader's language.
        kernel_shape: One tower's weights in Keras's order.
        network: The name of its network; None when the reader typed fan-in and fan-out.
        std: What its network really starts it with; None for He's rule.
        split: How many towers it has that read only their own maps; 1 where each reads all.
    """

    name: str
    kernel_shape: tuple[int, ...]
    network: str | None = None
    std: float | None = None
    split: int = 1

    @property
    def weights(self) -> int:
        """How many weights one tower of it has."""
        return prod(self.kernel_shape)


def rule_name(id: str) -> str:
    """An initializer's name in the reader's language."""
    return t(f"initializers.rule_{id}")


def ask_layer(row: DeltaGenerator) -> Layer:
    """A layer of a network, or a free fan-in and fan-out; draws its controls in the page's row."""
    with row.container(width=225):
        chosen = networks.ask("initializers", NETWORKS[0].id, more={FREE: t("initializers.free")})
    if chosen == FREE:
        with row.container(width=120):
            inputs = state.number("initializers_in", label="fan-in", default=1000, low=1, high=100_000)
        with row.container(width=120):
            outputs = state.number("initializers_out", label="fan-out", default=200, low=1, high=100_000)
        return Layer(t("initializers.free_layer"), (int(inputs), int(outputs)))
    layers = {
        layer.row.name: layer for layer in trace(networks.get(chosen)) if layer.kernel_shape is not None
    }
    with row.container(width=110):
        name = state.choice(
            "initializers_layer", list(layers), label=t("common.layer"), default=next(iter(layers)), name=str
        )
    weighted, shape = layers[name].row, layers[name].kernel_shape
    assert isinstance(weighted, Weighted) and shape is not None
    split = (
        weighted.towers
        if isinstance(weighted, Convolution) and weighted.reads == "own" and name != next(iter(layers))
        else 1
    )
    return Layer(name, shape, networks.name(chosen), weighted.std, split)


def ask_rules(row: DeltaGenerator) -> dict[str, Initializer]:
    """Up to six initializers by their ids here; draws their controls in the page's row."""
    with row.container(width="stretch"):
        ids = _several("initializers_rules", list(RULES), DEFAULT_RULES, t("initializers.rules"))
    rules = {id: RULES[id] for id in ids}
    if "random_normal" in rules:
        with row.container(width=150):
            std = state.number(
                "initializers_std",
                label=t("initializers.std"),
                default=0.05,
                low=0.001,
                high=1.0,
                step=0.001,
                format="%.3f",
            )
        rules["random_normal"] = rules["random_normal"].with_std(float(std))
    return rules


def _several(key: str, ids: list[str], default: tuple[str, ...], label: str) -> tuple[str, ...]:
    """Some of some ids, at most ``TOGETHER``; the link carries them with commas between."""
    kept, widget = f"_{key}", f"{key}_list_{current_language()}"
    handed = state.handed(key)
    if handed is not None:
        wanted = [id for id in dict.fromkeys(handed.split(",")) if id in ids][:TOGETHER]
        st.session_state[kept] = wanted or list(default)
        st.session_state[widget] = list(st.session_state[kept])
    elif widget not in st.session_state:
        st.session_state[widget] = list(st.session_state.get(kept, default))
    names = {id: rule_name(id) for id in ids}
    chosen = st.multiselect(label, ids, format_func=names.__getitem__, key=widget, max_selections=TOGETHER)
    result = tuple(chosen) or default
    st.session_state[kept] = list(result)
    state.carry(key, "" if result == default else ",".join(result))
    return result


def _sample_name(id: str, layer: Layer) -> str:
    if id != "layer":
        return f"{SIZES[id]:,}"
    part = "layer" if layer.weights <= MOST else "part"
    return t(f"initializers.sample_{part}", count=min(layer.weights, MOST), weights=layer.weights)


def said_of_sample(layer: Layer) -> tuple[str, str]:
    """What the sample stands at, before it is asked for."""
    size = state.stands("initializers_sample", "layer", SIZES.__contains__)
    seed = state.stands("initializers_seed", 1, lambda asked: asked.isdecimal() and int(asked) <= SEEDS)
    return f"{t('initializers.sample')} {_sample_name(size, layer)}", f"{t('initializers.seed')} {seed}"


def ask_sample(layer: Layer) -> tuple[int, int]:
    """How many weights to draw, and the seed; draws three controls in a row."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        size = state.choice(
            "initializers_sample",
            list(SIZES),
            label=t("initializers.sample"),
            default="layer",
            name=lambda id: _sample_name(id, layer),
            kind="segmented",
        )
        seed = int(
            state.number("initializers_seed", label=t("initializers.seed"), default=1, low=0, high=SEEDS)
        )
        st.button(
            t("initializers.again"),
            key="initializers_again",
            icon=":material/casino:",
            on_click=state.set_choices,
            kwargs={"initializers_seed": (seed + 1) % (SEEDS + 1)},
        )
    return (min(layer.weights, MOST) if size == "layer" else SIZES[size]), seed
