"""A trained network as an ONNX file, written from its rows. No TensorFlow, and no code of anybody's in it.

The input ``image`` is (n, height, width, channels) in float32, prepared as the network learned it: channels
last, as in Keras and as a picture lies in memory. The graph turns it round itself, since ONNX's layers read
channels first. The output ``probabilities`` is (n, classes). ``n`` is whatever is given.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from functools import singledispatch
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray

from alexnet.architecture import (
    BatchNormalization,
    Convolution,
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePooling,
    LocalResponseNormalization,
    Network,
    Pooling,
    Row,
    Weighted,
)
from alexnet.architecture.kinds import unknown
from alexnet.architecture.rows import tower_names
from alexnet.architecture.shapes import LayerShape, trace
from alexnet.errors import DataError

INPUT, OUTPUT = "image", "probabilities"
OPSET, IR = 17, 8
"""Of 2022, so that a runtime some years old reads the file too."""

_OPERATIONS = {"relu": "Relu", "tanh": "Tanh", "sigmoid": "Sigmoid", "softmax": "Softmax"}
_MAPS = 1
"""The axis of the maps, and of the units behind ``Flatten``."""


def write(path: Path, network: Network, arrays: MutableMapping[str, NDArray[Any]]) -> None:
    """Write a network.

    Args:
        path: The file; what was there is replaced.
        network: Its rows.
        arrays: As of ``alexnet.weights.store.read``; emptied on the way, so that they are held once.

    Raises:
        DataError: An array is missing, left over, or of another shape.
    """
    path.write_bytes(model(network, arrays).SerializeToString())


def model(network: Network, arrays: MutableMapping[str, NDArray[Any]]) -> Any:
    """The same in memory, as ``onnx.ModelProto``. Arguments and errors as of ``write``."""
    writer = Writer(arrays)
    layers = trace(network)
    for layer in layers:
        put(layer.row, layer, writer)
    given = layers[-1].output
    last = writer.joined("output_joined")
    if len(given) == 1:
        writer.add("Identity", OUTPUT, [last])
    else:
        writer.add("Transpose", OUTPUT, [last], perm=[0, 2, 3, 1])
    if arrays:
        raise DataError("weights_do_not_match", missing="-", extra=", ".join(sorted(arrays)))
    writer.made.graph.name = network.id
    writer.made.graph.input.append(_described(INPUT, (network.size, network.size, network.channels)))
    writer.made.graph.output.append(_described(OUTPUT, given))
    return writer.made


def _described(name: str, shape: tuple[int, ...]) -> Any:
    """An input or output of any number of such arrays."""
    return onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["n", *shape])


class Writer:
    """What is known while rows are written one after another.

    Attributes:
        made: The file's content so far. Weights go into it at once: ``onnx.helper`` would copy them twice.
        streams: The name of what each tower's last layer gave, or of what the joined towers' gave.
    """

    def __init__(self, arrays: MutableMapping[str, NDArray[Any]]) -> None:
        self.made = onnx.helper.make_model(
            onnx.helper.make_graph([], "", [], []),
            producer_name="AlexNet Explorer",
            opset_imports=[onnx.helper.make_opsetid("", OPSET)],
            ir_version=IR,
        )
        self._arrays = arrays
        self.streams = [self.add("Transpose", "channels_first", [INPUT], perm=[0, 3, 1, 2])]

    def add(self, operation: str, name: str, inputs: Iterable[str], **attributes: Any) -> str:
        """Put one operation behind others; returns the name of what it gives, which is its own."""
        node = onnx.helper.make_node(operation, list(inputs), [name], name=name, **attributes)
        self.made.graph.node.append(node)
        return name

    def split(self, name: str, names: Iterable[str]) -> None:
        """Cut the one stream into equal parts."""
        node = onnx.helper.make_node("Split", self.streams, list(names), name=f"{name}_split", axis=_MAPS)
        self.made.graph.node.append(node)
        self.streams = list(names)

    def weight(self, path: str, shape: tuple[int, ...], order: tuple[int, ...] | None = None) -> str:
        """Put an array into the file.

        Args:
            path: Its name, as ``conv1/kernel``.
            shape: What it has to have.
            order: Of its axes in the file; None: as they are.

        Raises:
            DataError: It is missing or of another shape.
        """
        array = self._arrays.pop(path, None)
        if array is None:
            raise DataError("weights_do_not_match", missing=path, extra="-")
        if array.shape != shape:
            raise DataError("weights_of_another_shape", name=path, expected=shape, received=array.shape)
        turned = np.asarray(array if order is None else array.transpose(order), "<f4", order="C")
        tensor = self.made.graph.initializer.add()
        tensor.name, tensor.data_type = path, onnx.TensorProto.FLOAT
        tensor.dims.extend(turned.shape)
        tensor.raw_data = turned.tobytes()
        return path

    def joined(self, name: str) -> str:
        """One stream of all towers."""
        if len(self.streams) == 1:
            return self.streams[0]
        return self.add("Concat", name, self.streams, axis=_MAPS)

    def each(self, name: str, operation: str, **attributes: Any) -> None:
        """The same operation on every stream."""
        names = tower_names(name, len(self.streams))
        self.streams = [
            self.add(operation, own, [stream], **attributes)
            for own, stream in zip(names, self.streams, strict=True)
        ]

    def activate(self, name: str, activation: str | None) -> None:
        """An activation on every stream; softmax over the maps or units of each place."""
        if activation is not None:
            over = {"axis": _MAPS} if activation == "softmax" else {}
            self.each(f"{name}_{activation}", _OPERATIONS[activation], **over)

    def towers(self, row: Weighted) -> None:
        """Give every tower of a row the stream that it reads."""
        if not (row.reads == "own" and len(self.streams) == row.towers):
            self.streams = [self.joined(f"{row.name}_joined")] * row.towers


@singledispatch
def put(row: Row, layer: LayerShape, writer: Writer) -> None:
    """Write one row, for which the writer's streams become the row's own.

    Args:
        row: Of any kind that has been registered here.
        layer: The same row with its numbers.
        writer: As the rows before it left it.

    Raises:
        NotImplementedError: The row is of another kind.
        DataError: Its weights are missing or of another shape.
    """
    raise unknown(row)


@put.register
def _convolution(row: Convolution, layer: LayerShape, writer: Writer) -> None:
    along, shape = layer.windows, layer.kernel_shape
    assert along is not None and shape is not None
    writer.towers(row)
    end = along.end + along.overhang
    made = []
    for name, stream in zip(tower_names(row.name, row.towers), writer.streams, strict=True):
        kernel = writer.weight(f"{name}/kernel", shape, (3, 2, 0, 1))
        bias = writer.weight(f"{name}/bias", shape[-1:])
        made.append(
            writer.add(
                "Conv",
                name,
                [stream, kernel, bias],
                kernel_shape=[row.kernel] * 2,
                strides=[row.stride] * 2,
                pads=[along.begin, along.begin, end, end],
            )
        )
    writer.streams = made
    writer.activate(row.name, row.activation)


@put.register
def _dense(row: Dense, layer: LayerShape, writer: Writer) -> None:
    shape = layer.kernel_shape
    assert shape is not None
    writer.towers(row)
    made = []
    for name, stream in zip(tower_names(row.name, row.towers), writer.streams, strict=True):
        kernel, bias = writer.weight(f"{name}/kernel", shape), writer.weight(f"{name}/bias", shape[-1:])
        made.append(writer.add("Gemm", name, [stream, kernel, bias]))
    writer.streams = made
    writer.activate(row.name, row.activation)


@put.register
def _pooling(row: Pooling, layer: LayerShape, writer: Writer) -> None:
    along = layer.windows
    assert along is not None
    # What ONNX pads a maximum with is never the maximum.
    writer.each(
        row.name,
        "MaxPool",
        kernel_shape=[row.size] * 2,
        strides=[row.stride] * 2,
        pads=[0, 0, along.overhang, along.overhang],
    )


@put.register
def _global_average(row: GlobalAveragePooling, layer: LayerShape, writer: Writer) -> None:
    writer.each(f"{row.name}_maps", "GlobalAveragePool")
    writer.each(row.name, "Flatten")


@put.register
def _lrn(row: LocalResponseNormalization, layer: LayerShape, writer: Writer) -> None:
    # ONNX divides alpha by the number of neighbours, as the 2012 code does.
    constants = {"size": row.n, "bias": row.k, "alpha": row.alpha * row.n, "beta": row.beta}
    towers = len(writer.streams) if row.reads == "all" else 1
    if towers > 1:
        writer.streams = [writer.joined(f"{row.name}_joined")]
    writer.each(row.name, "LRN", **constants)
    if towers > 1:
        writer.split(row.name, tower_names(row.name, towers))


@put.register
def _batch_normalization(row: BatchNormalization, layer: LayerShape, writer: Writer) -> None:
    maps = (layer.output[-1] // len(writer.streams),)
    made = []
    for name, stream in zip(tower_names(row.name, len(writer.streams)), writer.streams, strict=True):
        learned = [
            writer.weight(f"{name}/{part}", maps)
            for part in ("gamma", "beta", "moving_mean", "moving_variance")
        ]
        made.append(writer.add("BatchNormalization", name, [stream, *learned], epsilon=row.epsilon))
    writer.streams = made
    writer.activate(row.name, row.activation)


@put.register
def _flatten(row: Flatten, layer: LayerShape, writer: Writer) -> None:
    if row.reads == "all":
        writer.streams = [writer.joined(f"{row.name}_joined")]
    if len(layer.input) == 3:  # in the order height, width, map, which the dense weights follow
        writer.each(f"{row.name}_channels_last", "Transpose", perm=[0, 2, 3, 1])
    writer.each(row.name, "Flatten")


@put.register
def _dropout(row: Dropout, layer: LayerShape, writer: Writer) -> None:
    """Nothing: it works in training only."""
