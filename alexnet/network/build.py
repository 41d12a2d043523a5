"""Rows to a Keras model, each tower a branch of its own.

Branches and not ``groups=2``: on a processor they train several times as fast (``benchmarks/towers.py``),
and they can be placed on two devices as in the paper. Layers are named after their rows; in a row with two
towers ``conv1_tower1`` and ``conv1_tower2``.
"""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch
from typing import Any

import keras

from alexnet import architecture
from alexnet.architecture import STUDY_NOTE, Network, Row, with_classes
from alexnet.architecture.kinds import unknown
from alexnet.architecture.rows import tower_names
from alexnet.architecture.shapes import LayerShape, Windows, trace
from alexnet.errors import ShapeError
from alexnet.network.initializing import keras_initializer
from alexnet.network.layers import FusedBatchNormalization, LocalResponseNormalization
from alexnet.numerics.initializers import INITIALIZERS

ORDER = "channels_last"
"""(batch, height, width, channel), whatever the machine's Keras settings prefer."""


def AlexNet(  # noqa: N802
    input_shape: tuple[int, int, int] = (227, 227, 3), num_classes: int = 2
) -> keras.Model:
    """The study note's AlexNet: one tower, ReLU, He's initializer, an extra dense layer for the classes.

    Written like a class because the note's is one; ``keras.applications`` names its functions so too.

    Args:
        input_shape: (height, width, channels) of one image, height equal to width: (227, 227, 3) in the note.
        num_classes: Units of the last layer.

    Raises:
        ShapeError: The images are not square, or too small for a layer; it says for which one.
    """
    height, width, channels = input_shape
    if height != width:
        raise ShapeError("image_not_square", height=height, width=width)
    note = replace(with_classes(STUDY_NOTE, num_classes), size=height, channels=channels)
    return build(note, name="AlexNet")


def build(
    network: Network, *, initializer: Any = None, dtype: Any = None, name: str | None = None
) -> keras.Model:
    """Build the Keras model of any network.

    Args:
        network: Its rows, image size and rounding rule.
        initializer: For the weights of every layer, an id of ``alexnet.numerics.initializers`` or a Keras
            initializer; None takes each row's ``std``, or its ``initializer`` where it has none.
            ``"zeros"`` is quick when weights are loaded afterwards.
        dtype: Keras dtype policy of all layers; the output is always float32.
        name: Name of the model, else the network's id.

    Returns:
        A functional model, (batch, size, size, channels) to (batch, classes).

    Raises:
        ShapeError: A row does not fit.
    """
    image = keras.Input((network.size, network.size, network.channels), name="image")
    streams = [image]
    layers = trace(network)
    for layer in layers:
        last = layer is layers[-1]
        streams = keras_outputs(layer.row, layer, streams, initializer, "float32" if last else dtype)
    return keras.Model(image, _joined(streams, "output_joined"), name=name or network.id)


@singledispatch
def keras_outputs(row: Row, layer: LayerShape, streams: list[Any], initializer: Any, dtype: Any) -> list[Any]:
    """Put one row's Keras layers behind what the row before it gave.

    Args:
        row: Of any kind that has been registered here.
        layer: The same row with its numbers.
        streams: The Keras tensor of each tower; or of both, joined.
        initializer: As of ``build``.
        dtype: Keras dtype policy of the layers.

    Returns:
        The row's own tensors, as ``streams``.

    Raises:
        NotImplementedError: The row is of another kind.
    """
    raise unknown(row)


@keras_outputs.register
def _convolution(
    row: architecture.Convolution, layer: LayerShape, streams: list[Any], initializer: Any, dtype: Any
) -> list[Any]:
    along = layer.windows
    assert along is not None and layer.kernel_shape is not None
    outputs = []
    for tower, inputs in enumerate(_inputs(row, streams), start=1):
        name = tower_names(row.name, row.towers)[tower - 1]
        padding = _keras_padding(along)
        if padding is None:
            begin, end = along.begin, along.end + along.overhang
            inputs = keras.layers.ZeroPadding2D(
                ((begin, end), (begin, end)), data_format=ORDER, dtype=dtype, name=f"{name}_pad"
            )(inputs)
        outputs.append(
            keras.layers.Conv2D(
                layer.kernel_shape[-1],
                row.kernel,
                strides=row.stride,
                padding=padding or "valid",
                data_format=ORDER,
                activation=row.activation,
                kernel_initializer=_weights(row, initializer),
                bias_initializer=_constant(row.bias),
                dtype=dtype,
                name=name,
            )(inputs)
        )
    return outputs


@keras_outputs.register
def _dense(
    row: architecture.Dense, layer: LayerShape, streams: list[Any], initializer: Any, dtype: Any
) -> list[Any]:
    assert layer.kernel_shape is not None
    return [
        keras.layers.Dense(
            layer.kernel_shape[-1],
            activation=row.activation,
            kernel_initializer=_weights(row, initializer),
            bias_initializer=_constant(row.bias),
            dtype=dtype,
            name=tower_names(row.name, row.towers)[tower - 1],
        )(inputs)
        for tower, inputs in enumerate(_inputs(row, streams), start=1)
    ]


