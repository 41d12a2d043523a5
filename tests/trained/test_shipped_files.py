"""The files that really ship: whole, consistent with each other, and as the model cards say."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.data.classes import CIFAR10
from alexnet.kernels.colour import analyse, untrained_kernels
from alexnet.language import LANGUAGES, text
from alexnet.network import build
from alexnet.trained import first_layer, shipped
from alexnet.weights import store
from experiments import ship_towers

each = pytest.mark.parametrize("id", list(shipped.NETWORKS))


@each
def test_a_networks_weights_are_those_of_its_rows_and_of_ten_classes(id):
    model = build(shipped.NETWORKS[id], initializer="zeros")
    store.assign(model, store.read(shipped.file(id, shipped.WEIGHTS)))  # every one, and nothing else
    assert shipped.NETWORKS[id].classes == len(CIFAR10)


@each
def test_its_first_kernels_stand_in_two_towers(id):
    height, width, channels, count = first_layer.shape(shipped.NETWORKS[id])
    assert [tower.shape for tower in shipped.trained(id).first_kernels()] == [
        (height, width, channels, count)
    ] * 2


@each
def test_the_last_snapshot_is_the_trained_first_layer(id):
    one = shipped.trained(id)
    after = first_layer.divided(one.history().kernels(one.history().last), 2)
    for snapshot, tower in zip(after, shipped.trained(id).first_kernels(), strict=True):
        np.testing.assert_allclose(snapshot, tower, atol=1e-3)


@each
def test_the_first_snapshot_is_drawn_as_untrained_kernels_are(id):
    before = shipped.kernels_after(0, id)
    assert before.std() == pytest.approx(untrained_kernels(before.shape).std(), rel=0.03)
    presence = analyse(*np.split(before, 2, axis=3)).presence
    assert not presence.has_grey
    assert not presence.has_coloured


@each
def test_the_model_card_states_what_is_measured_of_the_kernels(id):
    card = shipped.card(id)
    report = analyse(*shipped.trained(id).first_kernels())
    assert card["epochs"] == shipped.epochs(id)
    stated = card["colour_index"]
    assert stated["median_tower_1"] == pytest.approx(report.towers[0].median, abs=0.005)
    assert stated["median_tower_2"] == pytest.approx(report.towers[1].median, abs=0.005)
    assert stated["auc"] == pytest.approx(report.division.auc, abs=0.005)
    assert stated["p"] == pytest.approx(report.division.p, abs=0.005)


def test_the_second_network_is_the_clearest_of_the_recorded_trainings():
    card, tried = shipped.card("towers"), ship_towers.candidates()
    by_clearness = sorted(
        tried, key=lambda result: max(result.colour[-1]["auc"], 1 - result.colour[-1]["auc"])
    )
    assert card["seed"] == by_clearness[-1].seed and card["chosen_among"] == len(tried)
    assert card["command"].startswith(f"{by_clearness[-1].command} --work")
    assert card["colour_index"]["auc"] == pytest.approx(by_clearness[-1].colour[-1]["auc"], abs=0.005)
    assert card["test_accuracy"] == pytest.approx(by_clearness[-1].test_accuracy, abs=0.002)


@each
def test_training_made_grey_and_coloured_kernels(id):
    presence = analyse(*shipped.trained(id).first_kernels()).presence
    assert presence.has_grey
    assert presence.has_coloured


@each
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_a_name_in_both_languages(id, language):
    assert text(f"models.{id}", language)
