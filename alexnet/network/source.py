"""A network as Keras code that runs alone: no import of ours, the same layers, names, shapes and parameters.

The rows decide everything, as in ``alexnet.network.build``; both are held against each other in the tests.
There are two forms: functional, for any network, and a class, for a network of one tower.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Literal, get_args

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
from alexnet.network.line_breaks import WIDTH, fitted
from alexnet.numerics.initializers import initializer

Form = Literal["functional", "class"]
FORMS: tuple[Form, ...] = get_args(Form)

_LRN = '''
class LocalResponseNormalization(keras.layers.Layer):
    """Divide each value by (k + alpha * sum of squares over n maps around it) ** beta.

    Krizhevsky, Sutskever and Hinton 2012, section 3.3. Keras has no such layer.
    """

    def __init__(self, n=5, k=2.0, alpha=2e-5, beta=0.75, **kwargs):
        super().__init__(**kwargs)
        self.n, self.k, self.alpha, self.beta = n, k, alpha, beta

    def call(self, inputs):
        reach = self.n // 2
        beyond = [(0, 0), (0, 0), (0, 0), (reach, reach)]
        squares = keras.ops.pad(keras.ops.square(inputs), beyond)
        maps = inputs.shape[-1]
        near = sum(squares[..., shift : shift + maps] for shift in range(self.n))
        return inputs / (self.k + self.alpha * near) ** self.beta

    def get_config(self):
        constants = {"n": self.n, "k": self.k, "alpha": self.alpha, "beta": self.beta}
        return {**super().get_config(), **constants}

'''


_PADDING = '''
class PaddingAtTheEnd(keras.layers.Layer):
    """Let the last windows hang over the edge: what lies there is never the maximum."""

    def __init__(self, pixels, **kwargs):
        super().__init__(**kwargs)
        self.pixels = pixels

    def call(self, inputs):
        edge = [(0, 0), (0, self.pixels), (0, self.pixels), (0, 0)]
        return keras.ops.pad(inputs, edge, constant_values=float("-inf"))

    def get_config(self):
        return {**super().get_config(), "pixels": self.pixels}

'''


def forms(network: Network) -> tuple[Form, ...]:
    """The forms in which a network can be written: a Sequential model has one tower."""
    return FORMS if network.towers == 1 else FORMS[:1]


def keras_source(network: Network, form: Form = "functional") -> str:
    """Python code that builds the network with Keras 3: run it, and ``model`` is there.

    Args:
        network: Its rows.
        form: ``functional``, or ``class``: the study note's ``class AlexNet(Sequential)``.

    Raises:
        ShapeError: A row does not fit.
        ValueError: ``class`` of a network with two towers.
    """
    if form not in forms(network):
        raise ValueError(f"form must be one of {forms(network)}, received {form!r}.")
    written = _class(network) if form == "class" else _functional(network)
    body = "\n".join(written)
    head = [f'"""The network "{network.id}" in Keras, written from its table of layers."""', ""]
    head += ["import keras", *_imports("keras", ("Sequential", "layers"), body)]
    head += _imports("keras.initializers", ("Constant", "RandomNormal"), body)
    ending = ["", 'if __name__ == "__main__":', "    model.summary()", "", *_training(network), ""]
    return "\n".join([*head, *written, *ending])


def own_layers(network: Network) -> str:
    """Python code of the layers that the network needs and Keras lacks; it registers them with Keras.

    A ``.keras`` file of ``keras_source``'s model names them by class alone; whoever has run this can load it.

    Raises:
        ShapeError: A row does not fit.
    """
    writer = Writer()
    for shape in trace(network):
        for _ in code(shape.row, shape, writer):  # only its needs count here
            pass
    registered = '@keras.saving.register_keras_serializable(package="network")\nclass '
    lines = "\n".join(writer.own_layers()).replace("class ", registered)
    return (
        f'"""The layers of the network "{network.id}" that Keras does not have."""\n\nimport keras\n{lines}\n'
    )


def _imports(module: str, names: Iterable[str], body: str) -> list[str]:
    """The line that imports those of the names that the code uses."""
    used = [name for name in names if re.search(rf"(?<![.\w]){name}[.()]", body)]
    return [f"from {module} import {', '.join(used)}"] if used else []


def _functional(network: Network) -> list[str]:
    writer, built = Writer(), []
    for shape in trace(network):
        built += [f"# {shape.row.name}: {_sizes(shape)}", *fitted(code(shape.row, shape, writer))]
    built += fitted(writer.joined("output_joined"))
    side = network.size
    return [
        *writer.own_layers(),
        *(("", "") if writer.layers else ("",)),
        f'image = keras.Input(({side}, {side}, {network.channels}), name="image")',
        *built,
        *fitted([f'model = keras.Model(image, {writer.streams[0]}, name="{network.id}")']),
    ]


def _class(network: Network) -> list[str]:
    writer, built = SequentialWriter(), []
    for shape in trace(network):
        lines = list(code(shape.row, shape, writer))
        if shape.row is network.rows[-1] and isinstance(shape.row, Dense):
            lines[-1] = lines[-1].replace(f"Dense({shape.row.units}", "Dense(num_classes")
        built += [f"# {shape.row.name}: {_sizes(shape)}", *fitted(lines, WIDTH - 8)]
    side, last = network.size, network.rows[-1]
    settings = f"input_shape=({side}, {side}, {network.channels})"
    if isinstance(last, Dense):
        settings += f", num_classes={last.units}"
    body = ["super().__init__()", "self.add(keras.Input(input_shape))", *built]
    return [
        *writer.own_layers(),
        *("", ""),
        "class AlexNet(Sequential):",
        '    """A Sequential model in a class, which adds its layers one after another."""',
        "",
        f"    def __init__(self, {settings}):",
        *(f"        {line}" for line in body),
        *("", ""),
        "model = AlexNet()",
    ]


def _training(network: Network) -> list[str]:
    """How it would be trained, as a comment: which pictures is for the reader to say."""
    side = network.size
    return [
        "# To train it on images of shape "
        f"(n, {side}, {side}, {network.channels}) and labels 0, 1, ... of shape (n,):",
        "#",
        "# model.compile(",
        "#     optimizer=keras.optimizers.Adam(0.001),",
        '#     loss="sparse_categorical_crossentropy",',
        '#     metrics=["accuracy"],',
        "# )",
        "# model.fit(images, labels, batch_size=32, epochs=10, validation_split=0.1)",
    ]


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

    def own_layers(self) -> Iterator[str]:
        """The code of the layers that Keras does not have."""
        for layer in self.layers:
            yield from ("", *layer.rstrip("\n").split("\n"))

    def overhanging(self, name: str, pixels: int) -> Iterator[str]:
        """So many pixels at the end of every stream that are never the maximum."""
        edge = f"[(0, 0), (0, {pixels}), (0, {pixels}), (0, 0)]"
        made = []
        for own, stream in zip(tower_names(name, len(self.streams)), self.streams, strict=True):
            yield f'{own} = keras.ops.pad({stream}, {edge}, constant_values=float("-inf"))'
            made.append(own)
        self.streams = made

    def joined(self, name: str) -> Iterator[str]:
        """One stream of all towers."""
        if len(self.streams) > 1:
            yield f'{name} = layers.Concatenate(name="{name}")([{", ".join(self.streams)}])'
            self.streams = [name]

    def each(self, name: str, call: str) -> Iterator[str]:
        """The same layer on every stream; ``{name}`` in the call is the layer's name."""
        made = []
        for own, stream in zip(tower_names(name, len(self.streams)), self.streams, strict=True):
            yield f"{own} = {call.format(name=_named(own))}({stream})"
            made.append(own)
        self.streams = made

    def towers(self, row: Weighted) -> Iterator[str]:
        """Give every tower of a row the stream that it reads."""
        if row.reads == "own" and len(self.streams) == row.towers:
            return
        yield from self.joined(f"{row.name}_joined")
        self.streams *= row.towers


