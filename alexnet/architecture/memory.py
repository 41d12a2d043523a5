"""What training a network keeps in memory at least, in bytes.

Counted are the weights, their gradients, what the optimizer remembers of them, the output of every layer for
every image of a batch (the backward pass reads them again), and the gradients of these outputs. The 2012 code
keeps these five (``include/weights.cuh``: ``_weights``, ``_weightsGrad``, ``_weightsInc``;
``include/layer.cuh``: ``_outputs``, ``_actsGrad``). It is a least count: working buffers come on top, such as
the denominators of the normalization and the partial sums of the convolutions' gradients (``src/layer.cu``:
``_denoms``, ``_weightGradTmp``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

from alexnet.architecture.kinds import kind_of
from alexnet.architecture.shapes import LayerShape
from alexnet.facts import GTX_580

FLOAT = 4
"""Bytes of one number in float32."""

OPTIMIZERS: Mapping[str, int] = {"sgd": 0, "momentum": 1, "adam": 2}
"""How many numbers an optimizer remembers for each weight."""


@dataclass(frozen=True)
class Memory:
    """Bytes of each part."""

    weights: int
    weight_gradients: int
    optimizer: int
    activations: int
    activation_gradients: int

    @property
    def parts(self) -> dict[str, int]:
        """The parts by name, in the order in which they are drawn."""
        return dict(vars(self))

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.parts.values())


def outputs(layer: LayerShape) -> int:
    """Numbers that a layer's output adds for one image. Dropout and flattening work in place: none."""
    return 0 if kind_of(layer.row).in_place else prod(layer.output)


def activations(layers: Sequence[LayerShape]) -> int:
    """Numbers that are kept for one image: the image itself, and every layer's output."""
    return prod(layers[0].input) + sum(map(outputs, layers))


def training(parameters: int, kept: int, batch: int, optimizer: str = "momentum") -> Memory:
    """The memory of training.

    Args:
        parameters: Weights and biases.
        kept: ``activations`` for one image.
        batch: Images at a time.
        optimizer: One of ``OPTIMIZERS``.
    """
    weights, values = parameters * FLOAT, kept * batch * FLOAT
    return Memory(weights, weights, weights * OPTIMIZERS[optimizer], values, values)


def largest_batch(parameters: int, kept: int, room: int = GTX_580, optimizer: str = "momentum") -> int:
    """The most images at a time for which the count stays within ``room`` bytes; 0 when not even one does.

    Raises:
        ZeroDivisionError: Nothing is kept, so that any number would do.
    """
    fixed = training(parameters, 0, 0, optimizer).total
    return max((room - fixed) // (2 * kept * FLOAT), 0)
