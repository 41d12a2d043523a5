"""A network as Keras code that runs alone: no import of ours, the same layers, names, shapes and parameters.

The rows decide everything, as in ``alexnet.network.build``; both are held against each other in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

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
from alexnet.architecture.shapes import LayerShape, trace
from alexnet.numerics.initializers import initializer

_WIDTH = 100  # characters of a line

_LRN = '''
class LocalResponseNormalization(keras.layers.Layer):
    """Divide each value by (k + alpha * sum of squares over n neighbouring maps) ** beta.

    Krizhevsky, Sutskever and Hinton 2012, section 3.3. Keras has no such layer.
    """

    def __init__(self, n=5, k=2.0, alpha=2e-5, beta=0.75, **kwargs):
        super().__init__(**kwargs)
        self.n, self.k, self.alpha, self.beta = n, k, alpha, beta

    def call(self, inputs):
        reach = self.n // 2
        squares = keras.ops.pad(keras.ops.square(inputs), [(0, 0), (0, 0), (0, 0), (reach, reach)])
        maps = inputs.shape[-1]
        near = sum(squares[..., shift : shift + maps] for shift in range(self.n))
        return inputs / (self.k + self.alpha * near) ** self.beta

    def get_config(self):
        constants = {"n": self.n, "k": self.k, "alpha": self.alpha, "beta": self.beta}
        return {**super().get_config(), **constants}

'''


def keras_source(network: Network) -> str:
    """Python code that builds the network with Keras 3: run it, and ``model`` is there.

    Raises:
        ShapeError: A row does not fit.
    """
    writer, built = Writer(), []
    for shape in trace(network):
        built += [f"# {shape.row.name}: {_sizes(shape)}", *code(shape.row, shape, writer)]
    built += writer.joined("output_joined")
    lines = [
        f'"""The network "{network.id}" as Keras code, written from its table of layers."""',
        "",
        "import keras",
        "from keras import layers",
        "from keras.initializers import Constant, RandomNormal",
    ]
    for layer in writer.layers:
        lines += ["", *layer.rstrip("\n").split("\n")]
    side = network.size
    lines += ["", "", f'image = keras.Input(({side}, {side}, {network.channels}), name="image")', *built]
    lines += [f'model = keras.Model(image, {writer.streams[0]}, name="{network.id}")']
    lines += ["", 'if __name__ == "__main__":', "    model.summary()", ""]
    return "\n".join(lines)


def _sizes(shape: LayerShape) -> str:
    before, after = ("x".join(str(side) for side in size) for size in (shape.input, shape.output))
    return f"{before} -> {after}, {shape.parameters:,} parameters"


class Writer:
    """What is known while rows are written one after another.

    Attributes:
        streams: The variables that hold what each tower's last layer gave, or what the joined towers' gave.
        layers: The code of the layers that Keras does not have.
    """

    def __init__(self) -> None:
        self.streams = ["image"]
        self.layers: list[str] = []

    def needs(self, layer: str) -> None:
        """Have the code of such a layer written before the network, once."""
        if layer not in self.layers:
            self.layers.append(layer)

    def joined(self, name: str) -> Iterator[str]:
        """One stream of all towers."""
        if len(self.streams) > 1:
            yield f'{name} = layers.Concatenate(name="{name}")([{", ".join(self.streams)}])'
            self.streams = [name]

    def each(self, name: str, call: str) -> Iterator[str]:
        """The same layer on every stream; ``{name}`` in the call is the layer's name."""
        made = []
        for tower, stream in enumerate(self.streams, start=1):
            own = _tower(name, tower, len(self.streams))
            yield _call(own, call.format(name=_named(own)), stream)
            made.append(own)
        self.streams = made

    def towers(self, row: Weighted) -> Iterator[str]:
        """Give every tower of a row the stream that it reads."""
        if row.reads == "own" and len(self.streams) == row.towers:
            return
        yield from self.joined(f"{row.name}_joined")
        self.streams *= row.towers


@singledispatch
def code(row: Row, shape: LayerShape, writer: Writer) -> Iterator[str]:
    """The lines of one row, for which the writer's streams become the row's own.

    Args:
        row: Of any kind that has been registered here.
        shape: The same row with its numbers.
        writer: As the rows before it left it.

    Raises:
        NotImplementedError: The row is of another kind.
    """
    raise unknown(row)


