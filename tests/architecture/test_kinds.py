"""The table of the kinds of rows, and the way of a new kind through everything that reads it."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields, replace
from typing import get_args

import pytest

from alexnet.architecture import CLASSROOM, Row
from alexnet.architecture.document import from_text, to_text
from alexnet.architecture.kinds import KINDS, Kind, kind_of
from alexnet.architecture.shapes import step
from alexnet.figures.compare_table import settings
from alexnet.network.build import keras_outputs
from alexnet.network.source import code
from alexnet.numerics.forward import answer

OPERATIONS = {
    "alexnet.architecture.shapes.step": step,
    "alexnet.network.build.keras_outputs": keras_outputs,
    "alexnet.network.source.code": code,
    "alexnet.numerics.forward.answer": answer,
    "alexnet.figures.compare_table.settings": settings,
}


def test_the_table_has_every_row_of_the_union_once_and_no_other():
    classes = [kind.row for kind in KINDS.values()]
    assert len(classes) == len(set(classes)) and set(classes) == set(get_args(Row))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_field_of_every_kind_can_be_written_and_read(kind: Kind):
    row = kind.new("one")
    assert kind_of(row) is kind
    for field in fields(row):
        if field.default is not MISSING and field.name != "name":
            row = replace(row, **{field.name: other(field)})
    network = replace(CLASSROOM, rows=(row,))
    assert from_text(to_text(network)) == network


def other(field: Field[object]) -> object:
    """A value that a field may have beside its default."""
    match field.default:
        case None:
            return 0.25
        case str(word):
            return {"own": "all", "all": "own", "relu": "tanh", "he_normal": "zeros"}[word]
        case int(number):
            return number + (2 if field.name == "n" else 1)
        case float(number):
            return number / 2 + 0.125
    raise TypeError(field)


@pytest.mark.parametrize("operation", OPERATIONS, ids=OPERATIONS)
def test_every_operation_knows_every_row_of_the_union(operation: str):
    assert set(get_args(Row)) <= set(OPERATIONS[operation].registry)
