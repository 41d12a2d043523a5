"""Which pictures of the first layer are kept."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from alexnet.architecture import CLASSROOM, PAPER_2012
from alexnet.runs import snapshots


@pytest.mark.parametrize("epochs", [1, 2, 90, 200, 201, 399, 1000])
def test_at_most_so_many_epochs_are_kept_evenly_and_the_ends_are_among_them(epochs):
    kept = [epoch for epoch in range(epochs + 1) if snapshots.kept(epoch, epochs)]
    assert kept[0] == 0 and kept[-1] == epochs and len(kept) <= snapshots.MOST + 2
    assert len(set(np.diff(kept[:-1]))) <= 1
    if epochs <= snapshots.MOST:
        assert kept == list(range(epochs + 1))


def with_first(maps: int, kernel: int, towers: int = 1):
    first = replace(CLASSROOM.first_convolution, maps=maps, kernel=kernel, towers=towers)
    rows = tuple(first if row is CLASSROOM.first_convolution else row for row in CLASSROOM.rows)
    return replace(CLASSROOM, rows=rows)


def test_the_known_networks_keep_every_kernel():
    for network in (CLASSROOM, PAPER_2012):
        assert snapshots.numbers(network) is None
    assert snapshots.size(PAPER_2012) == 2 * 11 * 11 * 3 * 96


@pytest.mark.parametrize("towers", [1, 2])
def test_of_huge_kernels_as_many_of_each_tower_as_have_room(towers):
    network = with_first(4096, 64, towers)
    chosen = snapshots.numbers(network)
    assert chosen is not None and len(set(chosen)) == len(chosen)
    assert snapshots.size(network) == 2 * 64 * 64 * 3 * len(chosen)
    assert 0.9 * snapshots.LARGEST < snapshots.size(network) <= snapshots.LARGEST
    of_each = [np.sum(chosen // (4096 // towers) == tower) for tower in range(towers)]
    assert of_each == [len(chosen) / towers] * towers
    assert chosen[0] == 0 and chosen[-1] == 4095
