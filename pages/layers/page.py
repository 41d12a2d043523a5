"""Layers: every layer's size from one formula, and what its numbers add up to."""

from alexnet.ui.components import header_of_views
from pages.layers import answers, compare, questions, table, two_gpus
from pages.layers.controls import ask_network
from pages.layers.editor import editor

# The views that are about the chosen network; the answers ask one question that is about none, and the
# editor has a network of its own.
VIEWS = {
    "table": table.draw,
    "compare": compare.draw,
    "towers": two_gpus.draw,
    "quiz": questions.draw,
}
ORDER = ("table", "answers", "compare", "towers", "quiz", "editor")

view = header_of_views("layers", ORDER)
if view == "answers":
    answers.draw()
elif view == "editor":
    editor.draw()
else:
    VIEWS[view](ask_network())
