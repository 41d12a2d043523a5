"""Of many pictures some are taken, spread over their order."""

import numpy as np

from alexnet.data.labelled import some


def test_few_stay_as_they_are_and_many_are_thinned_evenly():
    images, labels = np.zeros((7, 2, 2, 3), np.uint8), np.arange(7)
    assert some("a", images, labels, 7) == ("a", images, labels)
    id, kept, marks = some("a", images, labels, 3)
    assert id != "a" and len(kept) == 3
    assert marks.tolist() == [0, 3, 6]
