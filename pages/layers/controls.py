"""What the Layers page asks: which network, fed what, rounded how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from alexnet.architecture import (
    NETWORKS,
    Network,
    Round,
    Rounding,
    one_tower,
    with_first_padding,
)
from alexnet.ui import state
from alexnet.ui.choices import networks
from alexnet.ui.components import settings
from alexnet.ui.language import t

SMALLEST, LARGEST = 1, 512  # pixels of the image's side; small ones fail on purpose
PADDINGS = ("0", "1", "2", "3", "5", "same")
ROUNDINGS: tuple[Round, ...] = ("down", "up")

# The same 224 pixels as five programs read them, and one image that is too small.
TRIES: Mapping[str, Mapping[str, state.Value]] = {
    f"layers.try_{name}": {
        "layers_network": "paper_2012",
        "layers_towers": "two",
        "layers_size": size,
        "layers_padding": padding,
        "layers_convolution": convolution,
        "layers_pooling": pooling,
        "layers_layer": layer,
    }
    for name, size, padding, convolution, pooling, layer in (
        ("code_2012", 224, "0", "up", "up", "conv1"),
        ("caffe", 224, "0", "down", "up", "conv1"),
        ("valid", 224, "0", "down", "down", "conv1"),
        ("torchvision", 224, "2", "down", "down", "conv1"),
        ("same", 224, "same", "down", "down", "conv1"),
        ("too_small", 40, "0", "down", "down", "pool5"),
    )
}


@dataclass(frozen=True)
class Asked:
    """What a lesson is about.

    Attributes:
        network: As the reader wants it fed, rounded and split.
        own: As it is by itself.
        name: In the reader's language.
        row: The page's row of controls, for what a view asks besides; None where it has none.
    """

    network: Network
    own: Network
    name: str
    row: DeltaGenerator | None = None

    def controls(self) -> DeltaGenerator:
        """The row, or a new one."""
        return self.row or st.container(horizontal=True, vertical_alignment="bottom", gap="small")


def ask_network() -> Asked:
    """A network as the reader wants it; draws network and size in a row, and folds the rest.

    A choice that the reader left alone is the network's own, also after another network was chosen.
    """
    fed = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with fed.container(width=240):
        id = networks.ask("layers", NETWORKS[0].id)
        own = chosen = networks.get(id)
    with fed.container(width=150):
        size = state.number(
            "layers_size", label=t("layers.size"), default=chosen.size, low=SMALLEST, high=LARGEST
        )
    paddings = list(dict.fromkeys((*PADDINGS, str(chosen.first_convolution.padding))))
    with settings("layers", *_set(chosen, paddings)):
        ruled = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
    with ruled.container(width=150):
        padding = state.choice(
            "layers_padding",
            paddings,
            label=t("layers.padding"),
            default=str(chosen.first_convolution.padding),
            name=lambda id: t("layers.same") if id == "same" else id,
            help=t("layers.padding_help"),
        )
    if chosen.towers > 1:
        with ruled.container(width="content"):
            towers = state.choice(
                "layers_towers",
                ["two", "one"],
                label=t("layers.towers"),
                default="two",
                name=lambda id: t(f"layers.towers_{id}"),
                kind="segmented",
            )
        chosen = chosen if towers == "two" else one_tower(chosen)
    rounding = Rounding(
        _ask_rounding(ruled, "convolution", chosen.rounding.convolution),
        _ask_rounding(ruled, "pooling", chosen.rounding.pooling),
    )
    asked = replace(chosen, size=int(size), rounding=rounding)
    asked = with_first_padding(asked, "same" if padding == "same" else int(padding))
    if asked != chosen:
        with fed.container(width="content"):
            st.button(
                t("layers.reset"),
                key="layers_reset",
                icon=":material/undo:",
                on_click=state.set_choices,
                kwargs=_own(chosen),
            )
    return Asked(asked, own, networks.name(id), fed)


def _set(chosen: Network, paddings: Sequence[str]) -> Iterator[str]:
    """What the folded controls are set to, before they are drawn."""
    padding = state.stands("layers_padding", str(chosen.first_convolution.padding), paddings.__contains__)
    yield f"{t('layers.padding')} {t('layers.same') if padding == 'same' else padding}"
    for kind, own in (("convolution", chosen.rounding.convolution), ("pooling", chosen.rounding.pooling)):
        rounded = state.stands(f"layers_{kind}", own, ROUNDINGS.__contains__)
        yield f"{t(f'layers.round_{kind}')} {t(f'layers.round_{rounded}')}"


def _ask_rounding(row: st.delta_generator.DeltaGenerator, kind: str, default: Round) -> Round:
    with row.container(width="content"):
        answer = state.choice(
            f"layers_{kind}",
            ROUNDINGS,
            label=t(f"layers.round_{kind}"),
            default=default,
            name=lambda id: t(f"layers.round_{id}"),
            kind="segmented",
        )
    return cast(Round, answer)


def _own(chosen: Network) -> dict[str, state.Value]:
    """The choices that make a network its own again."""
    return {
        "layers_size": chosen.size,
        "layers_padding": str(chosen.first_convolution.padding),
        "layers_convolution": chosen.rounding.convolution,
        "layers_pooling": chosen.rounding.pooling,
    }
