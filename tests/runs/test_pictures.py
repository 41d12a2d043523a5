"""A run's pictures after it are those that its trainer had."""

import numpy as np
import pytest

from alexnet.data.catalogue import STARTER
from alexnet.runs import splits
from alexnet.runs.pictures import learned_and_kept_out, pictures
from tests.training.small import small


@pytest.mark.parametrize("seed", [0, 3])
def test_they_are_the_trainers_own(seed):
    config = small(seed=seed)
    training, validation = splits.to_learn(config)
    for part, expected in (
        ("train", training),
        ("validation", validation),
        ("test", splits.to_test(config)),
    ):
        found = pictures(config, part)
        np.testing.assert_array_equal(found.images, expected.images)
        np.testing.assert_array_equal(found.labels, expected.labels)


def test_no_picture_is_learned_from_that_was_kept_out():
    config = small()
    learned, kept_out = learned_and_kept_out(config, STARTER.train)
    assert not {*learned} & {*kept_out}
    assert len(learned) == len(kept_out) == config.limit


def test_other_seeds_have_other_pictures_under_another_name():
    assert len({pictures(small(seed=seed), "train").id for seed in (0, 1)}) == 2
