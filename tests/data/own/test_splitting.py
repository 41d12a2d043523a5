"""The parts of a set: of every class, the same for a seed, and no picture in two of them."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.data.own.splitting import TEST, TRAIN, VALIDATION, split
from alexnet.errors import InputError


def drawn(counts: dict[str, int], seed: int = 0):
    labels = [label for label, count in counts.items() for _ in range(count)]
    digests = [f"{number}" for number in range(len(labels))]
    return np.array(labels), split(labels, [None] * len(labels), digests, seed)


@pytest.mark.parametrize(("count", "each"), [(3, 1), (6, 1), (20, 3), (100, 15)])
def test_every_class_has_its_share_of_every_part(count, each):
    labels, parts = drawn({"cat": count, "dog": 2 * count})
    of_cat = np.bincount(parts[labels == "cat"], minlength=3)
    assert list(of_cat) == [count - 2 * each, each, each]
    assert np.bincount(parts[labels == "dog"]).sum() == 2 * count


def test_a_seed_draws_the_same_and_another_seed_another():
    (_, one), (_, again), (_, other) = (
        drawn({"a": 40, "b": 40}),
        drawn({"a": 40, "b": 40}),
        drawn({"a": 40, "b": 40}, 1),
    )
    assert (one == again).all() and (one != other).any()


def test_the_same_pixels_are_never_in_two_parts():
    labels = ["cat"] * 30 + ["dog"] * 30
    digests = [f"{number // 3}" for number in range(60)]
    for seed in range(10):
        parts = split(labels, [None] * 60, digests, seed)
        for first in range(0, 60, 3):
            assert len({*parts[first : first + 3]}) == 1
        assert {*parts[:30]} == {*parts[30:]} == {TRAIN, VALIDATION, TEST}


def test_a_class_of_too_few_different_pictures_is_refused_by_its_name():
    labels, digests = ["cat"] * 5 + ["dog"] * 5, ["same"] * 3 + ["b"] * 2 + list("efghi")
    with pytest.raises(InputError, match="set_class_short") as caught:
        split(labels, [None] * 10, digests, 0)
    assert (caught.value.values["label"], caught.value.values["count"]) == ("cat", 2)


def test_of_train_and_validation_the_first_stays_whole_and_the_second_is_halved():
    labels = (["cat"] * 200 + ["dog"] * 185) + (["cat"] * 49 + ["dog"] * 49)
    given = ["train"] * 385 + ["validation"] * 98
    parts = split(labels, given, [f"{number}" for number in range(483)], 0)
    assert (parts[:385] == TRAIN).all() and not (parts[385:] == TRAIN).any()
    assert list(np.bincount(parts)) == [385, 49, 49]


def test_parts_that_are_all_given_stay_and_a_missing_validation_is_drawn_from_train():
    labels = ["cat", "dog"] * 20
    given = (["train"] * 20) + (["test"] * 20)
    parts = split(labels, given, [f"{number}" for number in range(40)], 0)
    assert (parts[20:] == TEST).all() and (parts[:20] == VALIDATION).sum() == 2 * 3
    given[20:30] = ["validation"] * 10
    parts = split(labels, given, [f"{number}" for number in range(40)], 0)
    assert list(parts) == [TRAIN] * 20 + [VALIDATION] * 10 + [TEST] * 10


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (["train", "train", "validation", "train"], "set_nothing_held_out"),
        (["train", "train", "validation", "validation", "validation"], "set_class_untrained"),
    ],
)
def test_parts_from_which_nothing_can_be_learned_are_refused(given, error):
    labels = ["cat", "dog", "cat", "dog", "pear"][: len(given)]
    with pytest.raises(InputError, match=error):
        split(labels, given, [f"{number}" for number in range(len(given))], 0)
