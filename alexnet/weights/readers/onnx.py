"""ONNX: the arrays of each layer with weights, in the order of the graph. Nothing of the graph is run.

Files name their arrays as they like, and quantizing renames them; so it is the nodes that say which array is
what. Quantized weights q become scale x (q - zero point), however the file says it: as inputs of
``QLinearConv``, ``QLinearMatMul``, ``QGemm`` and ``QLinearAdd`` (com.microsoft), or by ``DequantizeLinear``.
``onnx`` parses the file and follows no reference to another one: a file with external data is refused.

Sources: onnx/onnx, ``docs/Operators.md``; microsoft/onnxruntime, ``docs/ContribOperators.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from google.protobuf.message import DecodeError
from numpy.typing import NDArray

from alexnet.errors import DataError
from alexnet.weights.expected import NORMALIZING
from alexnet.weights.readers.limits import check_count, check_shape, content, damaged

_KINDS = onnx.TensorProto
_TYPES = {
    _KINDS.FLOAT: ("<f4", "float_data"),
    _KINDS.DOUBLE: ("<f8", "double_data"),
    _KINDS.FLOAT16: ("<f2", "int32_data"),
    _KINDS.INT8: ("<i1", "int32_data"),
    _KINDS.UINT8: ("<u1", "int32_data"),
    _KINDS.INT32: ("<i4", "int32_data"),
    _KINDS.INT64: ("<i8", "int64_data"),
}
_MOST_NODES = 2000
_SAME = ("Identity", "Dropout", "DequantizeLinear", "QuantizeLinear")
"""Operations that may stand between a product and the sum with its biases, and change neither."""


def read(paths: Sequence[Path]) -> dict[str, NDArray[Any]]:
    """The arrays by layer and part: ``conv.1/weight``, ``dense.1/bias``, ``norm.1/gamma``.

    Kernels are out-in-height-width, dense weights out-in. A layer whose weights are named ``x/kernel`` or
    ``x/gamma``, as in our own files, is called ``x``. An array of more than one number that no layer reads
    is there under its own name.

    Raises:
        DataError: weights_missing, foreign_too_large, foreign_too_many, foreign_elsewhere or foreign_damaged.
    """
    (path,) = paths
    made = onnx.ModelProto()
    try:
        made.ParseFromString(content(path))
    except DecodeError:
        raise damaged(path, "protobuf") from None
    if not made.graph.node:
        raise damaged(path, "ModelProto")
    return _Graph(path, made.graph).arrays()


class _Graph:
    """A graph's nodes and constants.

    Attributes:
        used: Names of the constants that a layer has read.
    """

    def __init__(self, path: Path, graph: Any) -> None:
        self._path, self._nodes = path, list(graph.node)
        if len(self._nodes) > _MOST_NODES:
            raise DataError("foreign_too_many", file=path.name, most=_MOST_NODES)
        if graph.sparse_initializer:
            raise damaged(path, "sparse_initializer")
        self._constants = {one.name: one for one in graph.initializer}
        for node in self._nodes:
            if node.op_type == "Constant":
                values = [one.t for one in node.attribute if one.name == "value"]
                self._constants |= dict(zip(node.output, values, strict=False))
        check_count(path, len(self._constants))
        for one in self._constants.values():
            self._check(one)
        self._from = {output: node for node in self._nodes for output in node.output}
        self._to: dict[str, list[Any]] = {}
        for node in self._nodes:
            for name in node.input:
                self._to.setdefault(name, []).append(node)
        self.used: set[str] = set()

    def _check(self, one: Any) -> None:
        if one.data_location == _KINDS.EXTERNAL or one.external_data:
            raise DataError("foreign_elsewhere", file=self._path.name, name=one.name[:80])
        size = np.dtype(_TYPES.get(one.data_type, ("<f4", ""))[0]).itemsize
        check_shape(self._path, tuple(one.dims), size)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """As of ``read``."""
        counts = {"conv": 0, "dense": 0, "norm": 0}
        found: dict[str, NDArray[Any]] = {}
        for node in self._nodes:
            read = _LAYERS.get(node.op_type)
            weights = read(self, node) if read is not None else None
            if weights is None or read is None:
                continue
            kind = {4: "conv", 2: "dense", 1: "norm"}.get(next(iter(weights.values()))[1].ndim, "dense")
            counts[kind] += 1
            (name, _), *_ = weights.values()
            ending = f"/{next(iter(_OWN[kind]))}"
            layer = name.removesuffix(ending) if name.endswith(ending) else f"{kind}.{counts[kind]}"
            for part, (_, array) in weights.items():
                if f"{layer}/{part}" in found:
                    raise damaged(self._path, f"{layer}/{part}, twice"[:80])
                found[f"{layer}/{part}"] = array
        for name, one in self._constants.items():
            if (
                name not in self.used
                and np.prod(one.dims, dtype=np.int64) > 1
                and one.data_type != _KINDS.INT64
            ):
                found[name[:80]] = self._numbers(one)
        if not found:
            raise damaged(self._path, "Conv, Gemm")
        if any(name.startswith("dense.") for name in found) and self._turned_before_dense():
            raise damaged(self._path, "Transpose before Flatten: channels last")
        return found

    def _turned_before_dense(self) -> bool:
        """Whether maps become a row with the channel last: then the dense weights lie in another order."""
        flat = [node for node in self._nodes if node.op_type in ("Flatten", "Reshape") and node.input]
        before = [self._from.get(node.input[0]) for node in flat]
        return any(node is not None and node.op_type == "Transpose" for node in before)

    def _numbers(self, one: Any) -> NDArray[Any]:
        if one.data_type not in _TYPES:
            raise damaged(self._path, f"{one.name[:80]}: {one.data_type}")
        kind, field = _TYPES[one.data_type]
        count = int(np.prod(one.dims, dtype=np.int64))
        if one.HasField("raw_data"):
            raw = one.raw_data
            if len(raw) != count * np.dtype(kind).itemsize:
                raise damaged(self._path, f"{one.name[:80]}: {len(raw)} bytes, {tuple(one.dims)}")
            return np.frombuffer(raw, kind).reshape(tuple(one.dims))
        values = getattr(one, field)
        if len(values) != count:
            raise damaged(self._path, f"{one.name[:80]}: {len(values)}, {tuple(one.dims)}")
        if one.data_type == _KINDS.FLOAT16:  # their bits, one in each int32
            return np.array(values, np.uint16).view(np.float16).reshape(tuple(one.dims))
        return np.array(values, kind).reshape(tuple(one.dims))

    def constant(self, name: str, scale: str = "", zero: str = "", axis: int = 0) -> NDArray[Any] | None:
        """The numbers of a constant as floating point; None where it is none, or is computed.

        Args:
            name: Of the constant, or of what ``Identity`` or ``DequantizeLinear`` makes of one.
            scale: Name of its scale, where it is quantized.
            zero: Name of its zero point.
            axis: Along which these lie, where there are several.
        """
        node = self._from.get(name)
        if node is not None and node.op_type == "Identity":
            return self.constant(node.input[0], scale, zero, axis)
        if node is not None and node.op_type == "DequantizeLinear":
            along = next((one.i for one in node.attribute if one.name == "axis"), 1)
            return self.constant(node.input[0], node.input[1], _input(node, 2), along)
        if name not in self._constants:
            return None
        self.used.add(name)
        array = self._numbers(self._constants[name])
        if not scale:
            return array
        factor, point = self.constant(scale), self.constant(zero) if zero else None
        if factor is None:
            return None
        return dequantized(array, factor, np.zeros(1) if point is None else point, axis)

    def told(self, name: str) -> str:
        """What the file calls a constant that a layer reads."""
        node = self._from.get(name)
        if node is not None and node.op_type in ("Identity", "DequantizeLinear"):
            return self.told(node.input[0])
        return name.removesuffix("_quantized")

    def product(self, name: str, *factors: str) -> NDArray[Any] | None:
        """Biases in int32, whose scale is the product of two others."""
        array = self.constant(name)
        made = [self.constant(factor) for factor in factors]
        if array is None or any(one is None for one in made):
            return array
        scale: NDArray[Any] = np.ones(1)
        for one in made:
            scale = scale * np.asarray(one, np.float64)
        made_whole: NDArray[np.float32] = (array * scale).astype(np.float32)
        return made_whole

    def added(self, node: Any) -> NDArray[Any] | None:
        """The constant that is added to what a node gives; None where nothing is."""
        output = node.output[0]
        for _ in range(8):
            nodes = self._to.get(output, [])
            if len(nodes) != 1:
                return None
            (then,) = nodes
            if then.op_type == "Add":
                return self.constant(then.input[1] if then.input[0] == output else then.input[0])
            if then.op_type == "QLinearAdd":
                first, second = tuple(then.input[:3]), tuple(then.input[3:6])
                name, scale, zero = second if first[0] == output else first
                return self.constant(name, scale, zero)
            if then.op_type not in _SAME:
                return None
            output = then.output[0]
        return None


def dequantized(
    q: NDArray[Any], scale: NDArray[Any], zero: NDArray[Any], axis: int = 0
) -> NDArray[np.float32]:
    """The numbers that were quantized, scale x (q - zero point), in single precision.

    Args:
        q: Whole numbers.
        scale: One number for all, or one for each place along ``axis``.
        zero: As many.
        axis: Of ``q``.
    """

    def along(one: NDArray[Any]) -> NDArray[Any]:
        flat = np.asarray(one).reshape(-1)
        return (
            flat[0]
            if flat.size == 1
            else flat.reshape([-1 if at == axis % q.ndim else 1 for at in range(q.ndim)])
        )

    made = q.astype(np.float32)
    made -= np.asarray(along(zero), np.float32)
    made *= np.asarray(along(scale), np.float32)
    return made


_Weights = dict[str, tuple[str, NDArray[Any]]]
"""By part: what the file calls it, and its numbers. The weights first."""

_OWN = {"conv": ("kernel",), "dense": ("kernel",), "norm": ("gamma",)}


def _both(
    graph: _Graph, name: str, weight: NDArray[Any] | None, bias: NDArray[Any] | None
) -> _Weights | None:
    if weight is None:
        return None
    made: _Weights = {"weight": (graph.told(name), weight)}
    if bias is not None:
        made["bias"] = ("", bias.reshape(-1))
    return made


def _input(node: Any, at: int) -> str:
    return str(node.input[at]) if len(node.input) > at else ""


def _attributes(node: Any) -> Iterator[tuple[str, float]]:
    for one in node.attribute:
        yield one.name, one.f if one.type == onnx.AttributeProto.FLOAT else one.i


def _conv(graph: _Graph, node: Any) -> _Weights | None:
    bias = graph.constant(_input(node, 2)) if _input(node, 2) else graph.added(node)
    return _both(graph, _input(node, 1), graph.constant(_input(node, 1)), bias)


def _quantized_conv(graph: _Graph, node: Any) -> _Weights | None:
    weight = graph.constant(_input(node, 3), _input(node, 4), _input(node, 5))
    bias = graph.product(_input(node, 8), _input(node, 1), _input(node, 4)) if _input(node, 8) else None
    return _both(graph, _input(node, 3), weight, graph.added(node) if bias is None else bias)


def _gemm(graph: _Graph, node: Any) -> _Weights | None:
    said = dict(_attributes(node))
    weight, bias = graph.constant(_input(node, 1)), graph.constant(_input(node, 2))
    if weight is not None:
        weight = weight if said.get("transB") else weight.T
        weight = weight if said.get("alpha", 1) == 1 else weight * np.float32(said["alpha"])
    if bias is not None and said.get("beta", 1) != 1:
        bias = bias * np.float32(said["beta"])
    return _both(graph, _input(node, 1), weight, bias)


def _quantized_gemm(graph: _Graph, node: Any) -> _Weights | None:
    said = dict(_attributes(node))
    axis = 0 if said.get("transB") else 1
    weight = graph.constant(_input(node, 3), _input(node, 4), _input(node, 5), axis)
    bias = graph.product(_input(node, 6), _input(node, 1), _input(node, 4)) if _input(node, 6) else None
    if weight is not None:
        weight = (weight if said.get("transB") else weight.T) * np.float32(said.get("alpha", 1))
    return _both(graph, _input(node, 3), weight, bias)


def _matmul(graph: _Graph, node: Any) -> _Weights | None:
    weight = graph.constant(_input(node, 1))
    return _both(graph, _input(node, 1), None if weight is None else weight.T, graph.added(node))


def _quantized_matmul(graph: _Graph, node: Any) -> _Weights | None:
    weight = graph.constant(_input(node, 3), _input(node, 4), _input(node, 5), 1)
    return _both(graph, _input(node, 3), None if weight is None else weight.T, graph.added(node))


def _normalization(graph: _Graph, node: Any) -> _Weights | None:
    arrays = [graph.constant(_input(node, at)) for at in range(1, 5)]
    names = [graph.told(_input(node, at)) for at in range(1, 5)]
    parts = zip(NORMALIZING, names, arrays, strict=True)
    return {part: (name, array) for part, name, array in parts if array is not None} or None


_LAYERS = {
    "Conv": _conv,
    "QLinearConv": _quantized_conv,
    "Gemm": _gemm,
    "QGemm": _quantized_gemm,
    "MatMul": _matmul,
    "QLinearMatMul": _quantized_matmul,
    "BatchNormalization": _normalization,
}
