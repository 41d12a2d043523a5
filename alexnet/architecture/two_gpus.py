"""A network on two GPUs: what each holds and computes, and which numbers cross from one to the other.

Tower 1 lies on GPU 1 and tower 2 on GPU 2. A layer that is not split lies on GPU 1, as the last one does in
the 2012 code (``layers/layers-145.cfg``: ``fc1000`` has ``gpu=0``). Flattening moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

from alexnet.architecture import Flatten, LocalResponseNormalization, Network, Weighted
from alexnet.architecture.memory import outputs
from alexnet.architecture.shapes import LayerShape, trace


@dataclass(frozen=True)
class Crossing:
    """A layer for which numbers cross.

    Attributes:
        layer: Its name.
        to: Numbers of one image that GPU 1 and GPU 2 get from the other; in training as many gradients go
            back.
    """

    layer: str
    to: tuple[int, int]

    @property
    def floats(self) -> int:
        """Numbers of one image in both directions."""
        return sum(self.to)


@dataclass(frozen=True)
class Share:
    """What one GPU holds and does.

    Attributes:
        parameters: Weights and biases that lie there.
        multiply_accumulates: Of one image.
        activations: Numbers kept for one image: the image, its layers' outputs, and what came from the other.
    """

    parameters: int
    multiply_accumulates: int
    activations: int


def crossings(network: Network) -> tuple[Crossing, ...]:
    """The layers that read what lies on the other GPU.

    Raises:
        ShapeError: The network's rows do not fit together.
    """
    return tuple(crossing for _, crossing in _walk(network) if crossing is not None)


def shares(network: Network) -> tuple[Share, Share]:
    """Both GPUs' part of the network. With one tower GPU 2 has nothing to do.

    Raises:
        ShapeError: The network's rows do not fit together.
    """
    parameters, products, kept = [0, 0], [0, 0], [0, 0]
    used = {0}
    for layer, crossing in _walk(network):
        split = layer.streams
        places = range(split)
        used.update(places)
        for place in places:
            parameters[place] += layer.parameters // split
            products[place] += layer.multiply_accumulates // split
            kept[place] += outputs(layer) // split
        if crossing is not None:
            for place, floats in enumerate(crossing.to):
                kept[place] += floats
    image = network.size * network.size * network.channels
    for place in used:
        kept[place] += image
    first, second = zip(parameters, products, kept, strict=True)
    return Share(*first), Share(*second)


def _walk(network: Network) -> Iterator[tuple[LayerShape, Crossing | None]]:
    """Every layer with what crosses for it."""
    held = 1  # on how many GPUs the numbers lie that the layer reads; the image is on both from the start
    for layer in trace(network):
        yield layer, _crossing(layer, held)
        if not isinstance(layer.row, Flatten):
            held = layer.streams


def _crossing(layer: LayerShape, held: int) -> Crossing | None:
    row = layer.row
    if held == 1:
        return None
    if isinstance(row, LocalResponseNormalization) and row.reads == "all":
        border = layer.input[0] * layer.input[1] * min(row.n // 2, layer.input[2] // 2)
        return Crossing(row.name, (border, border)) if border else None
    if not isinstance(row, Weighted):
        return None
    if layer.reads < layer.input[-1]:
        return None  # each tower keeps to its own
    half = prod(layer.input) // 2
    return Crossing(row.name, (half, half if row.towers == 2 else 0))
