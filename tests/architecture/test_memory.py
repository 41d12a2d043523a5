"""Memory of training, by hand."""

from __future__ import annotations

import pytest

from alexnet.architecture import PAPER_2012
from alexnet.architecture.memory import FLOAT, activations, largest_batch, training
from alexnet.architecture.shapes import parameters, trace
from alexnet.facts import GTX_580

KEPT = (
    227 * 227 * 3  # the image
    + 2 * 55 * 55 * 96  # conv1 and its normalization
    + 27 * 27 * 96  # pool1
    + 2 * 27 * 27 * 256  # conv2 and its normalization
    + 13 * 13 * (256 + 384 + 384 + 256)  # pool2, conv3, conv4, conv5
    + 6 * 6 * 256  # pool5
    + 4096
    + 4096
    + 1000
)


def test_what_the_papers_network_keeps_for_an_image():
    assert activations(trace(PAPER_2012)) == KEPT == 1_413_347


def test_the_parts_at_batch_128():
    memory = training(60_965_224, KEPT, 128)
    assert memory.weights == memory.weight_gradients == memory.optimizer == 60_965_224 * 4
    assert memory.activations == memory.activation_gradients == KEPT * 128 * 4
    assert memory.total == sum(memory.parts.values()) == 2_178_850_016
    assert memory.total < GTX_580


def test_the_2012_codes_own_buffers_bring_it_near_three_gigabytes():
    # The numbers of the text: denominators of both normalizations; layer 2's second normalization with its
    # output, gradient and denominators; conv2's partial sums over 729 / 3 groups of positions, in each tower.
    denominators = (55 * 55 * 96 + 27 * 27 * 256) * 128 * FLOAT
    second = 3 * 27 * 27 * 256 * 128 * FLOAT
    partial = 2 * (729 // 3) * 5 * 5 * 48 * 128 * FLOAT
    assert [round(part / 2**20) for part in (denominators, second, partial)] == [233, 273, 285]
    total = training(60_965_224, KEPT, 128).total + denominators + second + partial
    assert round(total / 2**20) == 2_869


@pytest.mark.parametrize(("optimizer", "copies"), [("sgd", 2), ("momentum", 3), ("adam", 4)])
def test_an_optimizer_remembers_none_one_or_two_numbers_a_weight(optimizer, copies):
    assert training(1000, 0, 1, optimizer).total == copies * 1000 * FLOAT


def test_the_largest_batch_fits_and_one_more_does_not():
    count = parameters(PAPER_2012)
    most = largest_batch(count, KEPT)
    assert training(count, KEPT, most).total <= GTX_580 < training(count, KEPT, most + 1).total
    assert largest_batch(10**9, KEPT) == 0
