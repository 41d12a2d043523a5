"""The table as text: read back, and held against the computed shapes."""

from __future__ import annotations

import csv
import io

import pytest

from alexnet.architecture import LESSONS, NETWORKS, PAPER_2012, STUDY_NOTE
from alexnet.architecture.shapes import trace
from alexnet.figures.layer_text import COLUMNS, MARKDOWN, as_csv, as_markdown
from alexnet.figures.theme import LAYER_COLOURS

NAMES = {column: column for column in COLUMNS}
KINDS = dict.fromkeys(LAYER_COLOURS, "합성곱층, 풀링")


def read(network):
    text = as_csv(trace(network), NAMES, KINDS).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_excel_finds_the_mark_that_says_utf8_and_hangul_survives():
    content = as_csv(trace(PAPER_2012), NAMES, KINDS)
    assert content.startswith(b"\xef\xbb\xbf")
    assert read(PAPER_2012)[0]["kind"] == "합성곱층, 풀링"
    assert content.count(b"\r\n") == len(PAPER_2012.rows) + 1


@pytest.mark.parametrize("network", [*NETWORKS, *LESSONS], ids=lambda network: network.id)
def test_the_file_holds_the_computed_numbers(network):
    layers = trace(network)
    rows = read(network)
    assert [row["layer"] for row in rows] == [row.name for row in network.rows]
    assert sum(int(row["parameters"] or 0) for row in rows) == sum(layer.parameters for layer in layers)
    assert sum(int(row["products"] or 0) for row in rows) == sum(
        layer.multiply_accumulates for layer in layers
    )


def test_conv1_by_hand():
    row = read(PAPER_2012)[0]
    del row["kind"]
    assert row == {
        "layer": "conv1",
        "maps": "96",
        "size": "55",
        "towers": "2",
        "kernel": "11",
        "stride": "4",
        "padding": "0",
        "activation": "relu",
        "output": "55 × 55 × 96",
        "parameters": "34944",
        "products": "105415200",
        "fan_in": "363",
        "fan_out": "5808",
        "field": "11",
        "step": "4",
    }
    assert next(row for row in read(STUDY_NOTE) if row["layer"] == "conv2")["padding"] == "same"


@pytest.mark.parametrize("network", [*NETWORKS, *LESSONS], ids=lambda network: network.id)
def test_every_line_of_the_markdown_has_the_same_columns_and_the_last_the_totals(network):
    lines = as_markdown(trace(network), NAMES, KINDS, "total").splitlines()
    assert len(lines) == len(network.rows) + 3
    assert {line.count("|") for line in lines} == {len(MARKDOWN) + 1}
    assert f"{sum(layer.parameters for layer in trace(network)):,}" in lines[-1]
    assert lines[-1].startswith("| **total** |")
