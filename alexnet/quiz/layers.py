"""Questions about the layers of a network: sizes, weights, parameters, receptive fields.

Each kind changes one number of the network (the image's side, a kernel's side), so that the answer cannot be
read off the table and has to be worked out.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from alexnet.architecture import Convolution, Flatten, Network, Pooling, Round
from alexnet.architecture.shapes import LayerShape, trace, trace_until_failure, windows
from alexnet.errors import ShapeError
from alexnet.figures import layer_formula as formula
from alexnet.figures.latex import whole
from alexnet.quiz import Maker, Phrase, Question

_SPREAD = 0.25  # how far an image's side is changed, as a part of it
_CHOICES = 4  # layers to choose from
_KERNELS = (3, 5, 7, 9, 11, 13)


def questions(network: Network) -> tuple[Maker, ...]:
    """The kinds of questions that a network allows.

    Raises:
        ShapeError: The network's rows do not fit together.
    """
    layers = trace(network)
    makers: list[Maker] = []
    if any(layer.windows is not None for layer in layers):
        makers += [partial(size, network), partial(field, network)]
    if any(isinstance(layer.row, Convolution) for layer in layers):
        makers.append(partial(kernel_weights, network))
    if any(_rounds(layer) for layer in layers):
        makers.append(partial(rounding, network))
    if any(isinstance(layer.row, Flatten) for layer in layers):
        makers.append(partial(flattened, network))
    if len(_weighted(layers)) > 1:
        makers.append(partial(most_parameters, network))
    return tuple(makers)


def size(network: Network, numbers: random.Random) -> Question:
    """What size comes out of a layer, for an image of another size?"""
    fed = _another_size(network, numbers)
    layer = numbers.choice([layer for layer in trace(fed) if layer.windows is not None])
    along, way = layer.windows, _rounding(network, layer)
    assert along is not None
    same = isinstance(layer.row, Convolution) and layer.row.padding == "same"
    values = {
        "layer": layer.row.name,
        "input": along.input,
        "kernel": along.kernel,
        "stride": along.stride,
        "padding": along.begin,
    }
    asks = Phrase("size_same" if same else f"size_{way}", values)
    lines = formula.size_lines(layer, way)[:1]
    return Question(asks, along.output, tuple(Phrase("step_line", {"line": line}) for line in lines))


def field(network: Network, numbers: random.Random) -> Question:
    """How many pixels of the image does one value of a layer see?"""
    first = next(row for row in network.rows if isinstance(row, Convolution | Pooling))
    if isinstance(first, Convolution):
        kernels = [kernel for kernel in _KERNELS if kernel <= network.size]
        rows = (
            replace(row, kernel=numbers.choice(kernels))
            if row is first and isinstance(row, Convolution)
            else row
            for row in network.rows
        )
        network = replace(network, rows=tuple(rows))
    reached, _ = trace_until_failure(network)
    through = [layer for layer in reached if layer.windows is not None]
    # The first layer's square is its own window, which the question names: a later one has to be worked out.
    place = numbers.randrange(min(1, len(through) - 1), min(len(through), 5))
    steps, jump, seen = [], 1, 1
    for layer in through[: place + 1]:
        along = layer.windows
        assert along is not None
        line = rf"{seen} + ({along.kernel} - 1) \times {jump} = {layer.receptive_field}"
        steps.append(Phrase("step_layer", {"layer": layer.row.name, "line": line}))
        seen, jump = layer.receptive_field, layer.effective_stride
    kernel = through[0].windows
    assert kernel is not None
    asks = Phrase(
        "field", {"layer": through[place].row.name, "first": through[0].row.name, "kernel": kernel.kernel}
    )
    return Question(asks, through[place].receptive_field, (*steps, Phrase("step_field")))


def kernel_weights(network: Network, numbers: random.Random) -> Question:
    """How many weights has one kernel of a convolution, if it had another side?"""
    layer = numbers.choice([layer for layer in trace(network) if isinstance(layer.row, Convolution)])
    kernel = numbers.choice(_KERNELS)
    count = kernel * kernel * layer.reads
    line = rf"{kernel} \times {kernel} \times {layer.reads} = {whole(count)}"
    maps = layer.input[-1]
    why = "step_reads_all" if layer.reads == maps else "step_reads_own"
    return Question(
        Phrase("kernel_weights", {"layer": layer.row.name, "kernel": kernel}),
        count,
        (
            Phrase(why, {"layer": layer.row.name, "reads": layer.reads, "maps": maps}),
            Phrase("step_line", {"line": line}),
        ),
    )


def rounding(network: Network, numbers: random.Random) -> Question:
    """Which rounding gives this output: down, up, or either?"""
    layer = numbers.choice([layer for layer in trace(network) if _rounds(layer)])
    along = layer.windows
    assert along is not None
    side = _near(along.input, numbers, least=along.kernel)
    ways: dict[str, int] = {
        way: windows(side, along.kernel, along.stride, along.begin, way).output for way in ("down", "up")
    }
    wanted = ways[numbers.choice(("down", "up"))]
    answer = "both" if ways["down"] == ways["up"] else next(way for way in ways if ways[way] == wanted)
    step = replace(layer, windows=windows(side, along.kernel, along.stride, along.begin, "down"))
    over = replace(layer, windows=windows(side, along.kernel, along.stride, along.begin, "up"))
    lines = (*formula.size_lines(step, "down"), *formula.size_lines(over, "up"))
    values = {
        "input": side,
        "kernel": along.kernel,
        "stride": along.stride,
        "padding": along.begin,
        "output": wanted,
    }
    return Question(
        Phrase("rounding", values),
        answer,
        tuple(Phrase("step_line", {"line": line}) for line in lines),
        ("down", "up", "both"),
        "way",
    )


def flattened(network: Network, numbers: random.Random) -> Question:
    """How many numbers enter the dense layers, for an image of another size?"""
    fed = _another_size(network, numbers)
    layers = trace(fed)
    place = next(place for place, layer in enumerate(layers) if isinstance(layer.row, Flatten))
    layer = layers[place]
    maps = ", ".join(
        f"{before.row.name} {before.output[0]}"
        for before in layers[:place]
        if before.windows is not None and before.windows.output != before.windows.input
    )
    steps = [Phrase("step_sizes", {"sizes": maps})] if maps else []
    steps.append(Phrase("step_line", {"line": formula.flatten_line(layer)}))
    return Question(Phrase("flattened", {"size": fed.size}), layer.output[0], tuple(steps))


def most_parameters(network: Network, numbers: random.Random) -> Question:
    """Which of these layers holds most parameters, for an image of another size?"""
    fed = _another_size(network, numbers)
    weighted = _weighted(trace(fed))
    offered = numbers.sample(weighted, min(_CHOICES, len(weighted)))
    counts = [layer.parameters for layer in offered]
    largest = max(offered, key=lambda layer: layer.parameters)
    if counts.count(largest.parameters) > 1:  # two layers alike: one of them is enough
        offered = [layer for layer in offered if layer is largest or layer.parameters < largest.parameters]
    steps = [
        Phrase("step_layer", {"layer": layer.row.name, "line": formula.parameter_line(layer)})
        for layer in sorted(offered, key=lambda layer: layer.parameters)
    ]
    return Question(
        Phrase("most_parameters", {"size": fed.size}),
        largest.row.name,
        tuple(steps),
        tuple(layer.row.name for layer in offered),
    )


def _weighted(layers: Sequence[LayerShape]) -> list[LayerShape]:
    return [layer for layer in layers if layer.kernel_shape is not None]


def _rounds(layer: LayerShape) -> bool:
    """Its size can have a fraction that a rule decides about."""
    same = isinstance(layer.row, Convolution) and layer.row.padding == "same"
    return layer.windows is not None and layer.windows.stride > 1 and not same


def _rounding(network: Network, layer: LayerShape) -> Round:
    return network.rounding.of(layer.row)


def _near(side: int, numbers: random.Random, least: int = 1) -> int:
    reach = max(round(side * _SPREAD), 3)
    return max(least, side + numbers.randint(-reach, reach))


def _another_size(network: Network, numbers: random.Random) -> Network:
    """The network fed with images a little smaller or larger, where it allows them."""
    fed = replace(network, size=_near(network.size, numbers))
    try:
        trace(fed)
    except ShapeError:
        return network
    return fed
