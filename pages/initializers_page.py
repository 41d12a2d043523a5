"""Initializers: how wide the first weights of a layer are, by eight rules in two families."""

import streamlit as st

from alexnet.figures.initializer_formula import fan_lines, spread_lines
from alexnet.figures.initializers import Sample, Words, histogram
from alexnet.figures.theme import NEUTRAL
from alexnet.initializers import fans
from alexnet.ui.components import chart, header, sentence, source, try_this
from alexnet.ui.initializer_controls import ask_layer, ask_rules, ask_sample, rule_name
from alexnet.ui.language import t

header("initializers")
layer = ask_layer()
rules = ask_rules()
size, seed = ask_sample(layer)

counted = fans(layer.kernel_shape)
samples = [
    Sample(
        rule_name(rule.id), colour, rule.distribution(counted), rule.distribution(counted).draw(size, seed)
    )
    for rule, colour in zip(rules, (layer.colour, NEUTRAL), strict=False)
]
words = Words(*(t(f"initializers.figure_{name}") for name in ("weight", "density", "drawn", "theory")))
chart(histogram(samples, words), "initializers_histogram")

for sample in samples:
    sentence(
        t(
            "initializers.measured",
            count=size,
            rule=sample.name,
            layer=layer.name,
            expected=sample.distribution.std,
            measured=sample.measured,
            away=abs(sample.measured / sample.distribution.std - 1),
        )
    )
if len(samples) == 2 and samples[1].distribution.std != layer.std:
    ratio = samples[0].distribution.std / samples[1].distribution.std
    sentence(t("initializers.ratio", first=samples[0].name, second=samples[1].name, ratio=ratio))
if layer.network is not None:
    really = "he" if layer.std is None else "std"
    ratio = samples[0].distribution.std / (layer.std or 1)
    sentence(
        t(
            f"initializers.really_{really}",
            network=layer.network,
            layer=layer.name,
            std=layer.std or 0,
            rule=samples[0].name,
            ratio=ratio,
        )
    )

st.subheader(t("initializers.formula"), anchor=False)
left, *columns = st.columns(1 + len(rules))
with left:
    st.markdown(f"**{layer.name}**")
    for line in fan_lines(layer.kernel_shape):
        st.latex(line)
for column, rule in zip(columns, rules, strict=True):
    with column:
        st.markdown(f"**{rule_name(rule.id)}**")
        for line in spread_lines(rule, layer.kernel_shape):
            st.latex(line)

try_this(
    "initializers",
    {
        "initializers.try_note": {
            "initializers_network": "free",
            "initializers_in": 1000,
            "initializers_out": 200,
            "initializers_family": "variance_scaling",
            "initializers_rule": "glorot_uniform",
            "initializers_beside": "he_uniform",
        },
        "initializers.try_conv1": {
            "initializers_network": "paper_2012",
            "initializers_layer": "conv1",
            "initializers_family": "variance_scaling",
            "initializers_rule": "he_normal",
            "initializers_beside": "random_normal",
            "initializers_std": 0.01,
        },
        "initializers.try_conv3": {
            "initializers_network": "paper_2012",
            "initializers_layer": "conv3",
            "initializers_family": "variance_scaling",
            "initializers_rule": "he_normal",
            "initializers_beside": "random_normal",
            "initializers_std": 0.03,
        },
    },
)
source("initializers", "source")
