"""Rows in, numbers out: output sizes, parameters, multiply-accumulates, fan-in, receptive fields.

The size formula, for each axis of a convolution or pooling::

    output = round((input - kernel + 2 * padding) / stride) + 1

What ``round`` does with a fraction is a rule of its own. Caffe's convolution, PyTorch and TensorFlow's
``valid`` round down, and the pixels left over are never looked at. The 2012 code rounds up (``layer.py``:
``modulesX = 1 + ceil(...)``), and the last window hangs over the right and bottom edge. TensorFlow's
``same`` pads so that the output is ``ceil(input / stride)``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import singledispatch
from math import ceil, floor, prod
from typing import Literal

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
    Round,
    Rounding,
    Row,
    Weighted,
)
from alexnet.architecture.kinds import unknown
from alexnet.errors import ShapeError


@dataclass(frozen=True)
class Windows:
    """Where the windows of one layer stand along one axis, in pixels.

    Attributes:
        input: Pixels before padding.
        kernel: Pixels of one window.
        stride: Pixels from one window to the next.
        begin: Zeros put before the first pixel.
        end: Zeros put after the last pixel by ``padding``; the overhang is not counted.
        quotient: (input - kernel + begin + end) / stride, before rounding.
        output: Number of windows.
        overhang: Pixels by which the last window hangs over the padded end (rounding up).
        unused: Pixels of the padded input after the last window that no window sees (rounding down).
    """

    input: int
    kernel: int
    stride: int
    begin: int
    end: int
    quotient: Fraction
    output: int
    overhang: int
    unused: int


@dataclass(frozen=True)
class LayerShape:
    """One row with its computed numbers, all towers together unless said otherwise.

    Attributes:
        row: The row itself.
        input: Shape that enters, (height, width, maps) or (units,).
        output: Shape that leaves.
        streams: How many towers' outputs lie side by side after this row: 1 or the row's towers.
        reads: Maps (or units) that one kernel of one tower sees; 0 for a row without weights.
        windows: The windows along one axis, for convolution and pooling.
        kernel_shape: One tower's weights in Keras's order, (height, width, reads, maps) or (reads, units).
        parameters: Weights and biases; for batch normalization the four numbers per map that Keras counts.
        multiply_accumulates: Products that are added up for one image; biases are not counted.
        receptive_field: Side in input pixels of the square that one output value can see.
        effective_stride: Input pixels between the squares of two neighbouring output values.
    """

    row: Row
    input: tuple[int, ...]
    output: tuple[int, ...]
    streams: int
    reads: int = 0
    windows: Windows | None = None
    kernel_shape: tuple[int, ...] | None = None
    parameters: int = 0
    multiply_accumulates: int = 0
    receptive_field: int = 1
    effective_stride: int = 1

    @property
    def fan_in(self) -> int | None:
        """Inputs of one unit: kernel height x width x maps read. None for a row without weights."""
        return None if self.kernel_shape is None else prod(self.kernel_shape[:-1])

    @property
    def fan_out(self) -> int | None:
        """Kernel height x width x maps of one tower, or units of one tower. None without weights."""
        shape = self.kernel_shape
        return None if shape is None else prod(shape[:-2]) * shape[-1]


def windows(
    size: int, kernel: int, stride: int, padding: int | Literal["same"] = 0, rounding: Round = "down"
) -> Windows:
    """Apply the size formula along one axis.

    A window that would begin behind the padded image (possible only when the stride is larger than the
    kernel) is not counted, as in Caffe's ``pooling_layer.cpp``.

    Raises:
        ShapeError: A number is out of range, or the kernel is larger than the padded input.
    """
    for name, value, least in (("kernel", kernel, 1), ("stride", stride, 1), ("size", size, 1)):
        if value < least:
            raise ShapeError("number_too_small", name=name, value=value, least=least)
    if padding == "same":
        output = ceil(size / stride)
        total = max((output - 1) * stride + kernel - size, 0)
        begin, end = total // 2, total - total // 2
        quotient = Fraction(size + total - kernel, stride)
    else:
        if padding < 0:
            raise ShapeError("number_too_small", name="padding", value=padding, least=0)
        begin = end = padding
        if kernel > size + 2 * padding:
            raise ShapeError("kernel_larger_than_input", size=size, padding=padding, kernel=kernel)
        quotient = Fraction(size - kernel + 2 * padding, stride)
        steps = floor(quotient) if rounding == "down" else ceil(quotient)
        if steps * stride >= size + 2 * padding:
            steps -= 1
        output = steps + 1
    reach = (output - 1) * stride + kernel - (size + begin + end)
    return Windows(size, kernel, stride, begin, end, quotient, output, max(reach, 0), max(-reach, 0))


def trace(network: Network) -> tuple[LayerShape, ...]:
    """All rows of a network with their numbers.

    Raises:
        ShapeError: A row does not fit; its ``values`` name the layer.
    """
    return tuple(_steps(network))


def trace_until_failure(network: Network) -> tuple[tuple[LayerShape, ...], ShapeError | None]:
    """The rows up to the first that does not fit, and why it does not (None when all fit)."""
    done: list[LayerShape] = []
    try:
        for step in _steps(network):
            done.append(step)
    except ShapeError as error:
        return tuple(done), error
    return tuple(done), None


def least_size(network: Network) -> int:
    """The smallest image, pixels a side, that every row of the network fits on."""
    size = 1
    while trace_until_failure(replace(network, size=size))[1] is not None:
        size += 1
    return size


def parameters(network: Network) -> int:
    """All weights and biases of a network."""
    return sum(layer.parameters for layer in trace(network))


def multiply_accumulates(network: Network) -> int:
    """All multiply-accumulates of a network for one image."""
    return sum(layer.multiply_accumulates for layer in trace(network))


def _steps(network: Network) -> Iterator[LayerShape]:
    shape: tuple[int, ...] = (network.size, network.size, network.channels)
    streams, field, jump = 1, 1, 1
    for row in network.rows:
        try:
            layer = step(row, shape, streams, network.rounding)
        except ShapeError as error:
            # The layer's name belongs to every shape error: the table explains it at that row.
            raise ShapeError(error.id, **{"layer": row.name, **error.values}) from None
        if layer.windows is not None:
            field += (layer.windows.kernel - 1) * jump
            jump *= layer.windows.stride
        elif len(layer.output) == 1:  # places in the image are told apart no longer
            field, jump = network.size, network.size
        yield LayerShape(**{**vars(layer), "receptive_field": field, "effective_stride": jump})
        shape, streams = layer.output, layer.streams


@singledispatch
def step(row: Row, shape: tuple[int, ...], streams: int, rounding: Rounding) -> LayerShape:
    """One row's own numbers; what it sees of the image is added by ``trace``.

    Args:
        row: Of any kind that has been registered here.
        shape: What enters: (height, width, maps) or (units,).
        streams: How many towers' outputs lie side by side in it.
        rounding: The network's rules.

    Raises:
        ShapeError: The row does not fit what enters.
        NotImplementedError: The row is of another kind.
    """
    raise unknown(row)


@step.register
def _convolution(row: Convolution, shape: tuple[int, ...], streams: int, rounding: Rounding) -> LayerShape:
    _needs_maps(shape)
    along = windows(shape[0], row.kernel, row.stride, row.padding, rounding.convolution)
    reads = _reads(row, shape[2], streams)
    maps = _split(row.maps, row.towers)
    kernel_shape = (row.kernel, row.kernel, reads, maps)
    weights = prod(kernel_shape) * row.towers
    return LayerShape(
        row,
        shape,
        (along.output, along.output, row.maps),
        streams=row.towers,
        reads=reads,
        windows=along,
        kernel_shape=kernel_shape,
        parameters=weights + row.maps,
        multiply_accumulates=weights * along.output**2,
    )


@step.register
def _pooling(row: Pooling, shape: tuple[int, ...], streams: int, rounding: Rounding) -> LayerShape:
    _needs_maps(shape)
    along = windows(shape[0], row.size, row.stride, 0, rounding.of(row))
    return LayerShape(row, shape, (along.output, along.output, shape[2]), streams, windows=along)


@step.register
def _global_average(
    row: GlobalAveragePooling, shape: tuple[int, ...], streams: int, rounding: Rounding
) -> LayerShape:
    _needs_maps(shape)
    return LayerShape(row, shape, (shape[2],), streams)


@step.register
def _batch_normalization(
    row: BatchNormalization, shape: tuple[int, ...], streams: int, rounding: Rounding
) -> LayerShape:
    return LayerShape(row, shape, shape, streams, parameters=4 * shape[-1])


@step.register
def _unchanged(
    row: LocalResponseNormalization | Dropout, shape: tuple[int, ...], streams: int, rounding: Rounding
) -> LayerShape:
    return LayerShape(row, shape, shape, streams)


@step.register
def _flatten(row: Flatten, shape: tuple[int, ...], streams: int, rounding: Rounding) -> LayerShape:
    _needs_maps(shape)
    return LayerShape(row, shape, (prod(shape),), streams if row.reads == "own" else 1)


@step.register
def _dense(row: Dense, shape: tuple[int, ...], streams: int, rounding: Rounding) -> LayerShape:
    if len(shape) != 1:
        raise ShapeError("needs_flatten", shape=" x ".join(map(str, shape)))
    reads = _reads(row, shape[0], streams)
    kernel_shape = (reads, _split(row.units, row.towers))
    weights = prod(kernel_shape) * row.towers
    return LayerShape(
        row,
        shape,
        (row.units,),
        streams=row.towers,
        reads=reads,
        kernel_shape=kernel_shape,
        parameters=weights + row.units,
        multiply_accumulates=weights,
    )


def _reads(row: Weighted, width: int, streams: int) -> int:
    """Only a row with as many towers as the row before it can keep to its own."""
    return width // streams if row.reads == "own" and row.towers == streams else width


def _split(width: int, towers: int) -> int:
    if towers < 1 or width < 1:
        raise ShapeError("number_too_small", name="maps", value=min(width, towers), least=1)
    if width % towers:
        raise ShapeError("maps_do_not_divide", maps=width, towers=towers)
    return width // towers


def _needs_maps(shape: tuple[int, ...]) -> None:
    if len(shape) != 3:
        raise ShapeError("needs_maps", units=shape[0])


def seen_by(layers: Sequence[LayerShape], name: str, place: int) -> tuple[int, int]:
    """Which input pixels, along one axis, an output value can see.

    Args:
        layers: As ``trace`` gives them.
        name: The layer's.
        place: Of the value along the axis, from 0; of no matter behind a dense layer, which sees all.

    Returns:
        The first pixel and the one after the last. Where padding is seen they lie outside the picture.
    """
    before = list(layers)
    while before[-1].row.name != name:
        before.pop()
    begin, end = place, place + 1
    for layer in reversed(before):
        if len(layer.output) == 1:
            return 0, layers[0].input[0]
        if layer.windows is not None:
            along = layer.windows
            end = (end - 1) * along.stride + along.kernel - along.begin
            begin = begin * along.stride - along.begin
    return begin, end
