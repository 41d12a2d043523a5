"""The crop map says its numbers where there is room, and its first row is the top."""

import numpy as np

from alexnet.figures.crop_map import crop_map

WORDS = {"left": "left", "top": "top", "probability": "p"}


def test_cells_are_per_cents_at_their_offsets():
    values = np.array([[0.1, 0.2], [0.3, 1.0]])
    figure = crop_map(values, [0, 4], **WORDS)
    written = {(note.y, note.x): note.text for note in figure.layout.annotations}
    assert written == {(0, 0): "10", (0, 4): "20", (4, 0): "30", (4, 4): "100"}
    assert figure.layout.yaxis.autorange == "reversed"


def test_many_cells_say_their_numbers_only_when_pointed_at():
    assert not crop_map(np.zeros((15, 15)), list(range(15)), **WORDS).layout.annotations
