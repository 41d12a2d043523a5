"""The table's markup: complete, escaped, and with the towers' meetings marked."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from alexnet.architecture import LESSONS, NETWORKS, PAPER_2012, one_tower
from alexnet.architecture.kinds import KINDS
from alexnet.architecture.shapes import trace, trace_until_failure
from alexnet.figures.layer_table import COLUMNS, Words, layer_table, times
from alexnet.figures.theme import LAYER_COLOURS, TOWER_COLOURS

WORDS = Words(
    "caption",
    {column: column for column in COLUMNS},
    {kind: kind for kind in LAYER_COLOURS},
    "image",
    "total",
    "same",
    ("one", "two"),
    "both",
    {"relu": "ReLU", "softmax": "softmax"},
)


def row(markup: str, name: str) -> str:
    return next(found for found in re.findall(r"<tr.*?</tr>", markup, re.DOTALL) if f">{name}</th>" in found)


def test_every_kind_of_row_has_a_colour():
    assert {kind.group for kind in KINDS.values()} <= set(LAYER_COLOURS)


@pytest.mark.parametrize("network", [*NETWORKS, *LESSONS], ids=lambda network: network.id)
def test_every_row_has_a_cell_for_every_column(network):
    markup = layer_table(network, trace(network), WORDS)
    body = re.findall(r"<tr.*?</tr>", markup.partition("<tbody>")[2].partition("</tbody>")[0], re.DOTALL)
    assert len(body) == len(network.rows) + 1
    assert {len(re.findall(r"<t[hd][ >]", found)) for found in body} == {len(COLUMNS)}


def test_the_sign_stands_where_the_papers_gpus_meet():
    markup = layer_table(PAPER_2012, trace(PAPER_2012), WORDS)
    assert [entry.name for entry in PAPER_2012.rows if "⇄" in row(markup, entry.name)] == [
        "conv3",
        "fc6",
        "fc7",
        "fc8",
    ]


def test_towers_have_their_colours_and_one_tower_has_none():
    conv2 = row(layer_table(PAPER_2012, trace(PAPER_2012), WORDS), "conv2")
    assert all(colour in conv2 for colour in TOWER_COLOURS) and conv2.count("</i>128") == 2
    single = one_tower(PAPER_2012)
    markup = layer_table(single, trace(single), WORDS)
    assert "<i " not in markup and "⇄" not in markup


def test_a_layer_that_does_not_fit_says_why_and_what_follows_is_empty():
    network = replace(PAPER_2012, size=40)
    layers, _ = trace_until_failure(network)
    markup = layer_table(network, layers, WORDS, problem="too <small>")
    assert "too &lt;small&gt;" in row(markup, "pool5")
    assert row(markup, "fc6").count("<td>–</td>") == len(COLUMNS) - 1
    assert "tfoot>" not in markup.partition("</style>")[2]


def test_the_chosen_row_is_marked():
    markup = layer_table(PAPER_2012, trace(PAPER_2012), WORDS, chosen="conv2")
    assert [entry.name for entry in PAPER_2012.rows if "chosen" in row(markup, entry.name)] == ["conv2"]


def test_rows_that_can_be_chosen_have_a_button_which_says_whether_it_is_pressed():
    markup = layer_table(
        PAPER_2012, trace(PAPER_2012), WORDS, chosen="conv2", choosable=("conv1", "conv2", "fc8")
    )
    buttons = re.findall(r'<button type="button" data-layer="(\w+)" aria-pressed="(\w+)"', markup)
    assert buttons == [("conv1", "false"), ("conv2", "true"), ("fc8", "false")]
    assert len(re.findall(r'<tr class="[^"]*choosable"', markup)) == 3


def test_a_row_that_does_not_fit_can_be_chosen_too():
    network = replace(PAPER_2012, size=40)
    layers, _ = trace_until_failure(network)
    markup = layer_table(network, layers, WORDS, problem="too small", choosable=("pool5", "fc8"))
    assert re.findall(r'data-layer="(\w+)"', markup) == ["pool5", "fc8"]


def test_every_text_is_escaped():
    hostile = replace(WORDS, caption='"><script>', image="<b>", total="<u>")
    markup = layer_table(PAPER_2012, trace(PAPER_2012), hostile)
    assert not re.search(r"<(script|b|u)>", markup)


def test_shapes_are_written_with_thousands_separators():
    assert times((55, 55, 96)) == "55 × 55 × 96"
    assert times((9216,)) == "9,216"


def test_a_size_that_is_to_be_guessed_is_a_question_mark_and_the_rest_stays():
    layers = trace(PAPER_2012)
    told = layer_table(PAPER_2012, layers, WORDS)
    asked = layer_table(PAPER_2012, layers, WORDS, hidden=("conv1",))
    assert row(told, "conv1").count("<td>?</td>") == 0
    assert row(asked, "conv1").count("<td>?</td>") == 3  # size, shape and products
    assert "34,944" in row(asked, "conv1")  # its parameters do not tell
    assert row(asked, "pool1") == row(told, "pool1")
