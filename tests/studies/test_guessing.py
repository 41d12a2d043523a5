"""What guessing gives, against draws of it."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.recipes import recipe
from alexnet.runs.config import new
from alexnet.studies.guessing import Guessing, guessing


def test_for_the_starter_data_the_limit_is_five_points_above_a_half():
    found = guessing(new("mina", "classroom", recipe("half_minute")))
    assert found == Guessing(2, 1000)
    assert found.limit == pytest.approx(0.55)


@pytest.mark.parametrize(("classes", "images"), [(2, 1000), (10, 1000), (3, 20)])
def test_one_epoch_of_guessing_lies_beyond_the_limit_less_than_once_in_a_hundred_times(classes, images):
    right = np.random.default_rng(1).binomial(images, 1 / classes, 200_000) / images
    assert (right >= Guessing(classes, images).limit).mean() < 0.01
    assert right.mean() == pytest.approx(Guessing(classes, images).chance, abs=0.002)


def test_a_limited_run_is_measured_on_as_few_images_as_it_has():
    assert guessing(new("mina", "classroom", recipe("half_minute"), limit=256)).images == 256
