"""Files of other programs, written without what reads them: bytes of a protocol buffer, pickles, text."""

from __future__ import annotations

import io
import pickle
import struct
import sys
import tempfile
import types
import zipfile
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from alexnet.architecture import Convolution, Dense, LocalResponseNormalization, Network, Pooling
from alexnet.weights.catalogue import Published

Pairs = Mapping[str, tuple[NDArray, NDArray]]
"""Weights, out-in-height-width or out-in, and biases, by the row's name."""


def narrow(entry: Published, units: int = 48, classes: int = 1000) -> Published:
    """The same entry with narrow dense layers: its convolutions, normalization and pooling stay."""
    dense = [row.name for row in entry.network.rows if isinstance(row, Dense)]
    rows = tuple(
        replace(row, units=classes if row.name == dense[-1] else units) if isinstance(row, Dense) else row
        for row in entry.network.rows
    )
    return replace(entry, network=replace(entry.network, rows=rows))


def drawn(network: Network, flat: int, seed: int = 0) -> dict[str, tuple[NDArray, NDArray]]:
    """Random weights in Caffe's and PyTorch's order, strong enough that the classes differ."""
    numbers, made = np.random.default_rng(seed), {}
    before, channels = flat, network.channels
    for row in network.rows:
        if isinstance(row, Convolution):
            reads = channels if row.reads == "all" else channels // row.towers
            shape: tuple[int, ...] = (row.maps, reads, row.kernel, row.kernel)
            channels = row.maps
        elif isinstance(row, Dense):
            shape, before = (row.units, before), row.units
        else:
            continue
        std = (2 / np.prod(shape[1:])) ** 0.5
        if row is network.rows[-1]:
            std /= 50  # of inputs of some sixty: the probabilities are neither all alike nor all in one class
        made[row.name] = (
            numbers.normal(0, std, shape).astype(np.float32),
            numbers.normal(0, 0.1, shape[0]).astype(np.float32),
        )
    return made


def _varint(value: int) -> bytes:
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _blob(array: NDArray, old: bool) -> bytes:
    if old:
        shape = (1,) * (4 - array.ndim) + array.shape
        sizes = b"".join(_varint(number << 3) + _varint(size) for number, size in enumerate(shape, 1))
    else:
        sizes = _field(7, _field(1, b"".join(map(_varint, array.shape))))
    return sizes + _field(5, array.astype("<f4").tobytes())


def caffemodel(path: Path, pairs: Pairs, *, old: bool = True) -> Path:
    """As Caffe writes it; ``old`` as it was published, with four axes always."""
    content = _field(1, b"AlexNet")
    name, blobs, layer = (4, 6, 2) if old else (1, 7, 100)
    content += _field(layer, _field(name, b"relu1"))  # layers without weights are there too
    for row, pair in pairs.items():
        parts = b"".join(_field(blobs, _blob(array, old)) for array in pair)
        content += _field(layer, _field(name, row.encode()) + parts)
    path.write_bytes(content)
    return path


def toronto(path: Path, pairs: Pairs, protocol: int = 2) -> Path:
    """NumPy's own pickle of a dictionary."""
    content = {row: [weights, biases] for row, (weights, biases) in pairs.items()}
    wrapped = np.empty((), object)
    wrapped[()] = content
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, {"descr": "|O", "fortran_order": False, "shape": ()})
        pickle.dump(wrapped, file, protocol)
    return path


def text(path: Path, array: NDArray) -> Path:
    """Decimal numbers with commas."""
    path.write_text(",".join(f"{value:.9g}" for value in array.ravel()), encoding="ascii")
    return path


class _Named:
    def __init__(self, name: str) -> None:
        self.name = name


