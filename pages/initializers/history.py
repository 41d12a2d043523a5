"""He before He: what the paper and its code began with, beside the rules of before and after."""

from __future__ import annotations

from alexnet.architecture import PAPER_2012
from alexnet.architecture.shapes import trace
from alexnet.facts import PAPER_STD
from alexnet.figures.signal import stds_by_layer
from alexnet.figures.theme import INITIALIZER_LOOKS
from alexnet.numerics.initializers import fans, initializer
from alexnet.ui.components import chart, sentence
from alexnet.ui.language import t

RULES = ("lecun_normal", "glorot_normal", "he_normal")


def draw() -> None:
    """The whole view; it has no controls."""
    layers = [layer for layer in trace(PAPER_2012) if layer.kernel_shape is not None]
    names = [layer.row.name for layer in layers]
    code = {layer.row.name: float(getattr(layer.row, "std", None) or 0) for layer in layers}
    counted = {layer.row.name: fans(layer.kernel_shape or ()) for layer in layers}
    stds = {
        t("initializers.rule_paper_2012"): dict.fromkeys(names, PAPER_STD),
        t("initializers.history_code"): code,
        **{
            t(f"initializers.rule_{id}"): {
                name: initializer(id).distribution(counted[name]).std for name in names
            }
            for id in RULES
        },
    }
    looks = [INITIALIZER_LOOKS[id] for id in ("paper_2012", "code_2012", *RULES)]
    chart(stds_by_layer(stds, looks, t("initializers.history_axis")), "initializers_history")
    he = stds[t("initializers.rule_he_normal")]
    near = min(names, key=lambda name: abs(he[name] / code[name] - 1))
    sentence(
        t("initializers.history_near", layer=near, he=he[near], code=code[near], ratio=he[near] / code[near])
    )
    far = max(names, key=lambda name: he[name] / code[name])
    sentence(t("initializers.history_far", layer=far, he=he[far], code=code[far], ratio=he[far] / code[far]))
