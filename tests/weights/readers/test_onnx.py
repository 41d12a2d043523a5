"""ONNX files written with ``onnx.helper`` and quantized by ONNX Runtime's own tool."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from alexnet.data.imagenet import classes
from alexnet.errors import DataError
from alexnet.trained.predictor import Predictor
from alexnet.weights import conversion
from alexnet.weights.catalogue import published
from alexnet.weights.readers import onnx as reader
from tests.weights import foreign


def file(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.SerializeToString())
    return [path]


def small(*nodes, arrays=(), output="out", opset=13):
    """A model of these nodes."""
    constants = [numpy_helper.from_array(array, name) for name, array in arrays]
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, None)
    answer = helper.make_tensor_value_info(output, TensorProto.FLOAT, None)
    graph = helper.make_graph(list(nodes), "test", [image], [answer], constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)


WEIGHT = np.arange(2 * 3 * 2 * 2, dtype=np.float32).reshape(2, 3, 2, 2)
BIAS = np.array([1, 2], np.float32)


@pytest.mark.parametrize("matmul", [False, True])
@pytest.mark.parametrize(("per_channel", "pairs"), [(False, False), (True, False), (False, True)])
def test_quantized_weights_are_scale_times_q_less_the_zero_point(matmul, per_channel, pairs, tmp_path):
    entry = foreign.narrow(published("onnx_int8"), units=16, classes=10)
    drawn = foreign.drawn(entry.network, 9216)
    content = foreign.quantized(
        foreign.graph(entry.network, drawn, matmul=matmul), per_channel=per_channel, pairs=pairs
    )
    model = onnx.load_from_string(content)
    stored = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    found = reader.read(file(tmp_path / "a.onnx", content))
    names = {f"conv{n}_w_0": f"conv.{n}" for n in range(1, 6)}
    names |= {f"fc{n}_w_0{'_turned' if matmul else ''}": f"dense.{n - 5}" for n in range(6, 9)}
    assert len(found) == 16
    for name, layer in names.items():
        q, scale, zero = (stored[f"{name}_{part}"] for part in ("quantized", "scale", "zero_point"))
        assert q.dtype == np.int8
        if np.ndim(scale):
            along = -1 if matmul and q.ndim == 2 else 0
            scale, zero = (
                np.expand_dims(one, [axis for axis in range(q.ndim) if axis != along % q.ndim])
                for one in (scale, zero)
            )
        expected = scale * (q.astype(np.float64) - zero)
        expected = expected.T if matmul and q.ndim == 2 else expected
        np.testing.assert_allclose(found[f"{layer}/weight"], expected, rtol=1e-6)
        row = name[: name.index("_")]
        error = np.abs(found[f"{layer}/bias"] - drawn[row][1]).max()
        assert error < 0.02 * np.abs(drawn[row][1]).max()


def test_the_whole_numbers_network_answers_mostly_as_onnx_runtime_does_with_whole_activations(tmp_path):
    entry = foreign.narrow(published("onnx_int8"), classes=20)
    pairs = foreign.drawn(entry.network, 9216)
    (path,) = foreign.files(entry, tmp_path, pairs)
    images = np.random.default_rng(3).normal(0, 60, (12, 224, 224, 3)).astype(np.float32)
    session = onnxruntime.InferenceSession(path)
    expected = [
        session.run(None, {"image": np.ascontiguousarray(one.transpose(2, 0, 1))[None]})[0].argmax()
        for one in images
    ]
    found = conversion.read(entry, [path])
    ours = Predictor(entry.network, found, classes()[:20], entry.preparation).softmax(images).argmax(axis=1)
    agreed = float((ours == np.array(expected)).mean())
    assert agreed >= 0.5, agreed  # of twenty classes, chance agrees once in twenty


@pytest.mark.parametrize("kind", ["raw", "typed", "half", "double", "node"])
def test_every_way_to_hold_numbers_is_read(kind, tmp_path):
    conv = helper.make_node("Conv", ["image", "w", "b"], ["out"])
    weight = numpy_helper.from_array(WEIGHT, "w")
    tolerance = 0.0
    if kind == "typed":
        weight = helper.make_tensor("w", TensorProto.FLOAT, WEIGHT.shape, WEIGHT.ravel().tolist())
    elif kind == "half":
        weight = helper.make_tensor("w", TensorProto.FLOAT16, WEIGHT.shape, WEIGHT.astype("f2").ravel())
    elif kind == "double":
        weight = numpy_helper.from_array(WEIGHT.astype("f8"), "w")
    nodes = [conv]
    if kind == "node":
        nodes = [helper.make_node("Constant", [], ["w"], value=weight), conv]
    model = small(*nodes, arrays=[("b", BIAS)])
    if kind != "node":
        model.graph.initializer.append(weight)
    found = reader.read(file(tmp_path / "a.onnx", model))
    np.testing.assert_allclose(found["conv.1/weight"], WEIGHT, atol=tolerance)
    assert found["conv.1/bias"].tolist() == [1, 2]


def test_dense_weights_come_out_first_however_they_are_multiplied(tmp_path):
    dense = np.arange(6, dtype=np.float32).reshape(2, 3)  # out, in
    for name, node, array in (
        ("gemm", helper.make_node("Gemm", ["image", "w", "b"], ["out"], transB=1), dense),
        ("turned", helper.make_node("Gemm", ["image", "w", "b"], ["out"]), dense.T.copy()),
        ("half", helper.make_node("Gemm", ["image", "w", "b"], ["out"], transB=1, alpha=0.5), 2 * dense),
    ):
        model = small(node, arrays=[("w", array), ("b", BIAS)])
        found = reader.read(file(tmp_path / f"{name}.onnx", model))
        assert found["dense.1/weight"].tolist() == dense.tolist()


def test_an_array_that_no_layer_reads_is_left_over_and_named(tmp_path):
    conv = helper.make_node("Conv", ["image", "w", "b"], ["out"])
    model = small(conv, arrays=[("w", WEIGHT), ("b", BIAS), ("stray", BIAS)])
    assert reader.read(file(tmp_path / "a.onnx", model)).keys() == {"conv.1/weight", "conv.1/bias", "stray"}


def refused(path) -> tuple[str, dict]:
    with pytest.raises(DataError) as caught:
        reader.read([path])
    return caught.value.id, caught.value.values


def test_a_file_with_external_data_is_refused_and_the_other_file_is_not_opened(tmp_path):
    conv = helper.make_node("Conv", ["image", "w", "b"], ["out"])
    model = small(conv, arrays=[("w", np.ones((64, 3, 11, 11), np.float32)), ("b", BIAS)])
    path = tmp_path / "a.onnx"
    onnx.save_model(model, path, save_as_external_data=True, location="secret.bin", size_threshold=64)
    assert (tmp_path / "secret.bin").is_file()
    id, values = refused(path)
    assert id == "foreign_elsewhere" and values["name"] == "w"


def test_huge_declared_shapes_and_too_few_bytes_are_refused(tmp_path):
    conv = helper.make_node("Conv", ["image", "w", "b"], ["out"])
    for dims, expected in (
        ([2**20, 2**20], "foreign_too_large"),
        ([-1, 4], "foreign_damaged"),
        ([3, 3], "foreign_damaged"),
    ):
        model = small(conv, arrays=[("b", BIAS)])
        made = model.graph.initializer.add(name="w", data_type=TensorProto.FLOAT, raw_data=bytes(16))
        made.dims.extend(dims)
        assert refused(file(tmp_path / "a.onnx", model)[0])[0] == expected


def test_ten_thousand_arrays_or_nodes_are_refused(tmp_path):
    conv = helper.make_node("Conv", ["image", "w", "b"], ["out"])
    many = small(conv, arrays=[(f"a{number}", BIAS) for number in range(10_000)])
    assert refused(file(tmp_path / "a.onnx", many)[0])[0] == "foreign_too_many"
    nodes = [helper.make_node("Relu", [f"x{number}"], [f"x{number + 1}"]) for number in range(10_000)]
    assert refused(file(tmp_path / "a.onnx", small(conv, *nodes))[0])[0] == "foreign_too_many"


@pytest.mark.parametrize("share", [0, 0.01, 0.3, 0.7, 0.999])
def test_a_file_that_is_cut_off_is_refused(share, tmp_path):
    conv = helper.make_node("Conv", ["image", "w", "b"], ["out"])
    content = small(conv, arrays=[("w", WEIGHT), ("b", BIAS)]).SerializeToString()
    path = tmp_path / "a.onnx"
    path.write_bytes(content[: int(share * len(content))])
    assert refused(path)[0] == "foreign_damaged"


def test_channels_last_before_the_dense_layers_is_refused_as_its_weights_lie_in_another_order(tmp_path):
    nodes = [
        helper.make_node("Transpose", ["image"], ["turned"], perm=[0, 2, 3, 1]),
        helper.make_node("Flatten", ["turned"], ["flat"]),
        helper.make_node("Gemm", ["flat", "w", "b"], ["out"]),
    ]
    model = small(*nodes, arrays=[("w", np.ones((3, 2), np.float32)), ("b", BIAS)])
    assert refused(file(tmp_path / "a.onnx", model)[0])[0] == "foreign_damaged"
