"""Answers are judged as one would by hand, picture by picture."""

import numpy as np
import pytest

from alexnet.studies import judged

PROBABILITIES = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.3, 0.7], [0.05, 0.95]])
LABELS = np.array([0, 0, 1, 1, 0])


def test_a_cell_counts_pictures_of_its_class_that_got_its_answer():
    by_hand = [[0, 0], [0, 0]]
    for row, label in zip(PROBABILITIES, LABELS, strict=True):
        by_hand[label][0 if row[0] > row[1] else 1] += 1
    assert judged.counts(PROBABILITIES, LABELS) == by_hand == [[1, 2], [1, 1]]


@pytest.mark.parametrize(
    ("which", "expected"), [("wrong", [4, 1, 2]), ("right", [0, 3]), ("all", [4, 0, 1, 3, 2])]
)
def test_the_surest_come_first(which, expected):
    assert judged.order(PROBABILITIES, LABELS, which).tolist() == expected


def test_a_class_or_a_cell_has_its_own_pictures():
    assert judged.order(PROBABILITIES, LABELS, "all", truth=0, answer=1).tolist() == [4, 1]
    assert judged.order(PROBABILITIES, LABELS, "wrong", truth=1).tolist() == [2]
    assert judged.order(PROBABILITIES, LABELS, "right", truth=0, answer=1).tolist() == []
    cells = [
        len(judged.order(PROBABILITIES, LABELS, "all", truth, answer))
        for truth in (0, 1)
        for answer in (0, 1)
    ]
    assert cells == [count for row in judged.counts(PROBABILITIES, LABELS) for count in row]
