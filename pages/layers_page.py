"""Layers: every layer's size from one formula, and what its numbers add up to."""

import streamlit as st

from alexnet.figures.layer_formula import failing_line
from alexnet.shapes import trace_until_failure
from alexnet.ui import layers, state
from alexnet.ui.components import header, problem, sentence, source, try_this
from alexnet.ui.language import t
from alexnet.ui.layer_controls import TRIES, ask_network

header("layers")
asked = ask_network()
shapes, error = trace_until_failure(asked)

# The table comes first and marks the layer that is chosen below it.
table = st.container()
try_this("layers", TRIES)
chosen = state.choice(
    "layers_layer",
    layers.explained(asked),
    label=t("layers.layer"),
    default="conv1",
    name=str,
    kind="pills",
)
with table:
    layers.table(asked, shapes, error, chosen)
    if error is None:
        sentence(layers.summary(asked, shapes))
    else:
        sentence(t("layers.failed", size=asked.size, layer=error.values["layer"], done=len(shapes)))

layer = next((shape for shape in shapes if shape.row.name == chosen), None)
if layer is not None:
    layers.detail(asked, layer)
elif error is not None and error.values["layer"] == chosen:
    problem(error)
    if (line := failing_line(error)) is not None:
        st.latex(line)
elif error is not None:
    st.info(t("layers.not_reached", layer=chosen, failing=error.values["layer"]))

if error is None:
    st.subheader(t("layers.shares"), anchor=False)
    layers.shares_shown(shapes)
    compared = layers.towers_compared(asked)
    if compared is not None:
        sentence(compared)

source("layers", "source")
