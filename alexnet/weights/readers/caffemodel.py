"""Caffe's ``.caffemodel``: a protocol buffer, of whose fields those are declared here that hold weights.

Field numbers: BVLC/caffe, ``src/caffe/proto/caffe.proto``. ``BlobProto.data`` is declared there as packed
floats, which lie in the file as a run of bytes: declared as bytes, they are taken as they lie instead of one
Python number each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError
from numpy.typing import NDArray

from alexnet.weights.readers.limits import check_count, check_shape, content, damaged

_FIELDS: dict[str, tuple[tuple[str, int, str, bool], ...]] = {
    "BlobShape": (("dim", 1, "int64", True),),
    "BlobProto": (
        ("num", 1, "int32", False),
        ("channels", 2, "int32", False),
        ("height", 3, "int32", False),
        ("width", 4, "int32", False),
        ("data", 5, "bytes", True),
        ("shape", 7, "BlobShape", False),
    ),
    "V1LayerParameter": (("name", 4, "string", False), ("blobs", 6, "BlobProto", True)),
    "LayerParameter": (("name", 1, "string", False), ("blobs", 7, "BlobProto", True)),
    "NetParameter": (
        ("name", 1, "string", False),
        ("layers", 2, "V1LayerParameter", True),
        ("layer", 100, "LayerParameter", True),
    ),
}
"""Of each message: its fields' names, numbers and types, and whether they are repeated."""


def read(paths: Sequence[Path]) -> dict[str, NDArray[np.float32]]:
    """``conv1/weight`` and ``conv1/bias`` of each layer that has weights, in Caffe's order.

    Raises:
        DataError: weights_missing, foreign_too_large, foreign_too_many or foreign_damaged.
    """
    (path,) = paths
    net = _message("NetParameter")()
    try:
        net.ParseFromString(content(path))
    except DecodeError:
        raise damaged(path, "protobuf") from None
    found: dict[str, NDArray[np.float32]] = {}
    for layer in (*net.layers, *net.layer):
        for part, blob in zip(_parts(), layer.blobs, strict=False):
            found[f"{layer.name}/{part}"] = _array(path, blob)
            check_count(path, len(found))
    if not found:
        raise damaged(path, "NetParameter")
    return found


def _parts() -> Iterator[str]:
    yield "weight"
    yield "bias"
    for number in range(2, 20):
        yield str(number)


def _array(path: Path, blob: Any) -> NDArray[np.float32]:
    if blob.HasField("shape"):
        shape = tuple(blob.shape.dim)
    else:  # files of before 2014 have four axes always, with ones in front
        shape = (blob.num, blob.channels, blob.height, blob.width)
        while len(shape) > 1 and shape[0] == 1:
            shape = shape[1:]
    check_shape(path, shape)
    data = b"".join(blob.data)
    if len(data) != 4 * int(np.prod(shape, dtype=np.int64)):
        raise damaged(path, f"{len(data)} bytes, {shape}")
    return np.frombuffer(data, "<f4").reshape(shape)


@cache
def _message(name: str) -> Any:
    pool = descriptor_pool.DescriptorPool()
    file = descriptor_pb2.FileDescriptorProto(name="caffe_weights.proto", package="caffe", syntax="proto2")
    kinds = descriptor_pb2.FieldDescriptorProto
    for message, fields in _FIELDS.items():
        made = file.message_type.add(name=message)
        for field, number, kind, repeated in fields:
            label = kinds.LABEL_REPEATED if repeated else kinds.LABEL_OPTIONAL
            one = made.field.add(name=field, number=number, label=label)
            if kind in _FIELDS:
                one.type, one.type_name = kinds.TYPE_MESSAGE, f".caffe.{kind}"
            else:
                one.type = getattr(kinds, f"TYPE_{kind.upper()}")
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"caffe.{name}"))
