"""The paper's numbers agree with the rows of its network and with its recipe."""

from __future__ import annotations

from alexnet import facts
from alexnet.architecture import PAPER_2012, Convolution, Dense, Pooling


def test_first_weights_are_the_papers_but_for_the_three_layers_that_its_code_widens():
    stds = {row.name: row.std for row in PAPER_2012.rows if isinstance(row, Convolution | Dense)}
    widened = {"conv3", "conv4", "conv5"}
    assert {stds[name] for name in widened} == {facts.CODE_STD}
    assert {std for name, std in stds.items() if name not in widened} == {facts.PAPER_STD}


def test_the_papers_pooling_overlaps_and_the_other_does_not():
    assert {(row.size, row.stride) for row in PAPER_2012.rows if isinstance(row, Pooling)} == {
        facts.OVERLAPPING
    }
    assert facts.OVERLAPPING[0] > facts.OVERLAPPING[1] and facts.PLAIN[0] == facts.PLAIN[1]
