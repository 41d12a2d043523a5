"""The table of the kinds of rows, and the way of a new kind through everything that reads it."""

from __future__ import annotations

import re
from dataclasses import MISSING, Field, dataclass, fields, replace
from typing import Any, get_args

import keras
import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from alexnet.architecture import CLASSROOM, Convolution, Dense, Flatten, Network, Row, editing, kinds, memory
from alexnet.architecture.document import from_link, from_text, to_link, to_text
from alexnet.architecture.editing import History
from alexnet.architecture.kinds import KINDS, Kind, kind_of
from alexnet.architecture.shapes import LayerShape, step, trace, windows
from alexnet.errors import ChoiceError, InputError
from alexnet.figures import compare_table, diagram, layer_text
from alexnet.figures.compare_table import settings
from alexnet.figures.theme import LAYER_COLOURS
from alexnet.network.build import build, keras_outputs
from alexnet.network.source import code, keras_source
from alexnet.numerics.forward import forward, output
from alexnet.weights import store
from alexnet.weights.writers import onnx

TABLE = "alexnet.architecture.kinds.KINDS"
OPERATIONS = {
    "alexnet.architecture.shapes.step": step,
    "alexnet.network.build.keras_outputs": keras_outputs,
    "alexnet.network.source.code": code,
    "alexnet.numerics.forward.output": output,
    "alexnet.figures.compare_table.settings": settings,
    "alexnet.weights.writers.onnx.put": onnx.put,
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
            return "up" if field.name == "rounding" else 0.25
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


SMALL = Network(
    "small",
    (
        Convolution("conv1", 4, 3, towers=2, reads="all"),
        Flatten(),
        Dense("fc1", 2, activation="softmax"),
    ),
    size=10,
)


def add_average_pooling(monkeypatch: pytest.MonkeyPatch, without: str | None = None) -> type:
    """A kind of rows that the app does not have, added as a developer would, but for one place.

    Its class is made anew each time: what has been registered for one stays registered.
    """

    @dataclass(frozen=True)
    class AveragePooling:
        name: str
        size: int = 2
        stride: int = 2

    def numbers(row, shape, streams, rounding):
        along = windows(shape[0], row.size, row.stride, 0, rounding.pooling)
        return LayerShape(row, shape, (along.output, along.output, shape[2]), streams, windows=along)

    def layers(row, layer, streams, initializer, dtype):
        return [
            keras.layers.AveragePooling2D(row.size, row.stride, dtype=dtype, name=f"{row.name}_tower{tower}")(
                stream
            )
            for tower, stream in enumerate(streams, start=1)
        ]

    def lines(row, shape, writer):
        yield from writer.each(row.name, f"layers.AveragePooling2D({row.size}, {row.stride}, {{name}})")

    def means(row, streams, weights, rounding):
        views = (sliding_window_view(maps, (row.size, row.size), axis=(0, 1)) for maps in streams)
        return [view[:: row.stride, :: row.stride].mean((-1, -2)) for view in views]

    def said(row, same):
        return (f"{row.size}×{row.size} / {row.stride}",)

    def written(row, layer, writer):
        sides = {"kernel_shape": [row.size] * 2, "strides": [row.stride] * 2}
        writer.each(row.name, "AveragePool", **sides)

    for place, way in zip(OPERATIONS, (numbers, layers, lines, means, said, written), strict=True):
        if place != without:
            OPERATIONS[place].register(AveragePooling, way)
    if without != TABLE:
        kind = Kind("average_pooling", "pooling", AveragePooling("mean"))
        monkeypatch.setitem(KINDS, kind.id, kind)
    return AveragePooling


def go_through_everything() -> None:
    """A new row of the new kind: edited, written and read, computed, built, exported, drawn."""
    made, name = editing.insert(SMALL, "conv1", "average_pooling")
    network = editing.change(made, name, name="softer")
    history = History(SMALL).do(made).do(network)
    assert name == "mean1" and editing.obstacle(network) is None
    assert history.undo().present == made and history.undo().undo().present == SMALL
    assert editing.duplicate(network, "softer")[1] == "mean1"

    assert '{"kind": "average_pooling", "name": "softer"}' in to_text(network)
    assert from_text(to_text(network)) == network == from_link(to_link(network))
    with pytest.raises(InputError, match="document_value"):
        editing.change(network, "softer", stride=0)

    layers = trace(network)
    pooled = layers[1]
    assert (pooled.input, pooled.output, pooled.receptive_field) == ((8, 8, 4), (4, 4, 4), 4)
    assert memory.outputs(pooled) == 64 and layers[2].output == (64,)
    assert "2×2 / 2" in compare_table.cell(pooled, "settings")
    assert layer_text.cells(pooled, {group: group for group in LAYER_COLOURS})["kind"] == "pooling"
    _, _, boxes, _ = diagram.columns(network)
    assert [(box.name, box.tower, box.solid) for box in boxes] == [("softer", 0, False), ("softer", 1, False)]

    model = build(network)
    image = np.random.default_rng(1).standard_normal((1, 10, 10, 3)).astype(np.float32)
    parts = [model.get_layer(f"{row}_tower2").output for row in ("conv1", "softer")]
    convolved, averaged = map(np.asarray, keras.Model(model.input, parts)(image))
    by_hand = convolved.reshape(1, 4, 2, 4, 2, 2).mean((2, 4))
    np.testing.assert_allclose(averaged, by_hand, atol=1e-6)

    scope: dict[str, Any] = {"__name__": "exported"}
    exec(compile(keras_source(network), network.id, "exec"), scope)
    store.assign(scope["model"], store.of(model))
    np.testing.assert_allclose(scope["model"](image), model(image), atol=1e-6)

    saved = onnx.model(network, dict(store.of(model)))
    assert [node.name for node in saved.graph.node if node.op_type == "AveragePool"] == [
        "softer_tower1",
        "softer_tower2",
    ]

    outputs = forward(network, store.of(model), image[0])
    np.testing.assert_allclose(outputs["softer"][..., 2:], by_hand[0], atol=1e-5)
    np.testing.assert_allclose(outputs["fc1"], np.asarray(model(image))[0], atol=1e-5)


def test_a_new_kind_goes_through_everything(monkeypatch: pytest.MonkeyPatch):
    add_average_pooling(monkeypatch)
    go_through_everything()


@pytest.mark.parametrize("place", OPERATIONS)
def test_no_place_of_a_new_kind_can_be_forgotten_unnoticed(monkeypatch: pytest.MonkeyPatch, place: str):
    add_average_pooling(monkeypatch, without=place)
    with pytest.raises(NotImplementedError, match="AveragePooling") as caught:
        go_through_everything()
    assert caught.traceback[-1].frame.f_globals["__name__"] == place.rpartition(".")[0]


def test_a_kind_that_is_not_in_the_table_is_neither_inserted_nor_written(monkeypatch: pytest.MonkeyPatch):
    row = add_average_pooling(monkeypatch, without=TABLE)("mean1")
    with pytest.raises(ChoiceError, match="average_pooling"):
        editing.insert(SMALL, "conv1", "average_pooling")
    with pytest.raises(NotImplementedError, match="AveragePooling"):
        to_text(replace(SMALL, rows=(row,)))


def test_the_table_says_all_places_of_a_new_kind():
    assert kinds.__doc__ is not None
    places = re.findall(r"``(alexnet\.[a-z_.]+)``", kinds.__doc__)
    assert places == ["alexnet.architecture.rows", *OPERATIONS, "alexnet.architecture.document"]
