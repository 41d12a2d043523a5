"""How many pictures of each class: the bars are the counts, and what has no picture has no bar."""

from __future__ import annotations

import numpy as np

from alexnet.figures.balance import balance


def test_every_class_has_a_bar_of_a_piece_for_each_part_that_has_pictures():
    counts = np.array([[70, 0, 15], [40, 0, 9]])
    figure = balance(counts, ["cat", "dog"], ["learn", "watch", "test"], "pictures")
    assert [trace.name for trace in figure.data] == ["learn", "test"]
    assert [list(trace.x) for trace in figure.data] == [[70, 40], [15, 9]]
    assert all(list(trace.y) == ["cat", "dog"] for trace in figure.data)
    assert figure.layout.barmode == "stack" and figure.layout.yaxis.autorange == "reversed"
    assert len({trace.marker.pattern.shape for trace in figure.data}) == 2  # a grey print tells them apart
