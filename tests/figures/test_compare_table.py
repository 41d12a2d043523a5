"""Networks side by side: the rows are merged in order, and what differs is marked."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from alexnet.architecture import (
    CAFFE,
    LESSONS,
    NETWORKS,
    ONE_WEIRD_TRICK,
    PAPER_2012,
    STUDY_NOTE,
    BatchNormalization,
    Convolution,
    Dense,
    Flatten,
    LocalResponseNormalization,
    Network,
)
from alexnet.architecture.shapes import trace
from alexnet.figures.compare_table import SHOWN, Column, Words, cell, compare_table, names
from alexnet.figures.theme import LAYER_COLOURS

WORDS = Words("caption", "layer", {kind: kind for kind in LAYER_COLOURS}, "same", "differs", {"size": "size"})
FOOT = {"size": lambda column: str(column.network.size)}


def column(network):
    return Column(network.id, network, trace(network))


def rows(networks, show="settings"):
    """Row name to (text, differs) of each network."""
    markup = compare_table([column(network) for network in networks], FOOT, WORDS, show, 1)
    found = {}
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", markup)[1:]:
        name = re.search(r"<th[^>]*>(.*?)</th>", row).group(1)
        cells = re.findall(r"<td( class=\"differs\")?>(.*?)</td>", row)
        found[name] = [(re.sub(r"<[^>]+>", " ", text), bool(mark)) for mark, text in cells]
    return found


def test_every_network_keeps_its_order_in_the_merged_rows():
    merged = names([column(network) for network in [*NETWORKS, *LESSONS]])
    for network in [*NETWORKS, *LESSONS]:
        places = [merged.index(row.name) for row in network.rows]
        if network is not ONE_WEIRD_TRICK:  # its dropout stands before the dense layers
            assert places == sorted(places)
    assert len(merged) == len(set(merged))


def test_a_network_does_not_differ_from_itself():
    found = rows([PAPER_2012, replace(PAPER_2012, id="again")])
    assert not any(mark for cells in found.values() for _, mark in cells)


def test_caffe_differs_in_normalization_and_dense_towers_but_not_in_parameters():
    settings = rows([PAPER_2012, CAFFE])
    assert [name for name, cells in settings.items() if cells[1][1]] == ["lrn1", "lrn2", "fc6", "fc7"]
    counts = rows([PAPER_2012, CAFFE], "parameters")
    assert not any(cells[1][1] for cells in counts.values())


def test_a_row_that_only_one_has_is_marked_and_empty_in_the_other():
    found = rows([PAPER_2012, STUDY_NOTE])
    assert found["lrn1"][1] == (" ≠  –", True)
    assert found["output"][0] == ("–", False) and found["output"][1][1]


@pytest.mark.parametrize(
    ("show", "name", "expected"),
    [
        ("settings", "conv2", "27 × 27 × 256 5×5 / 1 +2 · 2 × · ← 48 "),
        ("parameters", "conv1", "34,944"),
        ("products", "conv1", "105,415,200"),
        ("fans", "conv2", "1,200 → 3,200"),
        ("field", "pool1", "19 / 8 "),
        ("memory", "fc8", "0.0"),
        ("memory", "conv1", "1.1"),
        ("parameters", "pool1", "–"),
    ],
)
def test_a_cell_says_what_is_asked_for(show, name, expected):
    assert rows([PAPER_2012], show)[name][0][0] == expected


@pytest.mark.parametrize("show", SHOWN)
@pytest.mark.parametrize("network", [*NETWORKS, *LESSONS], ids=lambda network: network.id)
def test_every_layer_of_every_network_has_a_cell(network, show):
    assert all(cell(layer, show) for layer in trace(network))


def test_memory_grows_with_the_batch():
    layer = trace(PAPER_2012)[0]
    assert cell(layer, "memory", batch=128) == f"{55 * 55 * 96 * 4 * 128 / 2**20:,.1f}" == "141.8"


def test_dense_layers_say_when_they_are_not_relu():
    last = trace(PAPER_2012)[-1]
    assert isinstance(last.row, Dense) and "softmax" in cell(last, "settings")


@pytest.mark.parametrize(
    ("row", "change"),
    [
        (LocalResponseNormalization("n"), {"alpha": 1e-4}),
        (LocalResponseNormalization("n"), {"beta": 0.5}),
        (BatchNormalization("b"), {"momentum": 0.99}),
        (BatchNormalization("b"), {"epsilon": 1e-5}),
        (BatchNormalization("b"), {"activation": None}),
    ],
)
def test_rows_that_differ_in_any_setting_are_marked(row, change):
    def network(one):
        return Network("net", (Convolution("a", 4, 3), one, Flatten(), Dense("out", 2)), 9)

    assert rows([network(row), network(replace(row, **change))])[row.name][1][1]
    assert not rows([network(row), network(row)])[row.name][1][1]