@keras_outputs.register
def _pooling(
    row: architecture.Pooling, layer: LayerShape, streams: list[Any], initializer: Any, dtype: Any
) -> list[Any]:
    along = layer.windows
    assert along is not None
    if along.overhang:
        # The part of a window that hangs over the edge must never be the maximum.
        edge = ((0, 0), (0, along.overhang), (0, along.overhang), (0, 0))
        streams = [keras.ops.pad(inputs, edge, constant_values=float("-inf")) for inputs in streams]
    return _each(
        streams,
        row.name,
        lambda name: keras.layers.MaxPooling2D(
            row.size, row.stride, data_format=ORDER, dtype=dtype, name=name
        ),
    )


@keras_outputs.register
def _global_average(
    row: architecture.GlobalAveragePooling,
    layer: LayerShape,
    streams: list[Any],
    initializer: Any,
    dtype: Any,
) -> list[Any]:
    return _each(
        streams,
        row.name,
        lambda name: keras.layers.GlobalAveragePooling2D(data_format=ORDER, dtype=dtype, name=name),
    )


@keras_outputs.register
def _lrn(
    row: architecture.LocalResponseNormalization,
    layer: LayerShape,
    streams: list[Any],
    initializer: Any,
    dtype: Any,
) -> list[Any]:
    if row.reads == "all" and len(streams) > 1:
        joined = LocalResponseNormalization(row.n, row.k, row.alpha, row.beta, dtype=dtype, name=row.name)(
            _joined(streams, f"{row.name}_joined")
        )
        return list(keras.ops.split(joined, len(streams), axis=-1))
    return _each(
        streams,
        row.name,
        lambda name: LocalResponseNormalization(row.n, row.k, row.alpha, row.beta, dtype=dtype, name=name),
    )


@keras_outputs.register
def _batch_normalization(
    row: architecture.BatchNormalization, layer: LayerShape, streams: list[Any], initializer: Any, dtype: Any
) -> list[Any]:
    streams = _each(
        streams,
        row.name,
        lambda name: FusedBatchNormalization(
            momentum=row.momentum, epsilon=row.epsilon, dtype=dtype, name=name
        ),
    )
    activation = row.activation
    if activation is None:
        return streams
    return _each(
        streams,
        f"{row.name}_{activation}",
        lambda name: keras.layers.Activation(activation, dtype=dtype, name=name),
    )


@keras_outputs.register
def _dropout(
    row: architecture.Dropout, layer: LayerShape, streams: list[Any], initializer: Any, dtype: Any
) -> list[Any]:
    return _each(streams, row.name, lambda name: keras.layers.Dropout(row.rate, dtype=dtype, name=name))


@keras_outputs.register
def _flatten(
    row: architecture.Flatten, layer: LayerShape, streams: list[Any], initializer: Any, dtype: Any
) -> list[Any]:
    if row.reads == "all":
        streams = [_joined(streams, f"{row.name}_joined")]
    return _each(
        streams, row.name, lambda name: keras.layers.Flatten(data_format=ORDER, dtype=dtype, name=name)
    )


def _inputs(row: architecture.Weighted, streams: list[Any]) -> list[Any]:
    """What each tower of a row reads; the rule is that of ``alexnet.architecture.shapes``."""
    if row.reads == "own" and len(streams) == row.towers:
        return streams
    return [_joined(streams, f"{row.name}_joined")] * row.towers


def _joined(streams: list[Any], name: str) -> Any:
    return streams[0] if len(streams) == 1 else keras.layers.Concatenate(name=name)(streams)


def _each(streams: list[Any], name: str, make: Any) -> list[Any]:
    names = tower_names(name, len(streams))
    return [make(one)(inputs) for one, inputs in zip(names, streams, strict=True)]


def _keras_padding(along: Windows) -> str | None:
    """Keras's own word for the padding, where it has one; it saves a copy of the input."""
    begin, end = along.begin, along.end + along.overhang
    if begin == end == 0:
        return "valid"
    total = max((along.output - 1) * along.stride + along.kernel - along.input, 0)
    same = -(-along.input // along.stride) == along.output and (begin, end) == (
        total // 2,
        total - total // 2,
    )
    return "same" if same else None


def _weights(row: architecture.Weighted, initializer: Any) -> Any:
    if initializer is None and row.std is not None:
        return keras.initializers.RandomNormal(stddev=row.std)
    chosen = row.initializer if initializer is None else initializer
    ours = isinstance(chosen, str) and chosen in {known.id for known in INITIALIZERS}
    return keras_initializer(chosen) if ours else chosen


def _constant(value: float) -> Any:
    return "zeros" if value == 0 else keras.initializers.Constant(value)
