"""Layers: every layer's size from one formula, and what its numbers add up to."""

from alexnet.ui import editor, layer_answers, layer_compare, layer_questions, layer_towers, layers
from alexnet.ui.components import header_of_views
from alexnet.ui.layer_controls import ask_network

# The views that are about the chosen network; the answers ask one question that is about none, and the
# editor has a network of its own.
VIEWS = {
    "table": layers.draw,
    "compare": layer_compare.draw,
    "towers": layer_towers.draw,
    "quiz": layer_questions.draw,
}
ORDER = ("table", "answers", "compare", "towers", "quiz", "editor")

view = header_of_views("layers", ORDER)
if view == "answers":
    layer_answers.draw()
elif view == "editor":
    editor.draw()
else:
    VIEWS[view](ask_network())
