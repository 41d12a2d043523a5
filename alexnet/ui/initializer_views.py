"""The views of the Initializers page, and the settings that its buttons offer."""

from __future__ import annotations

from collections.abc import Mapping

from alexnet.ui import state
from alexnet.ui.language import t

VIEWS = ("distribution",)


def ask() -> str:
    """Which view; its id stands in the link."""
    return state.choice(
        "initializers_view",
        VIEWS,
        label=t("initializers.view"),
        default=VIEWS[0],
        name=lambda id: t(f"initializers.view_{id}"),
        kind="segmented",
    )


TRY: Mapping[str, Mapping[str, state.Value]] = {
    "initializers.try_note": {
        "initializers_view": "distribution",
        "initializers_network": "free",
        "initializers_in": 1000,
        "initializers_out": 200,
        "initializers_rules": "glorot_uniform,he_uniform",
    },
    "initializers.try_conv1": {
        "initializers_view": "distribution",
        "initializers_network": "paper_2012",
        "initializers_layer": "conv1",
        "initializers_rules": "he_normal,paper_2012",
    },
    "initializers.try_conv3": {
        "initializers_view": "distribution",
        "initializers_network": "paper_2012",
        "initializers_layer": "conv3",
        "initializers_rules": "he_normal,code_2012",
    },
}
