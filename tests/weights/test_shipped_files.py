"""The files that really ship: whole, consistent with each other, and as the model card says."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.kernels import analyse, untrained_kernels
from alexnet.weights import shipped


def test_two_towers_of_48_kernels_of_11x11x3_ship():
    assert [tower.shape for tower in shipped.first_kernels()] == [(11, 11, 3, 48)] * 2


def test_the_last_snapshot_is_the_trained_first_layer():
    for snapshot, tower in zip(shipped.kernels_after(shipped.epochs()), shipped.first_kernels(), strict=True):
        np.testing.assert_allclose(snapshot, tower, atol=1e-3)


def test_the_first_snapshot_is_drawn_as_untrained_kernels_are():
    before = np.concatenate(shipped.kernels_after(0), axis=3)
    assert before.std() == pytest.approx(untrained_kernels(before.shape).std(), rel=0.02)
    presence = analyse(before[..., :48], before[..., 48:]).presence
    assert not presence.has_grey
    assert not presence.has_coloured


def test_the_model_card_states_what_is_measured_of_the_kernels():
    card = shipped.card()
    report = analyse(*shipped.first_kernels())
    assert card["epochs"] == shipped.epochs()
    stated = card["colour_index"]
    assert stated["median_tower_1"] == pytest.approx(report.towers[0].median, abs=0.005)
    assert stated["median_tower_2"] == pytest.approx(report.towers[1].median, abs=0.005)
    assert stated["auc"] == pytest.approx(report.division.auc, abs=0.005)


def test_training_made_grey_and_coloured_kernels():
    presence = analyse(*shipped.first_kernels()).presence
    assert presence.has_grey
    assert presence.has_coloured
