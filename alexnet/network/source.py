"""A network as Keras code that runs alone: no import of ours, the same layers, names, shapes and parameters.

The rows decide everything, as in ``alexnet.network.build``; both are held against each other in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator

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
)
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
    shapes = trace(network)
    has_lrn = any(isinstance(row, LocalResponseNormalization) for row in network.rows)
    lines = [
        f'"""The network "{network.id}" as Keras code, written from its table of layers."""',
        "",
        "import keras",
        "from keras import layers",
        "from keras.initializers import Constant, RandomNormal",
    ]
    if has_lrn:
        lines += ["", *_LRN.rstrip("\n").split("\n")]
    side = network.size
    lines += ["", "", f'image = keras.Input(({side}, {side}, {network.channels}), name="image")']
    writer = _Writer()
    for shape in shapes:
        lines += [f"# {shape.row.name}: {_sizes(shape)}", *writer.row(shape)]
    lines += [
        *writer.joined("output_joined"),
        f'model = keras.Model(image, {writer.streams[0]}, name="{network.id}")',
    ]
    lines += ["", 'if __name__ == "__main__":', "    model.summary()", ""]
    return "\n".join(lines)


def _sizes(shape: LayerShape) -> str:
    before, after = ("x".join(str(side) for side in size) for size in (shape.input, shape.output))
    return f"{before} -> {after}, {shape.parameters:,} parameters"


class _Writer:
    """Writes row after row, and knows the variables that hold what each tower's last layer gave."""

    def __init__(self) -> None:
        self.streams = ["image"]

    def row(self, shape: LayerShape) -> Iterator[str]:
        """The lines of one row."""
        row = shape.row
        match row:
            case Convolution():
                yield from self._convolution(row, shape)
            case Dense():
                yield from self._dense(row, shape)
            case Pooling():
                yield from self._pooling(row, shape)
            case Flatten():
                if row.reads == "all":
                    yield from self.joined(f"{row.name}_joined")
                yield from self._each(row.name, "layers.Flatten({name})")
            case GlobalAveragePooling():
                yield from self._each(row.name, "layers.GlobalAveragePooling2D({name})")
            case Dropout():
                yield from self._each(row.name, f"layers.Dropout({row.rate!r}, {{name}})")
            case LocalResponseNormalization():
                yield from self._normalization(row)
            case BatchNormalization():
                yield from self._each(row.name, "layers.BatchNormalization(momentum=0.9, {name})")
                if row.activation is not None:
                    call = f'layers.Activation("{row.activation}", {{name}})'
                    yield from self._each(f"{row.name}_{row.activation}", call)

    def joined(self, name: str) -> Iterator[str]:
        """One stream of all towers."""
        if len(self.streams) > 1:
            yield f'{name} = layers.Concatenate(name="{name}")([{", ".join(self.streams)}])'
            self.streams = [name]

    def _each(self, name: str, call: str) -> Iterator[str]:
        """The same layer on every stream; ``{name}`` in the call is the layer's name."""
        made = []
        for tower, stream in enumerate(self.streams, start=1):
            own = _tower(name, tower, len(self.streams))
            yield _call(own, call.format(name=_named(own)), stream)
            made.append(own)
        self.streams = made

    def _towers(self, row: Convolution | Dense) -> Iterator[str]:
        """Give every tower of a row the stream that it reads."""
        if row.reads == "own" and len(self.streams) == row.towers:
            return
        yield from self.joined(f"{row.name}_joined")
        self.streams *= row.towers

    def _convolution(self, row: Convolution, shape: LayerShape) -> Iterator[str]:
        along = shape.windows
        assert along is not None and shape.kernel_shape is not None
        yield from self._towers(row)
        begin, end = along.begin, along.end + along.overhang
        if begin or end:
            call = f"layers.ZeroPadding2D((({begin}, {end}), ({begin}, {end})), {{name}})"
            yield from self._each(f"{row.name}_pad", call)
        settings = [str(shape.kernel_shape[-1]), str(row.kernel)]
        if row.stride != 1:
            settings.append(f"strides={row.stride}")
        yield from self._each(row.name, f"layers.Conv2D({', '.join([*settings, *_weights(row)])}, {{name}})")

    def _normalization(self, row: LocalResponseNormalization) -> Iterator[str]:
        constants = f"n={row.n}, k={row.k!r}, alpha={row.alpha!r}, beta={row.beta!r}"
        towers = len(self.streams) if row.reads == "all" else 1
        if towers > 1:
            yield from self.joined(f"{row.name}_joined")
        yield from self._each(row.name, f"LocalResponseNormalization({constants}, {{name}})")
        if towers > 1:
            halves = [_tower(row.name, tower, towers) for tower in range(1, towers + 1)]
            yield f"{', '.join(halves)} = keras.ops.split({row.name}, {towers}, axis=-1)"
            self.streams = halves

    def _dense(self, row: Dense, shape: LayerShape) -> Iterator[str]:
        assert shape.kernel_shape is not None
        yield from self._towers(row)
        settings = ", ".join([str(shape.kernel_shape[-1]), *_weights(row)])
        yield from self._each(row.name, f"layers.Dense({settings}, {{name}})")

    def _pooling(self, row: Pooling, shape: LayerShape) -> Iterator[str]:
        along = shape.windows
        assert along is not None
        if over := along.overhang:
            # What hangs over the edge must never be the maximum.
            edge = f"[(0, 0), (0, {over}), (0, {over}), (0, 0)]"
            made = []
            for tower, stream in enumerate(self.streams, start=1):
                own = _tower(f"{row.name}_pad", tower, len(self.streams))
                yield f'{own} = keras.ops.pad({stream}, {edge}, constant_values=float("-inf"))'
                made.append(own)
            self.streams = made
        yield from self._each(row.name, f"layers.MaxPooling2D({row.size}, {row.stride}, {{name}})")


def _call(variable: str, layer: str, stream: str) -> str:
    """One layer on one stream, in three lines where one would be too long."""
    line = f"{variable} = {layer}({stream})"
    if len(line) <= _WIDTH:
        return line
    maker, _, settings = layer.partition("(")
    return f"{variable} = {maker}(\n    {settings.removesuffix(')')}\n)({stream})"


def _weights(row: Convolution | Dense) -> list[str]:
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