@code.register
def _convolution(row: Convolution, shape: LayerShape, writer: Writer) -> Iterator[str]:
    along = shape.windows
    assert along is not None and shape.kernel_shape is not None
    yield from writer.towers(row)
    begin, end = along.begin, along.end + along.overhang
    if begin or end:
        call = f"layers.ZeroPadding2D((({begin}, {end}), ({begin}, {end})), {{name}})"
        yield from writer.each(f"{row.name}_pad", call)
    settings = [str(shape.kernel_shape[-1]), str(row.kernel)]
    if row.stride != 1:
        settings.append(f"strides={row.stride}")
    yield from writer.each(row.name, f"layers.Conv2D({', '.join([*settings, *_weights(row)])}, {{name}})")


@code.register
def _dense(row: Dense, shape: LayerShape, writer: Writer) -> Iterator[str]:
    assert shape.kernel_shape is not None
    yield from writer.towers(row)
    settings = ", ".join([str(shape.kernel_shape[-1]), *_weights(row)])
    yield from writer.each(row.name, f"layers.Dense({settings}, {{name}})")


@code.register
def _pooling(row: Pooling, shape: LayerShape, writer: Writer) -> Iterator[str]:
    along = shape.windows
    assert along is not None
    if over := along.overhang:
        # What hangs over the edge must never be the maximum.
        edge = f"[(0, 0), (0, {over}), (0, {over}), (0, 0)]"
        made = []
        for tower, stream in enumerate(writer.streams, start=1):
            own = _tower(f"{row.name}_pad", tower, len(writer.streams))
            yield f'{own} = keras.ops.pad({stream}, {edge}, constant_values=float("-inf"))'
            made.append(own)
        writer.streams = made
    yield from writer.each(row.name, f"layers.MaxPooling2D({row.size}, {row.stride}, {{name}})")


@code.register
def _global_average(row: GlobalAveragePooling, shape: LayerShape, writer: Writer) -> Iterator[str]:
    yield from writer.each(row.name, "layers.GlobalAveragePooling2D({name})")


@code.register
def _local_response_normalization(
    row: LocalResponseNormalization, shape: LayerShape, writer: Writer
) -> Iterator[str]:
    writer.needs(_LRN)
    constants = f"n={row.n}, k={row.k!r}, alpha={row.alpha!r}, beta={row.beta!r}"
    towers = len(writer.streams) if row.reads == "all" else 1
    if towers > 1:
        yield from writer.joined(f"{row.name}_joined")
    yield from writer.each(row.name, f"LocalResponseNormalization({constants}, {{name}})")
    if towers > 1:
        halves = [_tower(row.name, tower, towers) for tower in range(1, towers + 1)]
        yield f"{', '.join(halves)} = keras.ops.split({row.name}, {towers}, axis=-1)"
        writer.streams = halves


@code.register
def _batch_normalization(row: BatchNormalization, shape: LayerShape, writer: Writer) -> Iterator[str]:
    settings = [f"momentum={row.momentum!r}"]
    if row.epsilon != 1e-3:  # Keras's own
        settings.append(f"epsilon={row.epsilon!r}")
    yield from writer.each(row.name, f"layers.BatchNormalization({', '.join(settings)}, {{name}})")
    if row.activation is not None:
        call = f'layers.Activation("{row.activation}", {{name}})'
        yield from writer.each(f"{row.name}_{row.activation}", call)


@code.register
def _flatten(row: Flatten, shape: LayerShape, writer: Writer) -> Iterator[str]:
    if row.reads == "all":
        yield from writer.joined(f"{row.name}_joined")
    yield from writer.each(row.name, "layers.Flatten({name})")


@code.register
def _dropout(row: Dropout, shape: LayerShape, writer: Writer) -> Iterator[str]:
    yield from writer.each(row.name, f"layers.Dropout({row.rate!r}, {{name}})")


def _call(variable: str, layer: str, stream: str) -> str:
    """One layer on one stream, in three lines where one would be too long."""
    line = f"{variable} = {layer}({stream})"
    if len(line) <= _WIDTH:
        return line
    maker, _, settings = layer.partition("(")
    return f"{variable} = {maker}(\n    {settings.removesuffix(')')}\n)({stream})"


def _weights(row: Weighted) -> list[str]:
    start = f"RandomNormal(stddev={row.std!r})" if row.std is not None else f'"{row.initializer}"'
    if row.std is None and (value := initializer(row.initializer).value):
        start = f"Constant({value!r})"  # Keras's name alone would mean 0
    settings = [] if row.activation is None else [f'activation="{row.activation}"']
    settings.append(f"kernel_initializer={start}")
    if row.bias:
        settings.append(f"bias_initializer=Constant({row.bias!r})")
    return settings


def _tower(name: str, tower: int, towers: int) -> str:
    return name if towers == 1 else f"{name}_tower{tower}"


def _named(name: str) -> str:
    return f'name="{name}"'
