"""The lanes of a race: one run that trains several networks side by side, on the same batches in turn.

The networks have the same rows, seed, pictures, order and augmentation; what a lane names is all that sets
them apart. No TensorFlow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, get_args

from alexnet.architecture import Activation, Network, with_activation, with_start
from alexnet.errors import ChoiceError, InputError
from alexnet.numerics.initializers import initializer
from alexnet.recipes import STRICT

FEWEST, MOST = 2, 4
"""Lanes of one race."""

ACTIVATIONS: tuple[Activation, ...] = tuple(one for one in get_args(Activation) if one != "softmax")


@dataclass(frozen=True)
class Lane:
    """What one network of a race starts with.

    Attributes:
        initializer: Id of a row of ``alexnet.numerics.initializers``, for every layer.
        std: Of the plain normal distribution, with ``random_normal`` only; None: the row's own.
        activation: Of every layer that has ReLU, tanh or sigmoid.
        rate: Highest learning rate; None: the recipe's.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT

    initializer: str
    std: float | None = None
    activation: Activation = "relu"
    rate: float | None = None

    def network(self, known: Network) -> Network:
        """A network as this lane starts it."""
        return with_activation(with_start(known, self.initializer, self.std), self.activation)


def check(lane: Lane) -> None:
    """Hold a lane against what there is; its rate is checked with the recipe's.

    Raises:
        ChoiceError: That of ``initializer``, or setting_unknown.
        InputError: That of ``Initializer.with_std``, or number_out_of_range.
    """
    rule = initializer(lane.initializer)
    if lane.activation not in ACTIVATIONS:
        known = ", ".join(ACTIVATIONS)
        raise ChoiceError("setting_unknown", name="activation", id=str(lane.activation)[:40], known=known)
    if lane.std is not None and not (rule.id == "random_normal" and 0 < lane.std <= 1):
        raise InputError("number_out_of_range", name="std", value=lane.std, low=0, high=1)
