"""Layers: every layer's size from one formula, and what its numbers add up to."""

from alexnet.ui.components import header_of_views
from pages.layers import compare, note, questions, rounding, table, two_gpus
from pages.layers.controls import ask_network
from pages.layers.editor import editor

# "answers" is about no network, the note and the editor have their own; the others are about the chosen one.
VIEWS = {
    "table": lambda: table.draw(ask_network()),
    "answers": rounding.draw,
    "compare": lambda: compare.draw(ask_network()),
    "towers": lambda: two_gpus.draw(ask_network()),
    "note": note.draw,
    "quiz": lambda: questions.draw(ask_network()),
    "editor": editor.draw,
}

view = header_of_views("layers", list(VIEWS), titles=lambda view: table.title() if view == "table" else None)
VIEWS[view]()