class SequentialWriter(Writer):
    """The same for a Sequential model, to which layers are added: there is one stream, and it has no name."""

    def each(self, name: str, call: str) -> Iterator[str]:
        """The layer."""
        yield f"self.add({call.format(name=_named(name))})"

    def overhanging(self, name: str, pixels: int) -> Iterator[str]:
        """The padding as a layer."""
        self.needs(_PADDING)
        yield from self.each(name, f"PaddingAtTheEnd({pixels}, {{name}})")


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
    settings = [str(shape.kernel_shape[-1]), str(row.kernel)]
    if row.stride != 1:
        settings.append(f"strides={row.stride}")
    elif begin == (row.kernel - 1) // 2 and begin + end == row.kernel - 1 > 0:
        settings.append('padding="same"')  # Keras's word for just these zeros, whatever the image's size
        begin = end = 0
    if begin or end:
        call = f"layers.ZeroPadding2D((({begin}, {end}), ({begin}, {end})), {{name}})"
        yield from writer.each(f"{row.name}_pad", call)
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
    if along.overhang:
        yield from writer.overhanging(f"{row.name}_pad", along.overhang)
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
        halves = list(tower_names(row.name, towers))
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


def _weights(row: Weighted) -> list[str]:
    start = f"RandomNormal(stddev={row.std!r})" if row.std is not None else f'"{row.initializer}"'
    if row.std is None and (value := initializer(row.initializer).value):
        start = f"Constant({value!r})"  # Keras's name alone would mean 0
    settings = [] if row.activation is None else [f'activation="{row.activation}"']
    settings.append(f"kernel_initializer={start}")
    if row.bias:
        settings.append(f"bias_initializer=Constant({row.bias!r})")
    return settings


def _named(name: str) -> str:
    return f'name="{name}"'
