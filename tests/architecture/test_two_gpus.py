"""Two GPUs: shares add up to the network, and what crosses is what the rows say."""

from __future__ import annotations

from math import prod

import pytest

from alexnet.architecture import (
    CAFFE,
    LESSONS,
    NETWORKS,
    PAPER_2012,
    all_connected,
    never_talking,
    one_tower,
)
from alexnet.architecture.memory import activations
from alexnet.architecture.shapes import multiply_accumulates, parameters, trace
from alexnet.architecture.two_gpus import Crossing, Share, crossings, shares

VARIANTS = [all_connected(PAPER_2012), never_talking(PAPER_2012), one_tower(PAPER_2012)]


@pytest.mark.parametrize("network", [*NETWORKS, *LESSONS, *VARIANTS], ids=lambda network: network.id)
def test_both_shares_together_are_the_network(network):
    both = shares(network)
    assert sum(share.parameters for share in both) == parameters(network)
    assert sum(share.multiply_accumulates for share in both) == multiply_accumulates(network)
    crossing = sum(crossing.floats for crossing in crossings(network))
    image = network.size**2 * network.channels if network.towers == 2 else 0
    assert sum(share.activations for share in both) == activations(trace(network)) + crossing + image


def test_in_the_papers_network_maps_cross_once_and_units_three_times():
    half = 13 * 13 * 128
    assert crossings(PAPER_2012) == (
        Crossing("conv3", (half, half)),
        Crossing("fc6", (6 * 6 * 128, 6 * 6 * 128)),
        Crossing("fc7", (2048, 2048)),
        Crossing("fc8", (2048, 0)),  # the last layer lies on GPU 1
    )


def test_towers_that_never_talk_meet_in_the_last_layer():
    assert crossings(never_talking(PAPER_2012)) == (Crossing("fc8", (2048, 0)),)


def test_where_all_is_connected_every_layer_after_the_first_gets_the_others_half():
    found = crossings(all_connected(PAPER_2012))
    inputs = {layer.row.name: prod(layer.input) for layer in trace(PAPER_2012)}
    assert [crossing.layer for crossing in found] == ["conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8"]
    assert all(crossing.floats == inputs[crossing.layer] for crossing in found[:-1])


def test_a_normalization_over_the_border_needs_two_maps_of_the_other():
    assert crossings(CAFFE)[0] == Crossing("lrn1", (2 * 55 * 55, 2 * 55 * 55))


def test_each_gpu_does_half_but_for_the_last_layer():
    first, second = shares(PAPER_2012)
    assert first.parameters - second.parameters == 4096 * 1000 + 1000
    assert first.multiply_accumulates - second.multiply_accumulates == 4096 * 1000


def test_one_tower_leaves_the_second_gpu_empty():
    assert shares(one_tower(PAPER_2012))[1] == Share(0, 0, 0)
    assert crossings(one_tower(PAPER_2012)) == ()
