"""What a confusion matrix says, against sums by hand and by NumPy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alexnet.studies.confusion import Mistake, read

TABLE = [[712, 288], [366, 634]]


def test_two_classes_are_counted_as_by_hand():
    reading = read(TABLE)
    assert reading.images == 2000
    assert reading.totals == (1000, 1000)
    assert reading.right == (712, 634)
    assert reading.answers == (1078, 922)
    assert reading.accuracy == pytest.approx(0.673)
    assert reading.share(0) == 0.712
    assert reading.mistakes == (Mistake(1, 0, 366), Mistake(0, 1, 288))
    assert (reading.favourite, reading.favourite_share) == (0, 0.539)


def test_without_images_there_is_nothing_to_read():
    assert read([[0, 0], [0, 0]]) is None


def test_a_class_without_images_has_no_share():
    reading = read([[0, 0], [3, 5]])
    assert reading.share(0) is None
    assert reading.share(1) == 5 / 8


@given(st.integers(2, 6).flatmap(lambda n: st.lists(st.lists(st.integers(0, 99), min_size=n, max_size=n),
                                                    min_size=n, max_size=n)))  # fmt: skip
def test_every_image_is_right_or_a_mistake(counts):
    reading, table = read(counts), np.array(counts)
    if reading is None:
        assert table.sum() == 0
        return
    assert sum(reading.right) + sum(mistake.images for mistake in reading.mistakes) == table.sum()
    assert list(reading.answers) == table.sum(axis=0).tolist()
    assert reading.accuracy == pytest.approx(np.trace(table) / table.sum())
    assert reading.answers[reading.favourite] == table.sum(axis=0).max()
    assert all(counts[one.truth][one.answer] == one.images for one in reading.mistakes)