def pth(path: Path, arrays: Mapping[str, NDArray], *, zipped: bool = True) -> Path:
    """As ``torch.save`` writes a ``state_dict``: modules of PyTorch's names stand in for PyTorch."""
    torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")

    class FloatStorage:
        pass

    def _rebuild_tensor_v2(*arguments: object) -> None:
        raise AssertionError

    FloatStorage.__module__, FloatStorage.__qualname__ = "torch", "FloatStorage"
    _rebuild_tensor_v2.__module__, _rebuild_tensor_v2.__qualname__ = "torch._utils", "_rebuild_tensor_v2"
    torch.FloatStorage, utils._rebuild_tensor_v2, torch._utils = FloatStorage, _rebuild_tensor_v2, utils

    class Tensor:
        def __init__(self, key: int, array: NDArray) -> None:
            self.key, self.array = key, array

        def __reduce__(self) -> tuple:
            stride = tuple(step // 4 for step in self.array.strides)
            arguments = (_Storage(self), 0, self.array.shape, stride, False, OrderedDict())
            return _rebuild_tensor_v2, arguments

    class _Storage:
        def __init__(self, of: Tensor) -> None:
            self.of = of

    class Pickler(pickle.Pickler):
        def persistent_id(self, one: object) -> object:
            if isinstance(one, _Storage):
                tail = () if zipped else (None,)
                return ("storage", FloatStorage, str(one.of.key), "cpu", one.of.array.size, *tail)
            return None

    solid = {name: np.ascontiguousarray(array, "<f4") for name, array in arrays.items()}
    saved = {"torch": sys.modules.get("torch"), "torch._utils": sys.modules.get("torch._utils")}
    sys.modules |= {"torch": torch, "torch._utils": utils}
    try:
        target = io.BytesIO()
        tensors = OrderedDict((name, Tensor(key, one)) for key, (name, one) in enumerate(solid.items()))
        Pickler(target, 2).dump(tensors)
    finally:
        for name, module in saved.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
    if zipped:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("archive/data.pkl", target.getvalue())
            archive.writestr("archive/version", "3\n")
            for key, one in enumerate(solid.values()):
                archive.writestr(f"archive/data/{key}", one.tobytes())
        return path
    head = [0x1950A86A20F9469CFC6C, 1001, {"little_endian": True}]
    content = b"".join(pickle.dumps(part, 2) for part in head) + target.getvalue()
    content += pickle.dumps([str(key) for key in range(len(solid))], 2)
    for one in solid.values():
        content += struct.pack("<q", one.size) + one.tobytes()
    path.write_bytes(content)
    return path


def files(entry: Published, folder: Path, pairs: Pairs) -> Sequence[Path]:
    """An entry's files with these weights."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / file.name for file in entry.files]
    if entry.format == "numbers":
        weights, biases = pairs["conv1"]
        return text(paths[0], weights), text(paths[1], biases)
    if entry.format == "caffemodel":
        return (caffemodel(paths[0], pairs),)
    if entry.format == "toronto":
        return (toronto(paths[0], _height_width_in_out(entry, pairs)),)
    if entry.format == "onnx":
        quantize = quantized if entry.id.endswith("int8") else lambda content: content
        paths[0].write_bytes(quantize(graph(entry.network, pairs)))
        return (paths[0],)
    named = {
        name: array for row, pair in pairs.items() for name, array in zip(entry.names[row], pair, strict=True)
    }
    return (pth(paths[0], named),)


def graph(network: Network, pairs: Pairs, *, matmul: bool = False) -> bytes:
    """The network with ONNX's own grouped convolutions and normalization, channels first."""
    nodes: list = []
    constants: list = []
    last = "image"

    def constant(name, array):
        constants.append(numpy_helper.from_array(array, name))
        return name

    def put(kind, *inputs, **attributes):
        nonlocal last
        name = f"{kind}_{len(nodes)}"
        nodes.append(helper.make_node(kind, [last, *inputs], [name], **attributes))
        last = name

    for row in network.rows:
        if isinstance(row, Convolution | Dense):
            both = [
                f"{row.name}_w_0"
                if matmul and part == "w" and isinstance(row, Dense)
                else constant(f"{row.name}_{part}_0", one)
                for part, one in zip("wb", pairs[row.name], strict=True)
            ]
        if isinstance(row, Convolution):
            groups = row.towers if row.reads == "own" else 1
            put("Conv", *both, strides=[row.stride] * 2, pads=[row.padding] * 4, group=groups)
            put("Relu")
        elif isinstance(row, Dense):
            if "Flatten" not in {node.op_type for node in nodes}:
                put("Flatten")
            if matmul:  # as the tool that quantized the model zoo's file turns them round first
                put("MatMul", constant(f"{row.name}_w_0_turned", pairs[row.name][0].T.copy()))
                put("Add", both[1])
            else:
                put("Gemm", *both, transB=1)
            put("Softmax" if row.activation == "softmax" else "Relu")
        elif isinstance(row, LocalResponseNormalization):  # ONNX divides alpha by n, and runs over all maps
            put("LRN", size=row.n, alpha=row.alpha * row.n, beta=row.beta, bias=row.k)
        elif isinstance(row, Pooling):
            put(
                "MaxPool",
                kernel_shape=[row.size] * 2,
                strides=[row.stride] * 2,
                ceil_mode=int(network.rounding.of(row) == "up"),
            )
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, network.size, network.size])
    answer = helper.make_tensor_value_info(last, TensorProto.FLOAT, None)
    made = helper.make_graph(nodes, "test", [image], [answer], constants)
    opset = [helper.make_opsetid("", 13)]
    return onnx.helper.make_model(made, opset_imports=opset, ir_version=8).SerializeToString()


def quantized(content: bytes, *, per_channel: bool = False, pairs: bool = False) -> bytes:
    """Whole numbers as ONNX Runtime's own tool makes them, of one random picture.

    ``pairs``: each array stands behind a ``DequantizeLinear``, and is not an input of another operation.
    """
    from onnxruntime import quantization

    model = onnx.load_from_string(content)
    shape = [one.dim_value for one in model.graph.input[0].type.tensor_type.shape.dim]
    picture = np.random.default_rng(1).normal(0, 60, shape).astype(np.float32)

    class Reader(quantization.CalibrationDataReader):
        def __init__(self) -> None:
            self.left = [{"image": picture}]

        def get_next(self) -> dict | None:
            return self.left.pop() if self.left else None

    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "source.onnx"), Path(folder, "target.onnx")
        source.write_bytes(content)
        quantization.quantize_static(
            source,
            target,
            Reader(),
            quant_format=quantization.QuantFormat.QDQ if pairs else quantization.QuantFormat.QOperator,
            per_channel=per_channel,
            weight_type=quantization.QuantType.QInt8,
            op_types_to_quantize=["Conv", "Gemm", "MatMul", "Add"],
        )
        return target.read_bytes()


def _height_width_in_out(entry: Published, pairs: Pairs) -> dict[str, tuple[NDArray, NDArray]]:
    made = {}
    for row, (weights, biases) in pairs.items():
        if weights.ndim == 4:
            turned = weights.transpose(2, 3, 1, 0)
        elif row == "fc6":
            turned = weights.reshape(-1, 256, 6, 6).transpose(2, 3, 1, 0).reshape(9216, -1)
        else:
            turned = weights.T
        made[row] = (np.ascontiguousarray(turned), biases)
    return made
