"""The settings that the buttons of the Initializers page offer."""

from __future__ import annotations

from collections.abc import Mapping

from alexnet.ui import state

_PAPER: Mapping[str, state.Value] = {
    "initializers_network": "paper_2012",
    "initializers_view": "signal",
    "initializers_shown": "spread",
}

TRIES: Mapping[str, Mapping[str, Mapping[str, state.Value]]] = {
    "distribution": {
        "initializers.try_note": {
            "initializers_network": "free",
            "initializers_in": 1000,
            "initializers_out": 200,
            "initializers_rules": "glorot_uniform,he_uniform",
        },
        "initializers.try_conv1": {
            "initializers_network": "paper_2012",
            "initializers_layer": "conv1",
            "initializers_rules": "he_normal,paper_2012",
        },
        "initializers.try_conv3": {
            "initializers_network": "paper_2012",
            "initializers_layer": "conv3",
            "initializers_rules": "he_normal,code_2012",
        },
    },
    "signal": {
        "initializers.try_zeros": {
            **_PAPER,
            "initializers_activation": "relu",
            "initializers_rules": "zeros",
        },
        "initializers.try_huge": {
            **_PAPER,
            "initializers_activation": "relu",
            "initializers_rules": "random_normal",
            "initializers_std": 1.0,
        },
        "initializers.try_tanh": {
            **_PAPER,
            "initializers_activation": "tanh",
            "initializers_rules": "paper_2012",
        },
        "initializers.try_sigmoid": {
            **_PAPER,
            "initializers_activation": "sigmoid",
            "initializers_rules": "he_normal",
        },
    },
    "history": {},
    "race": {},
}
"""For each view, what its buttons set."""
