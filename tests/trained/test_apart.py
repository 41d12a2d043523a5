"""A network in another process answers as it does in this one."""

from dataclasses import replace

import numpy as np
import pytest

from alexnet.architecture import CLASSROOM, budget, with_size
from alexnet.errors import LimitError
from alexnet.trained import catalogue
from alexnet.trained.apart import Apart, belongs_apart
from alexnet.trained.predictor import load


@pytest.fixture(scope="module")
def shipped():
    return catalogue.trained(catalogue.DEFAULT)


@pytest.fixture(scope="module")
def inputs(shipped):
    pictures = np.random.default_rng(3).integers(0, 256, (3, 40, 40, 3), np.uint8)
    return shipped.reads(list(pictures))


def test_probabilities_and_guesses_are_those_of_the_network_itself(shipped, inputs):
    here, there = load(shipped), Apart(shipped)
    np.testing.assert_allclose(there.probabilities(inputs), here.probabilities(inputs), rtol=1e-5, atol=1e-7)
    assert [[one.label for one in each] for each in there.guesses(inputs)] == [
        [one.label for one in each] for each in here.guesses(inputs)
    ]


def test_responses_are_those_of_the_network_itself(shipped, inputs):
    here, there = load(shipped).activations(), Apart(shipped).activations()
    assert there.stages == here.stages
    expected, found = here.of(inputs), there.of(inputs)
    assert list(found) == list(expected)
    for name in expected:
        for one, other in zip(found[name], expected[name], strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-5)
    for one, other in zip(there.first(inputs), here.first(inputs), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-5)


def test_more_pictures_than_the_budget_allows_at_once_are_asked_one_after_the_other(
    shipped, inputs, monkeypatch
):
    everything = Apart(shipped)
    one = budget.forward(shipped.network, 1).memory
    monkeypatch.setattr(budget, "LESSON", budget.Cost(one, 10**12))
    careful = Apart(shipped)
    assert (careful._at_once, everything._at_once >= len(inputs)) == (1, True)
    np.testing.assert_allclose(
        careful.probabilities(inputs), everything.probabilities(inputs), rtol=1e-4, atol=1e-6
    )


def test_a_network_of_which_one_picture_is_too_much_is_refused(shipped):
    vast = replace(shipped, network=with_size(shipped.network, 4000))
    with pytest.raises(LimitError) as caught:
        Apart(vast)
    assert caught.value.id == "memory_beyond"


def test_somebodys_own_rows_and_enlarged_networks_belong_apart_and_the_known_ones_do_not():
    for id in catalogue.ENTRIES:
        assert not belongs_apart(catalogue.trained(id).network)
    assert belongs_apart(replace(CLASSROOM, rows=(*CLASSROOM.rows[:1], *CLASSROOM.rows[2:])))
    assert belongs_apart(with_size(catalogue.trained(catalogue.DEFAULT).network, 512))
